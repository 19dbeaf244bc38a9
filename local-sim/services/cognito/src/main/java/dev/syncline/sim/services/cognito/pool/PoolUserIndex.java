// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The users of one pool by every name that may mean them: user name, {@code sub}, address and
 * alias. A search costs the same in a pool of any size. Not thread-safe; {@link PoolStore} holds
 * its lock.
 */
final class PoolUserIndex {
  private record Entry(long place, PoolUser user) {}

  private final Map<String, Entry> users = new LinkedHashMap<>();
  private final Map<String, TreeMap<Long, String>> names = new HashMap<>();
  private List<String> attributes = List.of();
  private long places;

  /** Says which attributes are names; a change builds the index again. */
  void attributes(UserPool pool) {
    List<String> wanted = new ArrayList<>(pool.usernameAttributes());
    wanted.addAll(pool.aliasAttributes());
    if (wanted.equals(attributes)) {
      return;
    }
    attributes = List.copyOf(wanted);
    names.clear();
    users.values().forEach(this::enter);
  }

  /** Adds a user, or replaces the one with that user name in its place. */
  void put(PoolUser user) {
    Entry old = users.get(user.username());
    Entry entry = new Entry(old == null ? places++ : old.place(), user);
    users.put(user.username(), entry);
    if (old == null || changed(old.user(), user)) {
      if (old != null) {
        leave(old);
      }
      enter(entry);
    }
  }

  void remove(String username) {
    Entry old = users.remove(username);
    if (old != null) {
      leave(old);
    }
  }

  /** The user with exactly that user name. */
  @Nullable PoolUser get(String username) {
    Entry entry = users.get(username);
    return entry == null ? null : entry.user();
  }

  /** Every user, in order of creation. */
  List<PoolUser> all() {
    List<PoolUser> all = new ArrayList<>(users.size());
    users.values().forEach(entry -> all.add(entry.user()));
    return all;
  }

  int size() {
    return users.size();
  }

  /**
   * The users that {@code name} may mean, in order of creation; letter case and verification are
   * the caller's to compare.
   */
  List<PoolUser> candidates(String name) {
    TreeMap<Long, String> found = names.get(fold(name));
    if (found == null) {
      return List.of();
    }
    List<PoolUser> candidates = new ArrayList<>(found.size());
    for (String username : found.values()) {
      candidates.add(Objects.requireNonNull(users.get(username)).user());
    }
    return candidates;
  }

  private boolean changed(PoolUser old, PoolUser user) {
    return !old.sub().equals(user.sub())
        || attributes.stream()
            .anyMatch(
                name -> !Objects.equals(old.attributes().get(name), user.attributes().get(name)));
  }

  private void enter(Entry entry) {
    for (String name : namesOf(entry.user())) {
      names
          .computeIfAbsent(name, unused -> new TreeMap<>())
          .put(entry.place(), entry.user().username());
    }
  }

  private void leave(Entry entry) {
    for (String name : namesOf(entry.user())) {
      TreeMap<Long, String> found = names.get(name);
      if (found != null) {
        found.remove(entry.place());
        if (found.isEmpty()) {
          names.remove(name);
        }
      }
    }
  }

  private List<String> namesOf(PoolUser user) {
    List<String> found = new ArrayList<>();
    found.add(fold(user.username()));
    found.add(fold(user.sub()));
    for (String attribute : attributes) {
      String value = user.attributes().get(attribute);
      if (value != null) {
        found.add(fold(value));
      }
    }
    return found;
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
