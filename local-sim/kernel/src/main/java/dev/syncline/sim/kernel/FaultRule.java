// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a fault plan, as a value. Immutable.
 *
 * @param place the exact name of a place
 * @param when the values that the place's details must have: equal, or, for a value with a {@code
 *     *} at its end, with that prefix. Empty to match always
 * @param probability in {@code (0, 1]}, drawn from the seed
 * @param times how often it applies at most, 1 or more
 * @param fault the fault to inject
 */
public record FaultRule(
    String place, Map<String, String> when, double probability, int times, Fault fault) {
  /** Refuses a rule that can never apply. */
  public FaultRule {
    when = Map.copyOf(when);
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be in (0, 1], got " + probability);
    }
    if (times < 1) {
      throw new IllegalArgumentException("times must be at least 1, got " + times);
    }
  }

  /** Applies always, without a limit. */
  public static FaultRule always(String place, Fault fault) {
    return new FaultRule(place, Map.of(), 1, Integer.MAX_VALUE, fault);
  }

  /** The same, but only if the detail has that value. */
  public FaultRule when(String detail, String value) {
    var more = new HashMap<>(when);
    more.put(detail, value);
    return new FaultRule(place, more, probability, times, fault);
  }

  boolean matches(Map<String, String> details) {
    return when.entrySet().stream()
        .allMatch(wanted -> matches(wanted.getValue(), details.get(wanted.getKey())));
  }

  private static boolean matches(String wanted, @Nullable String found) {
    if (found == null) {
      return false;
    }
    return wanted.endsWith("*")
        ? found.startsWith(wanted.substring(0, wanted.length() - 1))
        : found.equals(wanted);
  }
}
