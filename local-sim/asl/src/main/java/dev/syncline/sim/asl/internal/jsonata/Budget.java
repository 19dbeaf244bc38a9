// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import dev.syncline.sim.kernel.MatchBudget;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one evaluation within bounds of depth, memory and work, none of which is a clock: the same
 * expression on the same input always ends the same way. The depth, the size of a list and the size
 * of a padding were measured on AWS; the rest is meant to be wider than AWS's bounds, which are not
 * published. Not thread-safe: one evaluation each.
 */
final class Budget {
  /** Nested evaluations: on AWS a sum of 100 terms passes and one of 101 does not. */
  static final int MAX_DEPTH = 100;

  /** {@code [1..873782]} passes on AWS, one more does not. */
  static final int MAX_ELEMENTS = 873_782;

  /** Characters that {@code $pad} may add (measured on AWS). */
  static final int MAX_PADDING = 262_144;

  /** AWS's message leaves the code of these out. */
  static final String LIMIT_CODE = "U1001";

  /** The two consecutive blanks are AWS's. */
  static final String STACK_OVERFLOW =
      "Stack overflow error: Check for non-terminating recursive function.  Consider rewriting as"
          + " tail-recursive";

  static final String TIMEOUT = "Expression evaluation timeout: Check for infinite loop";

  /** As AWS words it (recorded). */
  static final String MEMORY =
      "Expression evaluation memory limit exceeded: Check for excessive memory usage";

  private static final int MAX_CHARACTERS = 5 * 1024 * 1024;
  private static final long MAX_WORK = 5_000_000;

  /** The limit of characters that regular expressions read. */
  private static final long MAX_CHARACTER_READS = 20_000_000;

  private final int maxDepth;
  private int depth;
  private long work;
  private final MatchBudget looks =
      new MatchBudget(
          MAX_CHARACTER_READS,
          () -> {
            throw JsonataException.worded(LIMIT_CODE, TIMEOUT);
          });

  Budget(int maxDepth) {
    this.maxDepth = maxDepth;
  }

  void enter() {
    depth++;
    if (depth > maxDepth) {
      throw JsonataException.worded(
          LIMIT_CODE, STACK_OVERFLOW + ". Depth=" + depth + " max=" + maxDepth);
    }
    work(1);
  }

  void exit(@Nullable Object result) {
    depth--;
    if (result instanceof Collection<?> list) {
      elements(list.size());
    } else if (result instanceof String text) {
      characters(text.length());
    }
  }

  /** Counts a new list of that length. */
  void elements(double count) {
    if (count > MAX_ELEMENTS) {
      throw memory();
    }
    work((long) count / 2);
  }

  /** Counts a new text of that length. */
  void characters(long count) {
    if (count > MAX_CHARACTERS) {
      throw memory();
    }
    work(count / 16);
  }

  static JsonataException memory() {
    return JsonataException.worded(LIMIT_CODE, MEMORY);
  }

  void work(long amount) {
    work += amount;
    if (work > MAX_WORK) {
      throw JsonataException.worded(LIMIT_CODE, TIMEOUT);
    }
  }

  /** The text for a regular expression; each read of a character is counted. */
  CharSequence counted(String text) {
    return looks.text(text);
  }
}
