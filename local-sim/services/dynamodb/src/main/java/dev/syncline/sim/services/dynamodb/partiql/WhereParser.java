// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.partiql;

import dev.syncline.sim.services.dynamodb.expressions.Comparator;
import dev.syncline.sim.services.dynamodb.expressions.Syntax;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the conditions of WHERE. */
final class WhereParser {
  private static final Set<String> FUNCTIONS =
      Set.of(
          "attribute_exists",
          "attribute_not_exists",
          "attribute_type",
          "begins_with",
          "contains",
          "size");

  private static final Map<String, Comparator> COMPARATORS =
      Map.of(
          "=", Comparator.EQ,
          "<>", Comparator.NE,
          "!=", Comparator.NE,
          "<", Comparator.LT,
          "<=", Comparator.LE,
          ">", Comparator.GT,
          ">=", Comparator.GE);

  private final StatementReader reader;
  private final LiteralParser literals;

  WhereParser(StatementReader reader) {
    this.reader = reader;
    this.literals = new LiteralParser(reader);
  }

  /** Reads a condition. */
  Syntax.Condition condition() {
    return condition(joined());
  }

  private Syntax joined() {
    var alternatives = new ArrayList<Syntax.Condition>();
    var parts = new ArrayList<Syntax.Condition>();
    while (true) {
      Syntax part = negated();
      boolean and = reader.peek().isWord("AND");
      if (!and && !reader.peek().isWord("OR")) {
        if (parts.isEmpty() && alternatives.isEmpty()) {
          return part;
        }
        parts.add(condition(part));
        alternatives.add(all(parts));
        return alternatives.size() == 1
            ? alternatives.getFirst()
            : new Syntax.Or(List.copyOf(alternatives));
      }
      parts.add(condition(part));
      if (!and) {
        alternatives.add(all(parts));
        parts.clear();
      }
      reader.take();
      requireRightSide();
    }
  }

  private static Syntax.Condition all(List<Syntax.Condition> parts) {
    return parts.size() == 1 ? parts.getFirst() : new Syntax.And(List.copyOf(parts));
  }

  private void requireRightSide() {
    if (reader.peek().type() == PartiqlToken.Type.END) {
      throw PartiqlFaults.malformed("Missing right-hand side expression of infix operator");
    }
  }

  private Syntax negated() {
    boolean negative = false;
    boolean any = false;
    while (reader.takeWord("NOT")) {
      negative = !negative;
      any = true;
    }
    Syntax part = predicate();
    if (!any) {
      return part;
    }
    Syntax.Condition condition = condition(part);
    return negative ? new Syntax.Not(condition) : condition;
  }

  private Syntax predicate() {
    Syntax left = primary();
    PartiqlToken token = reader.peek();
    if (token.type() == PartiqlToken.Type.SYMBOL && COMPARATORS.containsKey(token.text())) {
      reader.take();
      requireRightSide();
      return comparison(COMPARATORS.getOrDefault(token.text(), Comparator.EQ), left);
    }
    boolean negative = token.isWord("NOT") && isInfix(reader.peekSecond());
    if (negative) {
      reader.take();
    }
    if (reader.takeWord("BETWEEN")) {
      requireRightSide();
      Syntax.Operand lower = operand();
      reader.expectWord("AND");
      requireRightSide();
      return negated(negative, new Syntax.Between(operand(left), lower, operand()));
    }
    if (reader.takeWord("IN")) {
      requireRightSide();
      return negated(negative, new Syntax.In(operand(left), candidates()));
    }
    if (reader.takeWord("LIKE")) {
      throw PartiqlFaults.bare("Unsupported operation: Like");
    }
    if (reader.takeWord("IS")) {
      boolean not = reader.takeWord("NOT");
      return negated(not, new TypeTest(reader).of(operand(left)));
    }
    return left;
  }

  private static boolean isInfix(PartiqlToken token) {
    return token.isWord("BETWEEN") || token.isWord("IN") || token.isWord("LIKE");
  }

  private static Syntax.Condition negated(boolean negative, Syntax.Condition condition) {
    return negative ? new Syntax.Not(condition) : condition;
  }

  private Syntax comparison(Comparator operator, Syntax left) {
    if (left instanceof Syntax.Condition condition && !isSize(left)) {
      return comparisonWithBoolean(operator, condition);
    }
    Syntax.Operand first = operand(left);
    Syntax.Operand second = operand();
    var comparison = new Syntax.Comparison(operator, first, second);
    if (operator != Comparator.NE) {
      return comparison;
    }
    // A missing attribute is unequal to nothing, unlike in condition expressions.
    var parts = new ArrayList<Syntax.Condition>();
    for (Syntax.Operand operand : List.of(first, second)) {
      if (operand instanceof Syntax.Path) {
        parts.add(new Syntax.Call("attribute_exists", List.of(operand)));
      }
    }
    parts.add(comparison);
    return all(parts);
  }

  private Syntax.Condition comparisonWithBoolean(Comparator operator, Syntax.Condition condition) {
    PartiqlToken token = reader.peek();
    boolean isTrue = reader.takeWord("true");
    if ((!isTrue && !reader.takeWord("false"))
        || (operator != Comparator.EQ && operator != Comparator.NE)) {
      throw PartiqlFaults.unexpected(token);
    }
    return negated(isTrue != (operator == Comparator.EQ), condition);
  }

  private List<Syntax.Operand> candidates() {
    if (reader.peek().type() == PartiqlToken.Type.PARAMETER) {
      return parameterList(literals.value());
    }
    String end;
    if (reader.takeIf("(")) {
      end = ")";
    } else if (reader.takeIf("[")) {
      end = "]";
    } else if (reader.takeIf("<<")) {
      end = ">>";
    } else {
      throw PartiqlFaults.unexpected(reader.peek());
    }
    var candidates = new ArrayList<Syntax.Operand>();
    do {
      candidates.add(operand());
    } while (reader.takeIf(","));
    reader.expect(end);
    return List.copyOf(candidates);
  }

  private List<Syntax.Operand> parameterList(AttributeValue value) {
    if (!(value instanceof AttributeValue.L list) || list.values().isEmpty()) {
      throw PartiqlFaults.bare("The operand of IN must be a list that is not empty");
    }
    var candidates = new ArrayList<Syntax.Operand>();
    list.values().forEach(candidate -> candidates.add(reader.value(candidate)));
    return candidates;
  }

  private Syntax primary() {
    PartiqlToken token = reader.peek();
    if (reader.takeIf("(")) {
      reader.enter();
      Syntax inner = joined();
      reader.expect(")");
      reader.leave();
      return inner;
    }
    if (token.type() == PartiqlToken.Type.WORD && reader.peekSecond().is("(")) {
      return function();
    }
    if (literals.isValue()) {
      return reader.value(literals.value());
    }
    return reader.path();
  }

  private Syntax.Call function() {
    return reader.call(
        FUNCTIONS, () -> reader.peek().is(")") ? List.of() : reader.operands(this::operand));
  }

  private Syntax.Operand operand() {
    return operand(primary());
  }

  private Syntax.Operand operand(Syntax part) {
    if (part instanceof Syntax.Operand operand) {
      return operand;
    }
    throw PartiqlFaults.unexpected(reader.peek());
  }

  private Syntax.Condition condition(Syntax part) {
    if (part instanceof Syntax.Condition condition) {
      return condition;
    }
    throw unsupportedCondition();
  }

  private static ValidationFault unsupportedCondition() {
    return PartiqlFaults.malformed("Unexpected term");
  }

  private static boolean isSize(Syntax part) {
    return part instanceof Syntax.Call call && call.function().equals("size");
  }
}
