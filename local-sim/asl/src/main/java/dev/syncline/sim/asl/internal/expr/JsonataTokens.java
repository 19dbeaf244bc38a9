// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Splits a JSONata text that is known to be valid into tokens. */
final class JsonataTokens {
  private static final Set<String> LONG_OPERATORS =
      Set.of("..", ":=", "!=", ">=", "<=", "**", "~>");
  private static final String OPERATORS = ".[]{}(),@#;:?+-*/%|=<>^&!~";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  /** Kinds of tokens. */
  enum Kind {
    NAME,
    VARIABLE,
    VALUE,
    OPERATOR,
    END
  }

  /** One token; the text of a name is without its quotes. */
  record Token(Kind kind, String text) {
    boolean is(String operator) {
      return kind == Kind.OPERATOR && text.equals(operator);
    }
  }

  private JsonataTokens(String text) {
    this.text = text;
  }

  static List<Token> of(String text) {
    JsonataTokens all = new JsonataTokens(text);
    while (all.next()) {
      // Each call adds at most one token.
    }
    all.tokens.add(new Token(Kind.END, ""));
    return all.tokens;
  }

  private boolean next() {
    if (at >= text.length()) {
      return false;
    }
    char c = text.charAt(at);
    if (Character.isWhitespace(c)) {
      at++;
    } else if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at + 2);
      at = end < 0 ? text.length() : end + 2;
    } else if (c == '"' || c == '\'') {
      add(Kind.VALUE, quoted(c));
    } else if (c == '`') {
      add(Kind.NAME, quoted(c));
    } else if (c == '/' && prefixPosition()) {
      regex();
    } else if (c >= '0' && c <= '9') {
      number();
    } else if (at + 1 < text.length() && LONG_OPERATORS.contains(text.substring(at, at + 2))) {
      add(Kind.OPERATOR, text.substring(at, at + 2));
      at += 2;
    } else if (OPERATORS.indexOf(c) >= 0) {
      add(Kind.OPERATOR, String.valueOf(c));
      at++;
    } else {
      word();
    }
    return true;
  }

  private void add(Kind kind, String value) {
    tokens.add(new Token(kind, value));
  }

  private String quoted(char quote) {
    int start = ++at;
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' && quote != '`' ? 2 : 1;
    }
    String inside = text.substring(start, Math.min(at, text.length()));
    at++;
    return inside;
  }

  private boolean prefixPosition() {
    if (tokens.isEmpty()) {
      return true;
    }
    Token last = tokens.getLast();
    return last.kind() == Kind.OPERATOR && !Set.of(")", "]", "}").contains(last.text());
  }

  private void regex() {
    int start = at++;
    boolean set = false;
    while (at < text.length() && (set || text.charAt(at) != '/')) {
      char c = text.charAt(at);
      set = c == '[' || (set && c != ']');
      at += c == '\\' ? 2 : 1;
    }
    at++;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    add(Kind.VALUE, text.substring(start, Math.min(at, text.length())));
  }

  private void number() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at))
            || (text.charAt(at) == '.' && !text.startsWith("..", at))
            || ("+-".indexOf(text.charAt(at)) >= 0 && "eE".indexOf(text.charAt(at - 1)) >= 0))) {
      at++;
    }
    add(Kind.VALUE, text.substring(start, at));
  }

  private void word() {
    int start = at;
    while (at < text.length()
        && OPERATORS.indexOf(text.charAt(at)) < 0
        && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    if (word.startsWith("$")) {
      add(Kind.VARIABLE, word);
    } else if (Set.of("true", "false", "null").contains(word)) {
      add(Kind.VALUE, word);
    } else {
      add(Kind.NAME, word);
    }
  }
}
