// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * The planned faults. A place calls {@link #strike} with its name and its details; the first
 * matching rule decides. Every injected fault is recorded in the journal. A rule that has been used
 * as often as it allows is removed.
 *
 * <p>Thread-safe. Empty at first.
 */
public final class FaultPlan {
  private final Journal journal;
  private final Ids ids;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final Map<String, FaultPlace> places = new ConcurrentSkipListMap<>();

  /** An empty plan; {@code ids} gives the random numbers for rules with a probability. */
  public FaultPlan(Journal journal, Ids ids) {
    this.journal = journal;
    this.ids = ids;
  }

  /** Declares places; a rule for an undeclared place is refused. */
  public void declare(FaultPlace... known) {
    for (FaultPlace place : known) {
      places.put(place.name(), place);
    }
  }

  /** The declared places, by name. */
  public Collection<FaultPlace> places() {
    return List.copyOf(places.values());
  }

  /**
   * The remaining rules, in order, with the number of times left. The matchers of rules that code
   * added are not included.
   */
  public List<FaultRule> rules() {
    var left = new ArrayList<FaultRule>();
    for (Rule rule : rules) {
      int times = rule.left.get();
      if (times > 0) {
        left.add(new FaultRule(rule.place, rule.when, rule.probability, times, rule.fault));
      }
    }
    return List.copyOf(left);
  }

  /**
   * Adds a rule.
   *
   * @throws IllegalArgumentException when the place is not declared, lacks the detail, or does not
   *     support the fault
   */
  public void add(FaultRule rule) {
    FaultPlace place = known(rule.place());
    for (String detail : rule.when().keySet()) {
      if (!place.details().contains(detail)) {
        throw new IllegalArgumentException(
            "place '"
                + place.name()
                + "' has no detail '"
                + detail
                + "', only "
                + String.join(", ", new TreeSet<>(place.details())));
      }
    }
    place.require(rule.fault());
    rules.add(
        new Rule(
            rule.place(),
            rule.when(),
            rule::matches,
            rule.probability(),
            new AtomicInteger(rule.times()),
            rule.fault()));
  }

  private FaultPlace known(String place) {
    FaultPlace known = places.get(place);
    if (known == null) {
      throw new IllegalArgumentException(
          "there is no place '"
              + place
              + "' for faults, only "
              + String.join(", ", places.keySet()));
    }
    return known;
  }

  /**
   * Adds a rule.
   *
   * @param place the exact name of a place, as the services document them
   * @param matcher further condition on the place's details
   * @param probability in {@code (0, 1]}, drawn from the seed
   * @param times how often it applies at most
   * @throws IllegalArgumentException when the place is not declared or does not support the fault
   */
  public void add(
      String place,
      Predicate<Map<String, String>> matcher,
      double probability,
      int times,
      Fault fault) {
    known(place).require(fault);
    var rule = new FaultRule(place, Map.of(), probability, times, fault);
    rules.add(new Rule(place, rule.when(), matcher, probability, new AtomicInteger(times), fault));
  }

  /** Adds a rule that applies once at {@code place}. */
  public void once(String place, Fault fault) {
    add(place, details -> true, 1, 1, fault);
  }

  /** Removes every rule. */
  public void clear() {
    rules.clear();
  }

  /** Whether a rule exists for the place; if not, {@code strike} need not be called. */
  public boolean plans(String place) {
    if (rules.isEmpty()) {
      return false;
    }
    return rules.stream().anyMatch(rule -> rule.place.equals(place));
  }

  /** The fault to inject now, if any. */
  public Optional<Fault> strike(String place, Map<String, String> details) {
    Rule struck = null;
    for (Rule rule : rules) {
      if (rule.place.equals(place)
          && rule.left.get() > 0
          && rule.matcher.test(details)
          && (rule.probability >= 1 || ids.nextDouble() < rule.probability)
          && rule.takeOne()) {
        struck = rule;
        break;
      }
    }
    if (struck == null) {
      return Optional.empty();
    }
    if (struck.left.get() <= 0) {
      rules.remove(struck);
    }
    journal.record(new Struck(place, struck.fault));
    return Optional.of(struck.fault);
  }

  /** A fault was injected. */
  public record Struck(String place, Fault fault) implements JournalRecord {
    @Override
    public String source() {
      return "faults";
    }
  }

  private record Rule(
      String place,
      Map<String, String> when,
      Predicate<Map<String, String>> matcher,
      double probability,
      AtomicInteger left,
      Fault fault) {
    /** Integer.MAX_VALUE means no limit. */
    boolean takeOne() {
      return left.get() == Integer.MAX_VALUE || left.getAndDecrement() > 0;
    }
  }
}
