// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.faults;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Seeded random decisions. Each decision depends on the seed, the subject, the kind of decision,
 * and the number of earlier calls with the same arguments, and not on other calls. Counts the
 * faults. Not thread-safe.
 */
final class SeededRandom {
  private final long seed;
  private final Map<String, Integer> asked = new HashMap<>();
  private final Map<String, Long> faults = new TreeMap<>();
  private final Map<String, Map<String, Integer>> struck = new HashMap<>();

  SeededRandom(long seed) {
    this.seed = seed;
  }

  /** A generator for the next decision of this kind about this subject. */
  SplittableRandom about(String whom, String question) {
    int times = asked.merge(whom + " " + question, 1, Integer::sum);
    long mixed = seed * 0x9E3779B97F4A7C15L + whom.hashCode() * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ question.hashCode()) * 0x94D049BB133111EBL + times;
    return new SplittableRandom(mixed);
  }

  /** Whether this fault occurs now, with this probability. */
  boolean strikes(String whom, String fault, double probability) {
    if (about(whom, fault).nextDouble() >= probability) {
      return false;
    }
    faults.merge(fault, 1L, Long::sum);
    struck.computeIfAbsent(whom, key -> new HashMap<>()).merge(fault, 1, Integer::sum);
    return true;
  }

  /** How often this fault has occurred for this subject. */
  int struck(String whom, String fault) {
    return struck.getOrDefault(whom, Map.of()).getOrDefault(fault, 0);
  }

  /** The number of occurrences per fault. */
  Map<String, Long> faults() {
    return faults;
  }
}
