// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

/**
 * A pattern with the wildcards of policies: {@code *} stands for any text, also for none and also
 * across {@code :} and {@code /}, and {@code ?} for one character. Immutable.
 *
 * <p>In the pattern's text wildcards are {@link #MANY} and {@link #ONE}, so that a star from a
 * policy variable stays a star.
 */
final class WildcardText {
  /** Any text. A noncharacter of Unicode, so that no text contains it. */
  static final char MANY = '\uFFFF';

  /** One character. */
  static final char ONE = '\uFFFE';

  private enum Form {
    EVERYTHING,
    EXACT,
    PREFIX,
    GENERAL
  }

  private final String text;
  private final Form form;
  private final String prefix;

  /** A pattern whose wildcards are {@link #MANY} and {@link #ONE}. */
  WildcardText(String text) {
    this.text = text;
    int many = text.indexOf(MANY);
    boolean one = text.indexOf(ONE) >= 0;
    if (!one && many < 0) {
      form = Form.EXACT;
    } else if (!one && many == text.length() - 1) {
      form = many == 0 ? Form.EVERYTHING : Form.PREFIX;
    } else {
      form = Form.GENERAL;
    }
    prefix = many < 0 ? text : text.substring(0, many);
  }

  /** A pattern in which every {@code *} and {@code ?} is a wildcard. */
  static WildcardText of(String text) {
    return new WildcardText(encode(text));
  }

  /** Makes wildcards of every {@code *} and {@code ?}. */
  static String encode(String text) {
    return text.replace('*', MANY).replace('?', ONE);
  }

  /** Whether the pattern is one star. */
  boolean everything() {
    return form == Form.EVERYTHING;
  }

  boolean matches(String value) {
    return switch (form) {
      case EVERYTHING -> true;
      case EXACT -> text.equals(value);
      case PREFIX -> value.startsWith(prefix);
      case GENERAL -> matches(text, value);
    };
  }

  /** Whether a pattern that is used once matches. */
  static boolean matches(String pattern, String value) {
    int at = 0;
    int in = 0;
    int star = -1;
    int resume = 0;
    while (in < value.length()) {
      char expected = at < pattern.length() ? pattern.charAt(at) : 0;
      if (at < pattern.length() && expected == MANY) {
        star = at++;
        resume = in;
      } else if (at < pattern.length() && (expected == ONE || expected == value.charAt(in))) {
        at++;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++resume;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == MANY) {
      at++;
    }
    return at == pattern.length();
  }
}
