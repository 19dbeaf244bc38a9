// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.faults;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What chance decides, each question for itself: the answer depends on the seed, on whom it is
 * about, on the question, and on how often it was asked, never on what others asked before. Counts
 * the faults. Not thread-safe.
 */
final class SeededRandom {
  private final long seed;
  private final Map<String, Integer> asked = new HashMap<>();
  private final Map<String, Long> faults = new TreeMap<>();
  private final Map<String, Map<String, Integer>> struck = new HashMap<>();

  SeededRandom(long seed) {
    this.seed = seed;
  }

  /** A source for the next question of this kind about this one. */
  SplittableRandom about(String whom, String question) {
    int times = asked.merge(whom + " " + question, 1, Integer::sum);
    long mixed = seed * 0x9E3779B97F4A7C15L + whom.hashCode() * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ question.hashCode()) * 0x94D049BB133111EBL + times;
    return new SplittableRandom(mixed);
  }

  /** Whether this fault strikes now; with this probability. */
  boolean strikes(String whom, String fault, double probability) {
    if (about(whom, fault).nextDouble() >= probability) {
      return false;
    }
    faults.merge(fault, 1L, Long::sum);
    struck.computeIfAbsent(whom, key -> new HashMap<>()).merge(fault, 1, Integer::sum);
    return true;
  }

  /** How often this fault has struck this one. */
  int struck(String whom, String fault) {
    return struck.getOrDefault(whom, Map.of()).getOrDefault(fault, 0);
  }

  /** How often which fault has struck. */
  Map<String, Long> faults() {
    return faults;
  }
}
