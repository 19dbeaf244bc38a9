// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Which faults strike where. A place asks {@link #strike} with its name and what it is doing; the
 * first rule that matches and is not used up answers. Every strike goes into the journal.
 *
 * <p>Thread-safe. Empty unless told otherwise.
 */
public final class FaultPlan {
  private final Journal journal;
  private final Ids ids;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  /** An empty plan; {@code ids} decides rules that strike by chance. */
  public FaultPlan(Journal journal, Ids ids) {
    this.journal = journal;
    this.ids = ids;
  }

  /**
   * Adds a rule.
   *
   * @param place the exact name of a place, as the services document them
   * @param matcher further condition on the place's details
   * @param probability in {@code (0, 1]}, drawn from the seed
   * @param times how often it strikes at most
   */
  public void add(
      String place,
      Predicate<Map<String, String>> matcher,
      double probability,
      int times,
      Fault fault) {
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be in (0, 1], got " + probability);
    }
    if (times < 1) {
      throw new IllegalArgumentException("times must be at least 1, got " + times);
    }
    rules.add(new Rule(place, matcher, probability, new AtomicInteger(times), fault));
  }

  /** Adds a rule that strikes once at {@code place}. */
  public void once(String place, Fault fault) {
    add(place, details -> true, 1, 1, fault);
  }

  /** Removes every rule. */
  public void clear() {
    rules.clear();
  }

  /** Whether any rule is for that place; where none is, nobody has to ask. */
  public boolean plans(String place) {
    if (rules.isEmpty()) {
      return false;
    }
    return rules.stream().anyMatch(rule -> rule.place.equals(place));
  }

  /** The fault that strikes here and now, if any. */
  public Optional<Fault> strike(String place, Map<String, String> details) {
    for (Rule rule : rules) {
      if (rule.place.equals(place)
          && rule.left.get() > 0
          && rule.matcher.test(details)
          && (rule.probability >= 1 || ids.nextDouble() < rule.probability)
          && rule.left.getAndDecrement() > 0) {
        journal.record(new Struck(place, rule.fault));
        return Optional.of(rule.fault);
      }
    }
    return Optional.empty();
  }

  /** A fault struck. */
  public record Struck(String place, Fault fault) implements JournalEvent {
    @Override
    public String type() {
      return "faults.Struck";
    }

    @Override
    public Map<String, String> details() {
      return Map.of("place", place, "fault", fault.toString());
    }
  }

  private record Rule(
      String place,
      Predicate<Map<String, String>> matcher,
      double probability,
      AtomicInteger left,
      Fault fault) {}
}
