// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import dev.syncline.sim.asl.internal.jsonata.Node.Type;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Splits the text of an expression into tokens. */
final class Tokenizer {
  private static final List<String> LONG_OPERATORS =
      List.of("..", ":=", "!=", ">=", "<=", "**", "~>");
  private static final String OPERATORS = ".[]{}(),@#;:?+-*/%|=<>^&!~";
  private static final String BLANKS = " \t\n\r\u000B";
  private static final Map<Character, Character> ESCAPES =
      Map.of('"', '"', '\\', '\\', '/', '/', 'b', '\b', 'f', '\f', 'n', '\n', 'r', '\r', 't', '\t');
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|([1-9][0-9]*))(\\.[0-9]+)?([Ee][-+]?[0-9]+)?");

  private final String text;
  private int at;

  Tokenizer(String text) {
    this.text = text;
  }

  private char charAt(int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }

  private boolean blankAt(int index) {
    return index < text.length() && BLANKS.indexOf(text.charAt(index)) >= 0;
  }

  /**
   * The next token, null at the end.
   *
   * @param infix a slash here divides; otherwise it begins a regular expression
   */
  @Nullable Node next(boolean infix) {
    skipBlanksAndComments();
    if (at >= text.length()) {
      return null;
    }
    char c = text.charAt(at);
    if (!infix && c == '/') {
      int start = at++;
      return new Node(Type.REGEX, regex(), start);
    }
    for (String operator : LONG_OPERATORS) {
      if (text.startsWith(operator, at)) {
        at += 2;
        return new Node(Type.OPERATOR, operator, at);
      }
    }
    if (OPERATORS.indexOf(c) >= 0) {
      at++;
      return new Node(Type.OPERATOR, String.valueOf(c), at);
    }
    if (c == '"' || c == '\'') {
      at++;
      return new Node(Type.STRING, string(c), at);
    }
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (number.lookingAt()) {
      return number(number.group());
    }
    return c == '`' ? quotedName() : word();
  }

  private void skipBlanksAndComments() {
    while (true) {
      while (blankAt(at)) {
        at++;
      }
      if (!text.startsWith("/*", at)) {
        return;
      }
      int end = text.indexOf("*/", at + 2);
      if (end < 0) {
        throw JsonataException.of("S0106");
      }
      at = end + 2;
    }
  }

  private Node number(String digits) {
    double value = Double.parseDouble(digits);
    if (Double.isInfinite(value)) {
      throw JsonataException.of("S0102").token(digits);
    }
    at += digits.length();
    return new Node(Type.NUMBER, value, at);
  }

  private String string(char quote) {
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
        value.append(escape());
      } else if (c == quote) {
        at++;
        return value.toString();
      } else {
        value.append(c);
      }
      at++;
    }
    throw JsonataException.of("S0101");
  }

  private char escape() {
    char c = charAt(at);
    Character plain = ESCAPES.get(c);
    if (plain != null) {
      return plain;
    }
    if (c != 'u') {
      throw JsonataException.of("S0103").token(at < text.length() ? String.valueOf(c) : "");
    }
    String digits = text.substring(at + 1, Math.min(at + 5, text.length()));
    if (!digits.matches("[0-9a-fA-F]+")) {
      throw JsonataException.of("S0104");
    }
    at += 4;
    return (char) Integer.parseInt(digits, 16);
  }

  private Node quotedName() {
    at++;
    int end = text.indexOf('`', at);
    if (end < 0) {
      throw JsonataException.of("S0105");
    }
    String name = text.substring(at, end);
    at = end + 1;
    return new Node(Type.NAME, name, at);
  }

  private @Nullable Node word() {
    int start = at;
    while (at < text.length() && !blankAt(at) && OPERATORS.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    if (word.startsWith("$")) {
      return new Node(Type.VARIABLE, word.substring(1), at);
    }
    return switch (word) {
      case "or", "in", "and" -> new Node(Type.OPERATOR, word, at);
      case "true" -> new Node(Type.VALUE, true, at);
      case "false" -> new Node(Type.VALUE, false, at);
      case "null" -> new Node(Type.VALUE, JsonNull.NULL, at);
      default -> new Node(Type.NAME, word, at);
    };
  }

  private Regex regex() {
    int start = at;
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '/' && depth == 0 && !escaped(at)) {
        String pattern = text.substring(start, at);
        if (pattern.isEmpty()) {
          throw JsonataException.of("S0301");
        }
        at++;
        int flags = at;
        while (charAt(at) == 'i' || charAt(at) == 'm') {
          at++;
        }
        return Regex.compile(pattern, text.substring(flags, at));
      }
      if (text.charAt(at - 1) != '\\') {
        depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      }
      at++;
    }
    throw JsonataException.of("S0302");
  }

  private boolean escaped(int index) {
    int backslashes = 0;
    while (index - backslashes > 0 && text.charAt(index - backslashes - 1) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }
}
