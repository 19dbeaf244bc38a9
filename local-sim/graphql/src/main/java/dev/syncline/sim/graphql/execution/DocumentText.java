// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

/** Looks at the text of a document before it is parsed. */
final class DocumentText {
  /** Digits of a number in a document at most. */
  static final int MAX_DIGITS = 400;

  private static final String BLOCK = "\"\"\"";

  private DocumentText() {}

  /**
   * Whether a number outside of strings and comments has too many digits. Reading and printing one
   * takes a time that grows with the square of its length.
   */
  static boolean hasHugeNumber(String text) {
    int digits = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      digits = c >= '0' && c <= '9' ? digits + 1 : 0;
      if (digits > MAX_DIGITS) {
        return true;
      }
      at =
          switch (c) {
            case '"' -> endOfString(text, at);
            case '#' -> endOfLine(text, at);
            default -> at + 1;
          };
    }
    return false;
  }

  private static int endOfLine(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  private static int endOfString(String text, int from) {
    boolean isBlock = text.startsWith(BLOCK, from);
    int at = from + (isBlock ? BLOCK.length() : 1);
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (isBlock ? text.startsWith(BLOCK, at) : c == '"' || c == '\n') {
        return at + (isBlock ? BLOCK.length() : 1);
      }
      at++;
    }
    return at;
  }
}
