// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads conditions. An opening parenthesis may start a condition or an operand, so both are read by
 * the same rules and told apart by what follows.
 */
final class ConditionParser {
  private final TokenReader tokens;
  private boolean redundant;

  /**
   * What has been read.
   *
   * @param syntax an operand, a condition, or a function, which may be either
   * @param parenthesized whether parentheses directly enclose it
   */
  private record Part(Syntax syntax, boolean parenthesized) {}

  private ConditionParser(TokenReader tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads a condition.
   *
   * @throws ValidationFault for size, syntax, number of operators and redundant parentheses
   */
  static Syntax.Condition parse(ExpressionKind kind, String text) {
    var parser = new ConditionParser(new TokenReader(kind, text));
    Syntax.Condition condition = parser.condition(parser.joined());
    parser.tokens.finish();
    if (parser.redundant) {
      throw parser.tokens.redundantParentheses();
    }
    return condition;
  }

  /** Reads conditions joined by AND and OR, or a single part. One frame a level of nesting. */
  private Part joined() {
    var alternatives = new ArrayList<Syntax.Condition>();
    var parts = new ArrayList<Syntax.Condition>();
    while (true) {
      Part part = negated();
      if (tokens.peek().isWord("AND")) {
        parts.add(condition(part));
      } else if (tokens.peek().isWord("OR")) {
        parts.add(condition(part));
        alternatives.add(all(parts));
        parts.clear();
      } else if (parts.isEmpty() && alternatives.isEmpty()) {
        return part;
      } else {
        parts.add(condition(part));
        alternatives.add(all(parts));
        return new Part(any(alternatives), false);
      }
      tokens.take();
      tokens.countOperator();
    }
  }

  private static Syntax.Condition all(List<Syntax.Condition> parts) {
    return parts.size() == 1 ? parts.getFirst() : new Syntax.And(List.copyOf(parts));
  }

  private static Syntax.Condition any(List<Syntax.Condition> alternatives) {
    return alternatives.size() == 1
        ? alternatives.getFirst()
        : new Syntax.Or(List.copyOf(alternatives));
  }

  private Part negated() {
    int negations = 0;
    while (tokens.takeKeyword("NOT")) {
      tokens.countOperator();
      negations++;
    }
    Part part = predicate();
    for (; negations > 0; negations--) {
      part = new Part(new Syntax.Not(condition(part)), false);
    }
    return part;
  }

  private Part predicate() {
    Part left = primary();
    Optional<Comparator> comparator = comparator();
    if (comparator.isPresent()) {
      Syntax.Operand operand = operand(left);
      tokens.take();
      tokens.countOperator();
      return new Part(new Syntax.Comparison(comparator.get(), operand, operand()), false);
    }
    if (tokens.peek().isWord("BETWEEN")) {
      Syntax.Operand operand = operand(left);
      tokens.take();
      tokens.countOperator();
      Syntax.Operand lower = operand();
      tokens.expectKeyword("AND");
      return new Part(new Syntax.Between(operand, lower, operand()), false);
    }
    if (tokens.peek().isWord("IN")) {
      Syntax.Operand operand = operand(left);
      tokens.take();
      tokens.countOperator();
      tokens.expect("(");
      var candidates = new ArrayList<Syntax.Operand>();
      do {
        candidates.add(operand());
      } while (tokens.takeIf(","));
      tokens.expect(")");
      return new Part(new Syntax.In(operand, List.copyOf(candidates)), false);
    }
    return left;
  }

  private Optional<Comparator> comparator() {
    Token token = tokens.peek();
    for (Comparator comparator : Comparator.values()) {
      if (token.is(comparator.symbol())) {
        return Optional.of(comparator);
      }
    }
    return Optional.empty();
  }

  private Part primary() {
    if (!tokens.takeOpening()) {
      return new Part(tokens.operand(this::operand), false);
    }
    return enclosed(joined());
  }

  /** Reads an operand where no condition can stand. */
  private Syntax.Operand operand() {
    return operand(operandPart());
  }

  private Part operandPart() {
    if (!tokens.takeOpening()) {
      return new Part(tokens.operand(this::operand), false);
    }
    return enclosed(operandPart());
  }

  /** Reads the end of parentheses; a path in them may go on behind them. */
  private Part enclosed(Part part) {
    tokens.expectClosing();
    redundant |= part.parenthesized();
    if (part.syntax() instanceof Syntax.Path path
        && (tokens.peek().is(".") || tokens.peek().is("["))) {
      return new Part(tokens.pathFrom(path.steps()), false);
    }
    return new Part(part.syntax(), true);
  }

  private Syntax.Condition condition(Part part) {
    if (part.syntax() instanceof Syntax.Condition condition) {
      return condition;
    }
    throw tokens.syntaxFault();
  }

  private Syntax.Operand operand(Part part) {
    if (part.syntax() instanceof Syntax.Operand operand) {
      return operand;
    }
    throw tokens.syntaxFault();
  }
}
