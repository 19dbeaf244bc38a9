// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.partiql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits a statement into tokens. */
final class PartiqlLexer {
  private static final List<String> LONG_SYMBOLS = List.of("<<", ">>", "<>", "<=", ">=", "!=");
  private static final String SYMBOLS = "()[]{},.:;*=<>+-";

  private final String text;
  private final List<PartiqlToken> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;

  private PartiqlLexer(String text) {
    this.text = text;
  }

  /** The tokens, with one of type END last. */
  static List<PartiqlToken> tokens(String text) {
    var lexer = new PartiqlLexer(text);
    while (lexer.skipSpace()) {
      lexer.next();
    }
    lexer.add(PartiqlToken.Type.END, "", lexer.at);
    return lexer.tokens;
  }

  /** Skips white space and comments; false at the end. */
  private boolean skipSpace() {
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        step();
      } else if (text.startsWith("--", at)) {
        while (at < text.length() && text.charAt(at) != '\n') {
          step();
        }
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
          throw PartiqlFaults.malformed("");
        }
        while (at < end + 2) {
          step();
        }
      } else {
        return true;
      }
    }
    return false;
  }

  private void step() {
    if (text.charAt(at) == '\n') {
      line++;
      lineStart = at + 1;
    }
    at++;
  }

  private void next() {
    char first = text.charAt(at);
    if (first == '\'') {
      quoted(PartiqlToken.Type.STRING, first);
    } else if (first == '"') {
      quoted(PartiqlToken.Type.QUOTED, first);
    } else if (isWordStart(first)) {
      int end = at + 1;
      while (end < text.length() && (isWordStart(text.charAt(end)) || isDigit(end))) {
        end++;
      }
      add(PartiqlToken.Type.WORD, text.substring(at, end), end);
    } else if (isDigit(at) || (first == '.' && isDigit(at + 1))) {
      number();
    } else if (first == '?') {
      add(PartiqlToken.Type.PARAMETER, "?", at + 1);
    } else {
      symbol();
    }
  }

  private void quoted(PartiqlToken.Type type, char quote) {
    var content = new StringBuilder();
    int end = at + 1;
    while (true) {
      if (end >= text.length()) {
        throw PartiqlFaults.malformed("");
      }
      char c = text.charAt(end++);
      if (c != quote) {
        content.append(c);
      } else if (end < text.length() && text.charAt(end) == quote) {
        content.append(quote);
        end++;
      } else {
        add(type, content.toString(), end);
        return;
      }
    }
  }

  private void number() {
    int end = digits(at);
    if (end < text.length() && text.charAt(end) == '.') {
      end = digits(end + 1);
    }
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int exponent = end + 1;
      if (exponent < text.length() && "+-".indexOf(text.charAt(exponent)) >= 0) {
        exponent++;
      }
      if (isDigit(exponent)) {
        end = digits(exponent);
      }
    }
    String number = text.substring(at, end);
    if (!isReadable(number)) {
      throw PartiqlFaults.malformed("");
    }
    add(PartiqlToken.Type.NUMBER, number, end);
  }

  /** Whether its exponent and scale fit 32 bits, without which AWS cannot read the statement. */
  private static boolean isReadable(String number) {
    int exponent = number.toLowerCase(Locale.ROOT).indexOf('e');
    if (exponent >= 0 && new BigInteger(number.substring(exponent + 1)).bitLength() > 31) {
      return false;
    }
    try {
      return new BigDecimal(number).signum() >= 0;
    } catch (NumberFormatException scaleOutOfRange) {
      return false;
    }
  }

  private int digits(int from) {
    int end = from;
    while (isDigit(end)) {
      end++;
    }
    return end;
  }

  private void symbol() {
    for (String symbol : LONG_SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        add(PartiqlToken.Type.SYMBOL, symbol, at + 2);
        return;
      }
    }
    if (SYMBOLS.indexOf(text.charAt(at)) < 0) {
      throw PartiqlFaults.malformed("");
    }
    add(PartiqlToken.Type.SYMBOL, text.substring(at, at + 1), at + 1);
  }

  private void add(PartiqlToken.Type type, String content, int end) {
    tokens.add(new PartiqlToken(type, content, line, at - lineStart + 1, end - at));
    while (at < end) {
      step();
    }
  }

  private boolean isDigit(int place) {
    return place < text.length() && text.charAt(place) >= '0' && text.charAt(place) <= '9';
  }

  private static boolean isWordStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
  }
}
