// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What chance decides, each question for itself: the answer depends on the seed, on which work it
 * is about, on the question, and on how often that was asked, never on what others asked before. So
 * the same faults strike the same work whichever thread comes first. What is about no work, such as
 * a subscription for all of an environment's, is drawn in order of asking.
 *
 * <p>Thread-safe.
 */
final class Chance {
  private static final Pattern WORK = Pattern.compile("exec-[0-9a-f]{32}");

  private final long seed;
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();

  Chance(long seed) {
    this.seed = seed;
  }

  /** Whether it strikes, with this probability, what a place's details are about. */
  boolean strikes(String question, Map<String, String> details, double probability) {
    String work = workOf(details.getOrDefault("channel", details.getOrDefault("input", "")));
    String about = work + " " + question;
    int times = asked.merge(about, 1, Integer::sum);
    return new SplittableRandom(mix(about) + times).nextDouble() < probability;
  }

  /** The id of the work that this text is about; empty if it is about none. */
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
