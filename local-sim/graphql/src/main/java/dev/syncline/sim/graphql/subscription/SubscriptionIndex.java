// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one API, found by mutation field. Subscriptions with argument filters are
 * found by the values of the payload, without a look at those with other values; enhanced filters
 * are evaluated once for each group. Thread-safe; look-ups take no lock.
 *
 * @param <O> what makes the payload
 * @param <S> a subscription
 */
public final class SubscriptionIndex<O, S> {
  private final Object lock = new Object();

  /** Guarded by the lock. */
  private final Map<SubscriptionTerms, SubscriptionGroup<O, S>> groups = new HashMap<>();

  private final Map<String, Triggered<O, S>> byMutation = new ConcurrentHashMap<>();
  private final Map<String, Set<SubscriptionGroup<O, S>>> byField = new ConcurrentHashMap<>();

  /**
   * Adds a subscription.
   *
   * @param operation made if it is the first with these terms
   */
  public void add(SubscriptionTerms terms, Supplier<O> operation, S subscription) {
    synchronized (lock) {
      SubscriptionGroup<O, S> group = groups.get(terms);
      if (group == null) {
        group = new SubscriptionGroup<>(terms, operation.get());
        group.add(subscription);
        groups.put(terms, group);
        for (String mutation : terms.mutations()) {
          byMutation.computeIfAbsent(mutation, name -> new Triggered<>()).add(group);
        }
        if (terms.invalidation() != null) {
          byField.computeIfAbsent(terms.field(), name -> ConcurrentHashMap.newKeySet()).add(group);
        }
      } else {
        group.add(subscription);
      }
    }
  }

  /** The terms of a group that equal these, so that its subscriptions share them; else these. */
  public SubscriptionTerms shared(SubscriptionTerms terms) {
    synchronized (lock) {
      SubscriptionGroup<O, S> group = groups.get(terms);
      return group == null ? terms : group.terms();
    }
  }

  /** Removes a subscription; does nothing when it is not there. */
  public void remove(SubscriptionTerms terms, S subscription) {
    synchronized (lock) {
      SubscriptionGroup<O, S> group = groups.get(terms);
      if (group == null || !group.remove(subscription)) {
        return;
      }
      groups.remove(terms);
      for (String mutation : terms.mutations()) {
        byMutation.computeIfPresent(
            mutation, (name, triggered) -> triggered.remove(group) ? null : triggered);
      }
      byField.computeIfPresent(
          terms.field(),
          (name, ofField) -> {
            ofField.remove(group);
            return ofField.isEmpty() ? null : ofField;
          });
    }
  }

  /** Whether a mutation field has subscriptions. */
  public boolean hasSubscriptions(String mutation) {
    return byMutation.containsKey(mutation);
  }

  /** The groups that get an event. */
  public List<SubscriptionGroup<O, S>> matching(String mutation, JsonNode payload) {
    Triggered<O, S> triggered = byMutation.get(mutation);
    return triggered == null ? List.of() : triggered.matching(payload);
  }

  /** The groups of a subscription field that an invalidation ends. */
  public List<SubscriptionGroup<O, S>> invalidated(String field, JsonNode payload) {
    return byField.getOrDefault(field, Set.of()).stream()
        .filter(group -> ends(group.terms().invalidation(), payload))
        .toList();
  }

  private static boolean ends(@Nullable EnhancedFilter invalidation, JsonNode payload) {
    return invalidation != null && invalidation.matches(payload);
  }

  /** The number of groups. */
  public int size() {
    synchronized (lock) {
      return groups.size();
    }
  }

  /** The groups that one mutation field triggers. */
  private static final class Triggered<O, S> {
    /** By the names of the arguments, then by their values. */
    private final Map<List<String>, Map<List<String>, Set<SubscriptionGroup<O, S>>>> byArguments =
        new ConcurrentHashMap<>();

    private final Set<SubscriptionGroup<O, S>> enhanced = ConcurrentHashMap.newKeySet();

    void add(SubscriptionGroup<O, S> group) {
      switch (group.terms().filter()) {
        case EnhancedFilter filter -> enhanced.add(group);
        case ArgumentFilter arguments ->
            byArguments
                .computeIfAbsent(arguments.names(), names -> new ConcurrentHashMap<>())
                .computeIfAbsent(arguments.key(), key -> ConcurrentHashMap.newKeySet())
                .add(group);
      }
    }

    /** Returns whether none is left. */
    boolean remove(SubscriptionGroup<O, S> group) {
      switch (group.terms().filter()) {
        case EnhancedFilter filter -> enhanced.remove(group);
        case ArgumentFilter arguments ->
            byArguments.computeIfPresent(
                arguments.names(),
                (names, byValues) -> {
                  byValues.computeIfPresent(
                      arguments.key(),
                      (key, same) -> {
                        same.remove(group);
                        return same.isEmpty() ? null : same;
                      });
                  return byValues.isEmpty() ? null : byValues;
                });
      }
      return enhanced.isEmpty() && byArguments.isEmpty();
    }

    List<SubscriptionGroup<O, S>> matching(JsonNode payload) {
      List<SubscriptionGroup<O, S>> found = new ArrayList<>();
      byArguments.forEach(
          (names, byValues) -> {
            List<String> key = ArgumentFilter.key(names, payload);
            Collection<SubscriptionGroup<O, S>> same = key == null ? null : byValues.get(key);
            if (same != null) {
              found.addAll(same);
            }
          });
      for (SubscriptionGroup<O, S> group : enhanced) {
        if (group.terms().filter().matches(payload)) {
          found.add(group);
        }
      }
      return found;
    }
  }
}
