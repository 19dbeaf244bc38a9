// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import dev.syncline.sim.kernel.BoundedPattern;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * An ECMAScript regular expression, translated for {@code java.util.regex}. Immutable.
 *
 * @param source as written
 * @param pattern the translated expression
 * @param countable whether a budget counts every step of a match; if false, it must not be matched
 */
record Regex(String source, Pattern pattern, boolean countable) {

  /** {@code flags} may hold {@code i} and {@code m}. */
  static Regex compile(String source, String flags) {
    boolean multiline = flags.contains("m");
    int options = multiline ? Pattern.MULTILINE : 0;
    if (flags.contains("i")) {
      options |= Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    }
    String java = translate(source, multiline);
    try {
      return new Regex(source, Pattern.compile(java, options), isCountable(java));
    } catch (PatternSyntaxException | StackOverflowError e) {
      throw JsonataException.worded(null, "Invalid regular expression: /" + source + "/");
    }
  }

  private static boolean isCountable(String java) {
    try {
      BoundedPattern.requireCountable(java);
      return true;
    } catch (PatternSyntaxException tooManySteps) {
      return false;
    }
  }

  /** A dollar matches at the very end only, and a bracket inside of a class is a character. */
  private static String translate(String source, boolean multiline) {
    StringBuilder java = new StringBuilder(source.length() + 8);
    boolean set = false;
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '\\' && i + 1 < source.length()) {
        i++;
        java.append(escape(source.charAt(i)));
      } else if (set) {
        set = c != ']';
        java.append(c == '[' || c == '&' ? "\\" + c : String.valueOf(c));
      } else if (c == '[') {
        if (source.startsWith("[]", i) || source.startsWith("[^]", i)) {
          boolean all = source.startsWith("[^]", i);
          java.append(all ? "[\\s\\S]" : "(?!)");
          i += all ? 2 : 1;
        } else {
          set = true;
          java.append(c);
        }
      } else if (c == '$') {
        java.append(multiline ? "(?=[\\n\\r\\u2028\\u2029]|\\z)" : "\\z");
      } else {
        java.append(c);
      }
    }
    return java.toString();
  }

  private static String escape(char c) {
    // ECMAScript reads an escaped letter without a meaning as the letter; Java refuses it.
    return "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".indexOf(c) >= 0
            && "bBdDsSwWnrtfvuxckpP".indexOf(c) < 0
        ? String.valueOf(c)
        : c == 'v' ? "\\x0B" : "\\" + c;
  }
}
