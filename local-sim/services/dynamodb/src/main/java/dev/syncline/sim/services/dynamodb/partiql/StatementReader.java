// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.partiql;

import dev.syncline.sim.services.dynamodb.expressions.ExpressionScope;
import dev.syncline.sim.services.dynamodb.expressions.Syntax;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The tokens of a statement, read from left to right, its parameters, and what the clauses share.
 * Names and values become placeholders of an expression. Not thread-safe.
 */
final class StatementReader {
  /** The deepest nesting of brackets. */
  static final int MAX_DEPTH = 150;

  private final List<PartiqlToken> tokens;
  private final List<AttributeValue> parameters;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, AttributeValue> values = new LinkedHashMap<>();
  private int at;
  private int parameter;
  private int depth;

  StatementReader(String text, List<AttributeValue> parameters) {
    this.tokens = PartiqlLexer.tokens(text);
    this.parameters = parameters;
  }

  PartiqlToken peek() {
    return tokens.get(at);
  }

  /** The token behind the next one. */
  PartiqlToken peekSecond() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  PartiqlToken take() {
    PartiqlToken token = peek();
    if (token.type() != PartiqlToken.Type.END) {
      at++;
    }
    return token;
  }

  boolean takeIf(String symbol) {
    boolean found = peek().is(symbol);
    at += found ? 1 : 0;
    return found;
  }

  boolean takeWord(String word) {
    boolean found = peek().isWord(word);
    at += found ? 1 : 0;
    return found;
  }

  void expect(String symbol) {
    if (!takeIf(symbol)) {
      throw PartiqlFaults.malformed("Expected '" + symbol + "'");
    }
  }

  void expectWord(String word) {
    if (!takeWord(word)) {
      throw PartiqlFaults.malformed("Expected " + word);
    }
  }

  /** Notes that a bracket was opened. */
  void enter() {
    if (++depth > MAX_DEPTH) {
      throw PartiqlFaults.malformed("Statement is nested too deeply");
    }
  }

  /** Notes that it was closed. */
  void leave() {
    depth--;
  }

  /**
   * Reads a call.
   *
   * @param functions their names in lower case; any other is refused
   * @param arguments reads what is between the brackets
   */
  Syntax.Call call(Set<String> functions, Supplier<List<Syntax.Operand>> arguments) {
    PartiqlToken name = take();
    if (!functions.contains(name.lower())) {
      throw PartiqlFaults.bare("Unrecognized function: " + name.lower() + " at " + name.place());
    }
    expect("(");
    enter();
    List<Syntax.Operand> given = arguments.get();
    expect(")");
    leave();
    return new Syntax.Call(name.lower(), given);
  }

  /** Reads one or more operands with commas between them. */
  List<Syntax.Operand> operands(Supplier<Syntax.Operand> operand) {
    var operands = new ArrayList<Syntax.Operand>();
    do {
      operands.add(operand.get());
    } while (takeIf(","));
    return List.copyOf(operands);
  }

  /** The value of the next question mark. */
  AttributeValue parameter() {
    if (parameter >= parameters.size()) {
      throw PartiqlFaults.bare("Number of parameters in request and statement don't match.");
    }
    return parameters.get(parameter++);
  }

  /** Whether a document path is next. */
  boolean isPath() {
    return peek().isName();
  }

  /** Reads a document path. */
  Syntax.Path path() {
    if (!isPath()) {
      throw PartiqlFaults.unexpected(peek());
    }
    var steps = new ArrayList<Syntax.Step>();
    steps.add(name(take().text()));
    while (true) {
      if (takeIf(".")) {
        if (!peek().isName()) {
          throw PartiqlFaults.malformed("Invalid path dot component");
        }
        steps.add(name(take().text()));
      } else if (takeIf("[")) {
        PartiqlToken place = take();
        steps.add(
            switch (place.type()) {
              case NUMBER -> index(place);
              case STRING -> name(place.text());
              default -> throw PartiqlFaults.malformed("Invalid path component");
            });
        expect("]");
      } else {
        return new Syntax.Path(List.copyOf(steps));
      }
    }
  }

  private static Syntax.Step index(PartiqlToken token) {
    if (!token.text().chars().allMatch(Character::isDigit)) {
      throw PartiqlFaults.malformed("Invalid path component");
    }
    try {
      return new Syntax.Step.Index(String.valueOf(Integer.parseInt(token.text())));
    } catch (NumberFormatException tooLarge) {
      throw PartiqlFaults.bare(
          "List index is not within the allowable range; index: ["
              + token.text()
              + "] at "
              + token.place());
    }
  }

  private Syntax.Step name(String name) {
    String placeholder = "#" + names.size();
    names.put(placeholder, name);
    return new Syntax.Step.Name(placeholder);
  }

  /** The placeholder of a value. */
  Syntax.Value value(AttributeValue value) {
    String placeholder = ":" + values.size();
    values.put(placeholder, value);
    return new Syntax.Value(placeholder);
  }

  /** The name behind a placeholder. */
  String nameOf(Syntax.Step.Name step) {
    return names.getOrDefault(step.text(), step.text());
  }

  /** The value behind a placeholder. */
  AttributeValue valueOf(Syntax.Value value) {
    AttributeValue known = values.get(value.text());
    if (known == null) {
      throw new IllegalStateException("Unknown placeholder " + value.text());
    }
    return known;
  }

  /** The placeholders so far. */
  ExpressionScope scope() {
    return new ExpressionScope(
        names.isEmpty() ? null : Map.copyOf(names), values.isEmpty() ? null : Map.copyOf(values));
  }

  /** Ends the statement: only a semicolon may follow. */
  void finish() {
    takeIf(";");
    if (peek().type() != PartiqlToken.Type.END) {
      throw PartiqlFaults.malformed("Unexpected token after expression");
    }
  }
}
