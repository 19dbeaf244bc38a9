// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.AttributeType;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.Arrays;
import java.util.List;

/** The values of {@code ComparisonOperator}, and what their arguments must be. */
enum LegacyComparison {
  EQ(1, 1),
  NE(1, 1),
  LE(1, 1),
  LT(1, 1),
  GE(1, 1),
  GT(1, 1),
  NOT_NULL(0, 0),
  NULL(0, 0),
  CONTAINS(1, 1),
  NOT_CONTAINS(1, 1),
  BEGINS_WITH(1, 1),
  IN(1, Integer.MAX_VALUE),
  BETWEEN(2, 2);

  private final int minArguments;
  private final int maxArguments;

  LegacyComparison(int minArguments, int maxArguments) {
    this.minArguments = minArguments;
    this.maxArguments = maxArguments;
  }

  /** Whether arguments may be of the type. */
  private boolean takes(AttributeType type) {
    return switch (this) {
      case EQ, NE, NOT_NULL, NULL -> true;
      case LE, LT, GE, GT, IN, BETWEEN -> type.isOrdered();
      case CONTAINS, NOT_CONTAINS ->
          type.isOrdered() || type == AttributeType.BOOL || type == AttributeType.NULL;
      case BEGINS_WITH -> type == AttributeType.S || type == AttributeType.B;
    };
  }

  /** The operator of that name. */
  static LegacyComparison of(String name) {
    return Arrays.stream(values())
        .filter(operator -> operator.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ValidationFault.request(
                    "Value '"
                        + name
                        + "' at 'comparisonOperator' failed to satisfy constraint: Member must"
                        + " satisfy enum value set: [IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT,"
                        + " NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]"));
  }

  /** Whether it has arguments. */
  boolean takesArguments() {
    return maxArguments > 0;
  }

  /** Refuses a wrong number of arguments. */
  void requireCount(int count) {
    if (count < minArguments || count > maxArguments) {
      throw invalid("Invalid number of argument(s) for the " + this + " ComparisonOperator");
    }
  }

  /** Refuses arguments of several types, of an unsuitable type, and bounds in the wrong order. */
  void requireArguments(List<AttributeValue> arguments) {
    for (AttributeValue argument : arguments) {
      if (argument.type() != arguments.getFirst().type()) {
        throw invalid("AttributeValues inside AttributeValueList must be of same type");
      }
    }
    if (!arguments.isEmpty() && !takes(arguments.getFirst().type())) {
      throw invalid(
          "ComparisonOperator "
              + this
              + " is not valid for "
              + arguments.getFirst().type()
              + " AttributeValue type");
    }
    if (this == BETWEEN
        && ValueOrder.holds(Comparator.GT, arguments.getFirst(), arguments.getLast())) {
      throw ValidationFault.bare(
          "The BETWEEN condition was provided a range where the lower bound is greater than the"
              + " upper bound");
    }
  }

  /** The test of an attribute against the arguments. */
  Predicate predicate(String attribute, List<AttributeValue> arguments) {
    var path = new Operand.Attribute(DocumentPath.of(attribute));
    List<Operand> operands = arguments.stream().<Operand>map(Operand.Literal::new).toList();
    return switch (this) {
      case EQ -> new Predicate.Comparison(Comparator.EQ, path, operands.getFirst());
      case NE -> new Predicate.Comparison(Comparator.NE, path, operands.getFirst());
      case LE -> new Predicate.Comparison(Comparator.LE, path, operands.getFirst());
      case LT -> new Predicate.Comparison(Comparator.LT, path, operands.getFirst());
      case GE -> new Predicate.Comparison(Comparator.GE, path, operands.getFirst());
      case GT -> new Predicate.Comparison(Comparator.GT, path, operands.getFirst());
      case NOT_NULL -> new Predicate.Exists(path, true);
      case NULL -> new Predicate.Exists(path, false);
      case CONTAINS -> new Predicate.Contains(path, operands.getFirst());
      case NOT_CONTAINS ->
          new Predicate.All(
              List.of(
                  new Predicate.Exists(path, true),
                  new Predicate.Negation(new Predicate.Contains(path, operands.getFirst()))));
      case BEGINS_WITH -> new Predicate.BeginsWith(path, operands.getFirst());
      case IN -> new Predicate.In(path, operands);
      case BETWEEN -> new Predicate.Between(path, operands.getFirst(), operands.getLast());
    };
  }

  /** A fault with the introduction that these have. */
  static ValidationFault invalid(String sentence) {
    return ValidationFault.bare("One or more parameter values were invalid: " + sentence);
  }
}
