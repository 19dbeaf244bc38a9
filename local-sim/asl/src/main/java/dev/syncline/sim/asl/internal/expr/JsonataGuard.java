// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Parser;
import dev.syncline.sim.kernel.BoundedPattern;
import dev.syncline.sim.kernel.MatchBudget;
import java.util.Arrays;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one evaluation within bounds of depth, memory and work, none of which is a clock: the same
 * expression on the same input always ends the same way. What goes beyond ends with the words of
 * AWS's own bounds. Where those lie AWS does not publish; the size of a list and of a padding were
 * measured on AWS, the rest is meant to be wider. Not thread-safe: one evaluation each.
 */
final class JsonataGuard implements Jsonata.EntryCallback, Jsonata.ExitCallback {
  /** Nested evaluations; JSONata's own suite needs 302. */
  static final int MAX_DEPTH = 302;

  /** {@code [1..873782]} passes on AWS, one more does not. */
  static final int MAX_ELEMENTS = 873_782;

  /** Characters that {@code $pad} may add (measured on AWS). */
  static final int MAX_PADDING = 262_144;

  private static final int MAX_CHARACTERS = 5 * 1024 * 1024;
  private static final long MAX_WORK = 5_000_000;

  /** Looks of regular expressions at a character. */
  private static final long MAX_LOOKS = 20_000_000;

  private static final ThreadLocal<@Nullable JsonataGuard> CURRENT = new ThreadLocal<>();

  private @Nullable Object[] firsts = new Object[32];
  private int depth;
  private long work;
  private final MatchBudget looks =
      new MatchBudget(
          MAX_LOOKS,
          () -> {
            throw end(JsonataFailure.TIMEOUT);
          });

  /** An end that is not JSONata's but the guard's. */
  private static JException end(String words) {
    return new JException(words, -1);
  }

  /** Makes this the guard of what the thread evaluates. */
  void enter() {
    CURRENT.set(this);
  }

  static void leave() {
    CURRENT.remove();
  }

  /** The guard of the evaluation that is under way. */
  static JsonataGuard current() {
    JsonataGuard guard = CURRENT.get();
    return guard == null ? new JsonataGuard() : guard;
  }

  @Override
  public void callback(Parser.Symbol node, Object input, Jsonata.Frame frame) {
    depth++;
    if (depth > MAX_DEPTH) {
      throw end(JsonataFailure.STACK_OVERFLOW + ". Depth=" + depth + " max=" + MAX_DEPTH);
    }
    if (depth >= firsts.length) {
      firsts = Arrays.copyOf(firsts, MAX_DEPTH + 2);
    }
    firsts[depth] = null;
    work(1);
  }

  @Override
  public void callback(Parser.Symbol node, Object input, Jsonata.Frame frame, Object result) {
    depth--;
    if (result instanceof Collection<?> list) {
      elements(list.size());
    } else if (result instanceof String text) {
      if (text.length() > MAX_CHARACTERS) {
        throw memory();
      }
      work(text.length() / 16);
      rehearse(result);
    } else if (result instanceof Pattern pattern) {
      countable(pattern);
      rehearse(result);
    }
    if (depth >= 0 && firsts[depth] == null) {
      firsts[depth] = result;
    }
  }

  /** A list of that length is made. */
  void elements(long count) {
    if (count > MAX_ELEMENTS) {
      throw memory();
    }
    work(count / 2);
  }

  static JException memory() {
    return end(JsonataFailure.MEMORY);
  }

  private void work(long amount) {
    work += amount;
    if (work > MAX_WORK) {
      throw end(JsonataFailure.TIMEOUT);
    }
  }

  /**
   * A pattern that is applied as a function ({@code /re/("text")}, {@code "text" ~> /re/}) is
   * matched inside the library, where nothing counts its steps; so it is tried here first.
   */
  private void rehearse(Object latest) {
    Object first = depth >= 0 ? firsts[depth] : null;
    if (first instanceof Pattern pattern && latest instanceof String text) {
      exhaust(pattern, text);
    } else if (first instanceof String text && latest instanceof Pattern pattern) {
      exhaust(pattern, text);
    }
  }

  /** What takes steps without a look at any character would not be counted. */
  private static void countable(Pattern pattern) {
    try {
      BoundedPattern.requireCountable(pattern.pattern());
    } catch (PatternSyntaxException tooManySteps) {
      throw end(JsonataFailure.TIMEOUT);
    }
  }

  private void exhaust(Pattern pattern, String text) {
    var matcher = pattern.matcher(text(text));
    while (matcher.find()) {
      work(1);
    }
  }

  /** The text for a regular expression, which pays for every look at a character. */
  CharSequence text(String text) {
    return looks.text(text);
  }
}
