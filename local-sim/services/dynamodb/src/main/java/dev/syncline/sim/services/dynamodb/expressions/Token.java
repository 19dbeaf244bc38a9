// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

/**
 * A piece of an expression's text.
 *
 * @param text as the user wrote it; {@code <EOF>} at the end
 * @param start index of its first character in the expression
 * @param end index after its last character
 */
record Token(Type type, String text, int start, int end) {
  /** What the piece is. */
  enum Type {
    /** A bare word: a name, a keyword, or a function. */
    WORD,
    /** A placeholder {@code #x}. */
    NAME,
    /** A placeholder {@code :x}. */
    VALUE,
    /** Decimal digits. */
    DIGITS,
    /** An operator, a bracket, a comma, or a character that no grammar has. */
    SYMBOL,
    /** The end of the text. */
    END
  }

  boolean is(String symbol) {
    return type == Type.SYMBOL && text.equals(symbol);
  }

  boolean isWord(String keyword) {
    return type == Type.WORD && text.equalsIgnoreCase(keyword);
  }
}
