// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides from a seed whether a fault strikes. A decision depends on the seed, on the work, on the
 * fault and on how often it was asked for, and not on other decisions, so the same faults strike
 * the same work in any order of threads. Decisions without a work, such as for a subscription of a
 * whole environment, depend on their order.
 *
 * <p>Thread-safe.
 */
final class SeededDecisions {
  private static final Pattern WORK = Pattern.compile("exec-[0-9a-f]{32}");

  private final long seed;
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();

  SeededDecisions(long seed) {
    this.seed = seed;
  }

  /** Decides with this probability whether a fault strikes the work named in a place's details. */
  boolean strikes(String question, Map<String, String> details, double probability) {
    String work = workOf(details.getOrDefault("channel", details.getOrDefault("input", "")));
    String about = work + " " + question;
    int times = asked.merge(about, 1, Integer::sum);
    return new SplittableRandom(mix(about) + times).nextDouble() < probability;
  }

  /** The first id of work in this text; empty if it has none. */
  static String workOf(String text) {
    Matcher id = WORK.matcher(text);
    return id.find() ? id.group() : "";
  }

  private long mix(String text) {
    long mixed = seed * 0x9E3779B97F4A7C15L;
    for (int i = 0; i < text.length(); i++) {
      mixed = (mixed ^ text.charAt(i)) * 0x100000001B3L;
    }
    return mixed;
  }
}
