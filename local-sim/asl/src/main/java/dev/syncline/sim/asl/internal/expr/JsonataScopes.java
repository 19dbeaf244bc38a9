// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import dev.syncline.sim.asl.internal.expr.JsonataTokens.Kind;
import dev.syncline.sim.asl.internal.expr.JsonataTokens.Token;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a JSONata text takes from a context item. Step Functions evaluates without one, so a
 * name or <code>$</code> outside of every path step, predicate or group refers to nothing; AWS
 * refuses it with the definition. The library does not show its syntax tree, hence this small
 * parser; it gives up silently on what it does not understand.
 */
final class JsonataScopes {
  private static final Map<String, Integer> POWER =
      Map.ofEntries(
          Map.entry(".", 75),
          Map.entry("[", 80),
          Map.entry("{", 70),
          Map.entry("(", 80),
          Map.entry("@", 80),
          Map.entry("#", 80),
          Map.entry("?", 20),
          Map.entry(":=", 10),
          Map.entry("..", 20),
          Map.entry("~>", 40),
          Map.entry("^", 40),
          Map.entry("+", 50),
          Map.entry("-", 50),
          Map.entry("&", 50),
          Map.entry("*", 60),
          Map.entry("/", 60),
          Map.entry("%", 60),
          Map.entry("=", 40),
          Map.entry("!=", 40),
          Map.entry("<", 40),
          Map.entry(">", 40),
          Map.entry("<=", 40),
          Map.entry(">=", 40));
  private static final Map<String, Integer> WORD_POWER = Map.of("in", 40, "and", 30, "or", 25);
  private static final Set<String> FROM_CONTEXT = Set.of("*", "**", "%");

  private final List<Token> tokens;
  private int at;
  private @Nullable String reference;

  private JsonataScopes(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** Thrown on syntax this parser does not know. */
  private static final class GaveUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GaveUp() {
      super(null, null, false, false);
    }
  }

  /** The first reference to the context item; null if the text has no such reference. */
  static @Nullable String topLevelReference(String text) {
    JsonataScopes scopes = new JsonataScopes(JsonataTokens.of(text));
    try {
      scopes.expression(0, true);
    } catch (GaveUp e) {
      return null;
    }
    return scopes.reference;
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token take() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  private boolean accept(String operator) {
    if (peek().is(operator)) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(String operator) {
    if (!accept(operator)) {
      throw new GaveUp();
    }
  }

  private void refer(String name) {
    if (reference == null) {
      reference = name;
    }
  }

  /** {@code top}: the context item is the one that does not exist. */
  private void expression(int power, boolean top) {
    prefix(top);
    while (power() > power) {
      infix(take(), top);
    }
  }

  private int power() {
    Token token = peek();
    return switch (token.kind()) {
      case OPERATOR -> POWER.getOrDefault(token.text(), 0);
      case NAME -> WORD_POWER.getOrDefault(token.text(), 0);
      case VARIABLE, VALUE, END -> 0;
    };
  }

  private void prefix(boolean top) {
    Token token = take();
    switch (token.kind()) {
      case VALUE -> {}
      case VARIABLE -> {
        if (token.text().equals("$$") || (top && token.text().equals("$"))) {
          refer(token.text());
        }
      }
      case NAME -> {
        if ((token.text().equals("function") || token.text().equals("λ")) && peek().is("(")) {
          lambda(top);
        } else if (top) {
          refer(token.text());
        }
      }
      case OPERATOR -> operatorPrefix(token, top);
      case END -> throw new GaveUp();
    }
  }

  private void operatorPrefix(Token token, boolean top) {
    switch (token.text()) {
      case "-" -> expression(70, top);
      case "(" -> list(";", ")", top);
      case "[" -> list(",", "]", top);
      case "{" -> pairs(top);
      case "|" -> {
        expression(0, false);
        expect("|");
        expression(0, false);
        if (accept(",")) {
          expression(0, false);
        }
        expect("|");
      }
      case "?" -> {
        // A hole of a partial application.
      }
      default -> {
        if (!FROM_CONTEXT.contains(token.text())) {
          throw new GaveUp();
        }
        if (top) {
          refer(token.text());
        }
      }
    }
  }

  private void lambda(boolean top) {
    expect("(");
    while (!accept(")")) {
      take();
      accept(",");
    }
    if (peek().is("<")) {
      while (!peek().is("{") && peek().kind() != Kind.END) {
        take();
      }
    }
    expect("{");
    expression(0, top);
    expect("}");
  }

  private void list(String separator, String end, boolean top) {
    while (!accept(end)) {
      expression(0, top);
      if (!accept(separator) && !peek().is(end)) {
        throw new GaveUp();
      }
    }
  }

  private void pairs(boolean top) {
    while (!accept("}")) {
      expression(0, top);
      expect(":");
      expression(0, top);
      if (!accept(",") && !peek().is("}")) {
        throw new GaveUp();
      }
    }
  }

  private void infix(Token operator, boolean top) {
    switch (operator.text()) {
      case "." -> expression(75, false);
      case "[" -> list(",", "]", false);
      case "{" -> pairs(false);
      case "(" -> list(",", ")", top);
      case "@", "#" -> take();
      case "^" -> {
        expect("(");
        while (!accept(")")) {
          if (!accept("<")) {
            accept(">");
          }
          expression(0, false);
          accept(",");
        }
      }
      case "?" -> {
        expression(0, top);
        if (accept(":")) {
          expression(0, top);
        }
      }
      case ":=" -> expression(9, top);
      default ->
          expression(
              operator.kind() == Kind.NAME
                  ? WORD_POWER.getOrDefault(operator.text(), 0)
                  : POWER.getOrDefault(operator.text(), 0),
              top);
    }
  }
}
