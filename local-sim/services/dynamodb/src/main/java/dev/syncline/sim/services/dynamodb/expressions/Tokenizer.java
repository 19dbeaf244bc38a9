// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits an expression into tokens. Never fails: a character that no grammar has becomes a token of
 * its own, which the parser then refuses where it stands.
 */
final class Tokenizer {
  private final String text;
  private int at;

  private Tokenizer(String text) {
    this.text = text;
  }

  /** The tokens of the text, with one of type END last. */
  static List<Token> tokens(String text) {
    var tokenizer = new Tokenizer(text);
    var tokens = new ArrayList<Token>();
    while (tokenizer.skipSpace()) {
      tokens.add(tokenizer.next());
    }
    tokens.add(new Token(Token.Type.END, "<EOF>", text.length(), text.length()));
    return tokens;
  }

  private boolean skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length();
  }

  private Token next() {
    char first = text.charAt(at);
    if (isLetter(first)) {
      return word(Token.Type.WORD);
    }
    if (isDigit(first)) {
      int end = at;
      while (end < text.length() && isDigit(text.charAt(end))) {
        end++;
      }
      return take(Token.Type.DIGITS, end);
    }
    if ((first == '#' || first == ':') && at + 1 < text.length() && isPart(text.charAt(at + 1))) {
      return word(first == '#' ? Token.Type.NAME : Token.Type.VALUE);
    }
    boolean twoCharacters =
        text.startsWith("<>", at) || text.startsWith("<=", at) || text.startsWith(">=", at);
    return take(
        Token.Type.SYMBOL, at + (twoCharacters ? 2 : Character.charCount(text.codePointAt(at))));
  }

  private Token word(Token.Type type) {
    int end = at + 1;
    while (end < text.length() && isPart(text.charAt(end))) {
      end++;
    }
    return take(type, end);
  }

  private Token take(Token.Type type, int end) {
    var token = new Token(type, text.substring(at, end), at, end);
    at = end;
    return token;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Whether the character may follow the first one of a name. */
  static boolean isPart(char c) {
    return isLetter(c) || isDigit(c) || c == '_';
  }
}
