// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.AttributeType;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks a condition and looks up its placeholders. AWS first checks the functions and names of the
 * whole expression; then, comparison by comparison, placeholders, numbers of operands, equal
 * operands and types.
 */
final class ConditionBuilder {
  /** The most operands of IN; the one before IN counts (observed on AWS). */
  static final int MAX_IN_OPERANDS = 100;

  private static final Map<String, Integer> OPERANDS =
      Map.of(
          "attribute_exists", 1,
          "attribute_not_exists", 1,
          "attribute_type", 2,
          "begins_with", 2,
          "contains", 2,
          "size", 1);

  private final ExpressionKind kind;
  private final Resolver resolver;

  /** The paths and values of the comparison that is being built. */
  private final Map<Syntax.Operand, Operand> leaves = new HashMap<>();

  ConditionBuilder(ExpressionKind kind, ExpressionScope scope) {
    this.kind = kind;
    this.resolver = new Resolver(kind, scope);
  }

  /** The condition, ready to be tested. */
  Predicate build(Syntax.Condition condition) {
    var checks = new SyntaxChecks(kind, false);
    checks.add(condition);
    checks.requirePathLimits();
    checks.requireKnownFunctions();
    requireFunctionsInPlace(condition);
    checks.requireNoReservedWords();
    return predicate(condition);
  }

  /** The paths of the condition. */
  Set<DocumentPath> paths() {
    return resolver.paths();
  }

  private void requireFunctionsInPlace(Syntax.Condition condition) {
    switch (condition) {
      case Syntax.And and -> requireFunctionsInPlace(and.parts());
      case Syntax.Or or -> requireFunctionsInPlace(or.parts());
      case Syntax.Not not -> requireFunctionsInPlace(not.part());
      case Syntax.Call call -> {
        requireOperands(call.arguments());
        if (call.function().equals("size")) {
          throw SyntaxChecks.misused(kind, call.function());
        }
      }
      case Syntax.Comparison comparison ->
          requireOperands(List.of(comparison.left(), comparison.right()));
      case Syntax.Between between ->
          requireOperands(List.of(between.operand(), between.lower(), between.upper()));
      case Syntax.In in -> requireOperands(operands(in));
    }
  }

  private void requireFunctionsInPlace(List<Syntax.Condition> parts) {
    for (Syntax.Condition part : parts) {
      requireFunctionsInPlace(part);
    }
  }

  private void requireOperands(List<Syntax.Operand> operands) {
    for (Syntax.Operand operand : operands) {
      if (operand instanceof Syntax.Call call) {
        requireOperands(call.arguments());
        if (!call.function().equals("size")) {
          throw SyntaxChecks.misused(kind, call.function());
        }
      }
    }
  }

  private static List<Syntax.Operand> operands(Syntax.In in) {
    var operands = new ArrayList<Syntax.Operand>();
    operands.add(in.operand());
    operands.addAll(in.candidates());
    return operands;
  }

  private Predicate predicate(Syntax.Condition condition) {
    return switch (condition) {
      case Syntax.And and -> new Predicate.All(predicates(and.parts()));
      case Syntax.Or or -> new Predicate.Any(predicates(or.parts()));
      case Syntax.Not not -> new Predicate.Negation(predicate(not.part()));
      case Syntax.Call call -> function(call);
      case Syntax.Comparison comparison -> comparison(comparison);
      case Syntax.Between between -> between(between);
      case Syntax.In in -> in(in);
    };
  }

  private List<Predicate> predicates(List<Syntax.Condition> parts) {
    var predicates = new ArrayList<Predicate>();
    for (Syntax.Condition part : parts) {
      predicates.add(predicate(part));
    }
    return List.copyOf(predicates);
  }

  private Predicate comparison(Syntax.Comparison comparison) {
    Comparator operator = comparison.operator();
    lookUp(List.of(comparison.left(), comparison.right()));
    requireDistinct(operator.symbol(), comparison.left(), List.of(comparison.right()));
    Operand left = operand(comparison.left());
    Operand right = operand(comparison.right());
    if (operator.isOrdering()) {
      requireOrdered(operator.symbol(), left);
      requireOrdered(operator.symbol(), right);
    }
    return new Predicate.Comparison(operator, left, right);
  }

  private Predicate between(Syntax.Between between) {
    lookUp(List.of(between.operand(), between.lower(), between.upper()));
    requireDistinct("BETWEEN", between.operand(), List.of(between.lower(), between.upper()));
    Operand operand = operand(between.operand());
    Operand lower = operand(between.lower());
    Operand upper = operand(between.upper());
    if (lower instanceof Operand.Literal low && upper instanceof Operand.Literal high) {
      requireBounds(low.literal(), high.literal());
    }
    requireOrdered("BETWEEN", operand);
    requireOrdered("BETWEEN", lower);
    requireOrdered("BETWEEN", upper);
    return new Predicate.Between(operand, lower, upper);
  }

  private void requireBounds(AttributeValue lower, AttributeValue upper) {
    boolean sameType = lower.type() == upper.type();
    if (!sameType || ValueOrder.compare(lower, upper).orElse(0) > 0) {
      throw kind.fault(
          "The BETWEEN operator requires "
              + (sameType
                  ? "upper bound to be greater than or equal to lower bound"
                  : "same data type for lower and upper bounds")
              + "; lower bound operand: AttributeValue: "
              + ValueOrder.print(lower)
              + ", upper bound operand: AttributeValue: "
              + ValueOrder.print(upper));
    }
  }

