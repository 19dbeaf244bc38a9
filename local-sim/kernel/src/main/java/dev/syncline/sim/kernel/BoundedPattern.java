// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A user's regular expression, matched within limits, so that a pattern such as {@code ^(.*a){20}$}
 * or a long text cannot block or end its thread. A match fails after a number of steps ({@link
 * MatchBudget}), and if it needs too deep a stack. Match every pattern of a user with this class.
 *
 * <p>Immutable and thread-safe.
 */
public final class BoundedPattern {
  private static final int MAX_CACHED = 500;

  /** Compiled patterns; the least recently used one is evicted first. Guarded by itself. */
  private static final Map<String, BoundedPattern> CACHE = BoundedMap.byUse(MAX_CACHED);

  private final Pattern pattern;

  private BoundedPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * The pattern of that text; compiled once, cached while it is among the 500 most recently used.
   *
   * @throws PatternSyntaxException when it is not a regular expression, or one too deeply nested or
   *     with too many empty repetitions
   */
  public static BoundedPattern of(String regex) {
    synchronized (CACHE) {
      BoundedPattern cached = CACHE.get(regex);
      if (cached != null) {
        return cached;
      }
    }
    var compiled = new BoundedPattern(compile(regex, 0));
    synchronized (CACHE) {
      CACHE.put(regex, compiled);
    }
    return compiled;
  }

  /**
   * Compiles a pattern that is matched on the text of a {@link MatchBudget}.
   *
   * @param flags as of {@link Pattern#compile(String, int)}
   * @throws PatternSyntaxException as {@link #of}
   */
  public static Pattern compile(String regex, int flags) {
    try {
      Pattern compiled = Pattern.compile(regex, flags);
      requireCountable(regex);
      return compiled;
    } catch (PatternSyntaxException malformed) {
      if (malformed.getDescription().startsWith("Stack overflow")) {
        throw tooDeep(regex);
      }
      throw malformed;
    } catch (StackOverflowError tooDeep) {
      throw tooDeep(regex);
    }
  }

  private static PatternSyntaxException tooDeep(String regex) {
    String shown = regex.length() > 200 ? regex.substring(0, 200) + "…" : regex;
    return new PatternSyntaxException("The pattern is nested too deeply", shown, -1);
  }

  /**
   * Refuses a pattern that can take many steps without reading a character, such as an empty group
   * that is repeated 9999 times in a group that is repeated 9999 times: a budget does not count
   * such steps.
   *
   * @throws PatternSyntaxException for such a pattern
   */
  public static void requireCountable(String regex) {
    if (EmptyPaths.of(regex) > EmptyPaths.MAX) {
      throw new PatternSyntaxException("The pattern repeats what is empty too often", regex, -1);
    }
  }

  /** As given. */
  public String pattern() {
    return pattern.pattern();
  }

  /**
   * Whether the whole text matches.
   *
   * @throws PatternTooCostlyException when that takes too many steps or too deep a stack
   */
  public boolean matches(String text) {
    return matches(text, MatchBudget.forText(text.length()));
  }

  /** As {@link #matches(String)}, with steps out of {@code budget}. */
  public boolean matches(String text, MatchBudget budget) {
    return match(text, budget, true);
  }

  /**
   * Whether some part of the text matches.
   *
   * @throws PatternTooCostlyException when that takes too many steps or too deep a stack
   */
  public boolean find(String text) {
    return find(text, MatchBudget.forText(text.length()));
  }

  /** As {@link #find(String)}, with steps out of {@code budget}. */
  public boolean find(String text, MatchBudget budget) {
    return match(text, budget, false);
  }

  private boolean match(String text, MatchBudget budget, boolean whole) {
    try {
      var matcher = pattern.matcher(budget.text(text));
      return whole ? matcher.matches() : matcher.find();
    } catch (MatchBudget.ExhaustedException tooMany) {
      throw new PatternTooCostlyException(
          pattern(), "takes too many steps on a text of " + text.length() + " characters");
    } catch (StackOverflowError tooDeep) {
      throw new PatternTooCostlyException(
          pattern(), "needs too deep a stack on a text of " + text.length() + " characters");
    }
  }

  @Override
  public String toString() {
    return pattern();
  }
}
