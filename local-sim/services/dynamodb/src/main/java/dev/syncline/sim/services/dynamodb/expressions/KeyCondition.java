// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a query on key attributes, at most one an attribute. Whether they fit a key is
 * checked by the query. Immutable.
 *
 * @param parts in the order of the text
 */
public record KeyCondition(List<Part> parts) {

  /** How an attribute is compared. */
  public enum Operator {
    EQ,
    LT,
    LE,
    GT,
    GE,
    BETWEEN,
    BEGINS_WITH,
    /** Another comparison of the legacy parameters, which the query must refuse. */
    NOT_INDEXABLE
  }

  /**
   * The condition on one attribute.
   *
   * @param operands two for BETWEEN, any number for NOT_INDEXABLE, else one
   */
  public record Part(String attribute, Operator operator, List<AttributeValue> operands) {
    /** Copies the list. */
    public Part {
      operands = List.copyOf(operands);
    }
  }

  /** Copies the list. */
  public KeyCondition {
    parts = List.copyOf(parts);
  }

  /**
   * Reads a {@code KeyConditionExpression}.
   *
   * @throws ValidationFault in AWS's words
   */
  public static KeyCondition parse(String text, ExpressionScope scope) {
    return begin(text, scope).get();
  }

  /**
   * Reads a {@code KeyConditionExpression} as a condition. AWS looks at the other expressions of
   * the request before it restricts this one to what keys allow.
   *
   * @return the restricted condition; throws {@link ValidationFault}
   * @throws ValidationFault in AWS's words, for what no condition allows
   */
  public static Supplier<KeyCondition> begin(String text, ExpressionScope scope) {
    Predicate predicate = Conditions.build(ExpressionKind.KEY_CONDITION, text, scope).predicate();
    return () -> {
      var reader = new Reader();
      reader.read(predicate);
      return new KeyCondition(List.copyOf(reader.parts.values()));
    };
  }

  /** The condition on an attribute. */
  public Optional<Part> part(String attribute) {
    return parts.stream().filter(part -> part.attribute().equals(attribute)).findFirst();
  }

  /** Restricts a condition to what keys allow. */
  private static final class Reader {
    final Map<String, Part> parts = new LinkedHashMap<>();

    void read(Predicate predicate) {
      switch (predicate) {
        case Predicate.All all -> all.parts().forEach(this::read);
        case Predicate.Any any -> throw invalidOperator("OR");
        case Predicate.Negation negation -> throw invalidOperator("NOT");
        case Predicate.In in -> throw invalidOperator("IN");
        case Predicate.Contains contains -> throw invalidOperator("contains");
        case Predicate.TypeIs type -> throw invalidOperator("attribute_type");
        case Predicate.Exists exists ->
            throw invalidOperator(exists.expected() ? "attribute_exists" : "attribute_not_exists");
        case Predicate.Comparison comparison -> comparison(comparison);
        case Predicate.Between between -> {
          requireAttributeFirst("BETWEEN", between.operand());
          add(Operator.BETWEEN, List.of(between.operand(), between.lower(), between.upper()));
        }
        case Predicate.BeginsWith beginsWith -> {
          requireAttributeFirst("begins_with", beginsWith.operand());
          add(Operator.BEGINS_WITH, List.of(beginsWith.operand(), beginsWith.prefix()));
        }
      }
    }

    private void comparison(Predicate.Comparison comparison) {
      if (comparison.operator() == Comparator.NE) {
        throw invalidOperator("<>");
      }
      boolean attributeSecond = comparison.right() instanceof Operand.Attribute;
      Comparator operator =
          attributeSecond && !(comparison.left() instanceof Operand.Attribute)
              ? comparison.operator().mirrored()
              : comparison.operator();
      add(Operator.valueOf(operator.name()), List.of(comparison.left(), comparison.right()));
    }

    private void add(Operator operator, List<Operand> operands) {
      @Nullable String name = null;
      var values = new ArrayList<AttributeValue>();
      for (Operand operand : operands) {
        switch (operand) {
          case Operand.Literal literal -> values.add(literal.literal());
          case Operand.Size size ->
              throw ExpressionKind.KEY_CONDITION.fault(
                  "KeyConditionExpressions cannot contain nested operations");
          case Operand.Attribute attribute -> {
            if (name != null) {
              throw invalid("Multiple attribute names used in one condition");
            }
            if (attribute.path().isNested()) {
              throw ExpressionKind.KEY_CONDITION.fault(
                  "KeyConditionExpressions cannot have conditions on nested attributes");
            }
            name = attribute.path().attribute();
          }
        }
      }
      if (name == null) {
        throw invalid("No key attribute specified");
      }
      if (parts.put(name, new Part(name, operator, values)) != null) {
        throw ExpressionKind.KEY_CONDITION.fault(
            "KeyConditionExpressions must only contain one condition per key");
      }
    }

    private static void requireAttributeFirst(String operator, Operand operand) {
      if (!(operand instanceof Operand.Attribute)) {
        throw invalid(operator + " operator must have the key attribute as its first operand");
      }
    }

    private static ValidationFault invalid(String sentence) {
      return ValidationFault.request("Invalid condition in KeyConditionExpression: " + sentence);
    }

    private static ValidationFault invalidOperator(String operator) {
      return ValidationFault.request(
          "Invalid operator used in KeyConditionExpression: " + operator);
    }
  }
}