  private Predicate in(Syntax.In in) {
    List<Syntax.Operand> operands = operands(in);
    // PartiQL was observed to count the list alone.
    int counted = kind == ExpressionKind.PARTIQL ? in.candidates().size() : operands.size();
    if (counted > MAX_IN_OPERANDS) {
      throw kind.fault(
          "The IN operator is provided with too many operands; number of operands: " + counted);
    }
    lookUp(operands);
    requireDistinct("IN", in.operand(), in.candidates());
    return new Predicate.In(
        operand(in.operand()), in.candidates().stream().map(this::operand).toList());
  }

  private Predicate function(Syntax.Call call) {
    String function = call.function();
    lookUp(List.of(call));
    List<Operand> operands = call.arguments().stream().map(this::operand).toList();
    return switch (function) {
      case "attribute_exists" -> new Predicate.Exists(attribute(function, operands), true);
      case "attribute_not_exists" -> new Predicate.Exists(attribute(function, operands), false);
      case "attribute_type" ->
          new Predicate.TypeIs(operands.get(0), attributeType(operands.get(1)));
      case "begins_with" -> {
        for (Operand operand : operands) {
          operand
              .type()
              .filter(type -> type != AttributeType.S && type != AttributeType.B)
              .ifPresent(
                  type -> {
                    throw wrongType(function, type.name());
                  });
        }
        yield new Predicate.BeginsWith(operands.get(0), operands.get(1));
      }
      case "contains" -> new Predicate.Contains(operands.get(0), operands.get(1));
      default -> throw SyntaxChecks.misused(kind, function);
    };
  }

  private Operand.Attribute attribute(String function, List<Operand> operands) {
    if (operands.getFirst() instanceof Operand.Attribute attribute) {
      return attribute;
    }
    throw SyntaxChecks.pathRequired(kind, function);
  }

  private AttributeType attributeType(Operand operand) {
    if (!(operand instanceof Operand.Literal literal
        && literal.literal() instanceof AttributeValue.S name)) {
      throw wrongType(
          "attribute_type",
          operand.type().map(Enum::name).orElse("{NS,SS,L,BS,N,M,B,BOOL,NULL,S}"));
    }
    return Arrays.stream(AttributeType.values())
        .filter(type -> type.name().equals(name.value()))
        .findFirst()
        .orElseThrow(
            () ->
                kind.fault(
                    "Invalid attribute type name found; type: "
                        + name.value()
                        + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"));
  }

  /** Looks up placeholders in the order of the text, then checks the numbers of operands. */
  private void lookUp(List<Syntax.Operand> operands) {
    leaves.clear();
    operands.forEach(this::lookUpLeaves);
    operands.forEach(this::requireOperandCounts);
  }

  private void lookUpLeaves(Syntax.Operand operand) {
    switch (operand) {
      case Syntax.Path path -> leaves.put(path, new Operand.Attribute(resolver.path(path)));
      case Syntax.Value value -> leaves.put(value, new Operand.Literal(resolver.value(value)));
      case Syntax.Call call -> {
        for (Syntax.Operand argument : call.arguments()) {
          lookUpLeaves(argument);
        }
      }
      case Syntax.Arithmetic arithmetic -> throw notInConditions(arithmetic);
    }
  }

  private static IllegalStateException notInConditions(Syntax.Arithmetic arithmetic) {
    return new IllegalStateException("Conditions have no arithmetic: " + arithmetic.operator());
  }

  private void requireOperandCounts(Syntax.Operand operand) {
    if (operand instanceof Syntax.Call call) {
      for (Syntax.Operand argument : call.arguments()) {
        requireOperandCounts(argument);
      }
      int expected = OPERANDS.getOrDefault(call.function(), 0);
      if (call.arguments().size() != expected) {
        throw SyntaxChecks.operandCount(kind, call.function(), call.arguments().size());
      }
      if (expected == 2) {
        requireDistinct(call.function(), call.arguments().get(0), List.of(call.arguments().get(1)));
      }
    }
  }

  private void requireDistinct(
      String operator, Syntax.Operand first, List<Syntax.Operand> remaining) {
    if (leaves.get(first) instanceof Operand.Attribute attribute
        && remaining.stream().anyMatch(other -> attribute.equals(leaves.get(other)))) {
      throw kind.fault(
          "The first operand must be distinct from the remaining operands for this operator or"
              + " function; operator: "
              + operator
              + ", first operand: "
              + attribute.path());
    }
  }

  private Operand operand(Syntax.Operand syntax) {
    return switch (syntax) {
      case Syntax.Path path -> leaf(path);
      case Syntax.Value value -> leaf(value);
      case Syntax.Call call -> {
        Operand operand = operand(call.arguments().getFirst());
        operand
            .type()
            .filter(ConditionBuilder::hasNoSize)
            .ifPresent(
                type -> {
                  throw wrongType("size", type.name());
                });
        yield new Operand.Size(operand);
      }
      case Syntax.Arithmetic arithmetic -> throw notInConditions(arithmetic);
    };
  }

  private Operand leaf(Syntax.Operand syntax) {
    Operand leaf = leaves.get(syntax);
    if (leaf == null) {
      throw new IllegalStateException("Not looked up: " + syntax);
    }
    return leaf;
  }

  private static boolean hasNoSize(AttributeType type) {
    return type == AttributeType.N || type == AttributeType.BOOL || type == AttributeType.NULL;
  }

  private void requireOrdered(String operator, Operand operand) {
    operand
        .type()
        .filter(type -> !type.isOrdered())
        .ifPresent(
            type -> {
              throw wrongType(operator, type.name());
            });
  }

  private RuntimeException wrongType(String function, String type) {
    return SyntaxChecks.operandType(kind, "operator or function: " + function, type);
  }
}
