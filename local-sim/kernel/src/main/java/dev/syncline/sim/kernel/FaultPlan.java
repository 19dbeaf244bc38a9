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
 * Which faults strike where. A place asks {@link #strike} with its name and what it is doing; the
 * first rule that matches and is not used up answers. Every strike goes into the journal. A rule
 * that is used up is removed.
 *
 * <p>Thread-safe. Empty unless told otherwise.
 */
public final class FaultPlan {
  private final Journal journal;
  private final Ids ids;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final Map<String, FaultPlace> places = new ConcurrentSkipListMap<>();

  /** An empty plan; {@code ids} decides rules that strike by chance. */
  public FaultPlan(Journal journal, Ids ids) {
    this.journal = journal;
    this.ids = ids;
  }

  /** Makes places known; what is not known cannot be planned for. */
  public void declare(FaultPlace... known) {
    for (FaultPlace place : known) {
      places.put(place.name(), place);
    }
  }

  /** Where faults can strike, by name. */
  public Collection<FaultPlace> places() {
    return List.copyOf(places.values());
  }

  /** The rules that may still strike, in order, with how often; those of code match always here. */
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
   * @throws IllegalArgumentException when there is no such place, it has no such detail, or cannot
   *     carry the fault out
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
   * @param times how often it strikes at most
   * @throws IllegalArgumentException when there is no such place, or it cannot carry the fault out
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

  /** Adds a rule that strikes once at {@code place}. */
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

  /** The fault that strikes here and now, if any. */
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

  /** A fault struck. */
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
    /** What strikes as often as an int can say is never used up. */
    boolean takeOne() {
      return left.get() == Integer.MAX_VALUE || left.getAndDecrement() > 0;
    }
  }
}
