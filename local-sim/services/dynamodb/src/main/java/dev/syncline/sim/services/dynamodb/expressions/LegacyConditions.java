// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import dev.syncline.sim.services.dynamodb.values.ValueReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the conditions that came before expressions: {@code Expected}, {@code QueryFilter}, {@code
 * ScanFilter} and {@code KeyConditions}. Their attributes are names, never paths.
 */
public final class LegacyConditions {
  private static final String VALUE = "Value";
  private static final String LIST = "AttributeValueList";
  private static final String EXISTS = "Exists";
  private static final String OPERATOR = "ComparisonOperator";

  /** The most conditions on keys: keys of several attributes are for expressions only. */
  private static final int MAX_KEY_CONDITIONS = 2;

  private LegacyConditions() {}

  /**
   * Refuses a {@code ConditionalOperator} beside fewer than two conditions.
   *
   * @param conditions {@code Expected} or a filter; null when absent
   * @param operator {@code ConditionalOperator}; null when absent
   * @throws ValidationFault in AWS's words
   */
  public static void requireSeveral(@Nullable JsonNode conditions, @Nullable String operator) {
    if (operator == null) {
      return;
    }
    int count = conditions == null ? 0 : conditions.size();
    if (count == 0) {
      throw ValidationFault.request(
          "ConditionalOperator cannot be used without Filter or Expected");
    }
    if (count == 1) {
      throw ValidationFault.request(
          "ConditionalOperator can only be used when Filter or Expected has two or more elements");
    }
  }

  /**
   * Reads {@code Expected}.
   *
   * @param operator {@code ConditionalOperator}: AND, OR or null
   * @throws ValidationFault in AWS's words
   */
  public static Condition expected(JsonNode expected, @Nullable String operator) {
    requireSeveral(expected, operator);
    var conditions = new ArrayList<Clause>();
    for (Map.Entry<String, JsonNode> entry : expected.properties()) {
      conditions.add(expectation(entry.getKey(), entry.getValue()));
    }
    return joined(conditions, operator);
  }

  /**
   * Reads {@code QueryFilter} or {@code ScanFilter}.
   *
   * @param operator {@code ConditionalOperator}: AND, OR or null
   * @throws ValidationFault in AWS's words
   */
  public static Condition filter(JsonNode filter, @Nullable String operator) {
    requireSeveral(filter, operator);
    return joined(clauses(filter), operator);
  }

  /**
   * Reads {@code KeyConditions}. A comparison that no key allows is kept as {@link
   * KeyCondition.Operator#NOT_INDEXABLE}, because AWS refuses it only when the table is known.
   *
   * @throws ValidationFault in AWS's words
   */
  public static KeyCondition keyConditions(JsonNode conditions) {
    List<Clause> clauses = clauses(conditions);
    if (clauses.isEmpty() || clauses.size() > MAX_KEY_CONDITIONS) {
      throw ValidationFault.bare("Conditions can be of length 1 or 2 only");
    }
    return new KeyCondition(
        clauses.stream()
            .map(
                clause ->
                    new KeyCondition.Part(
                        clause.attribute(), keyOperator(clause.comparison()), clause.arguments()))
            .toList());
  }

  private static KeyCondition.Operator keyOperator(LegacyComparison comparison) {
    return switch (comparison) {
      case EQ -> KeyCondition.Operator.EQ;
      case LE -> KeyCondition.Operator.LE;
      case LT -> KeyCondition.Operator.LT;
      case GE -> KeyCondition.Operator.GE;
      case GT -> KeyCondition.Operator.GT;
      case BEGINS_WITH -> KeyCondition.Operator.BEGINS_WITH;
      case BETWEEN -> KeyCondition.Operator.BETWEEN;
      case NE, NOT_NULL, NULL, CONTAINS, NOT_CONTAINS, IN -> KeyCondition.Operator.NOT_INDEXABLE;
    };
  }

  /** The comparison of one attribute. */
  private record Clause(
      String attribute, LegacyComparison comparison, List<AttributeValue> arguments) {}

  private static List<Clause> clauses(JsonNode conditions) {
    var clauses = new ArrayList<Clause>();
    for (Map.Entry<String, JsonNode> entry : conditions.properties()) {
      List<AttributeValue> arguments = values(entry.getValue());
      LegacyComparison comparison =
          LegacyComparison.of(entry.getValue().path(OPERATOR).asText("null"));
      comparison.requireCount(arguments.size());
      comparison.requireArguments(arguments);
      clauses.add(new Clause(entry.getKey(), comparison, arguments));
    }
    return clauses;
  }

  private static Clause expectation(String attribute, JsonNode json) {
    boolean hasValue = json.hasNonNull(VALUE);
    boolean hasList = json.hasNonNull(LIST);
    if (hasValue && hasList) {
      throw invalid("Value and AttributeValueList cannot be used together", attribute);
    }
    if (json.hasNonNull(OPERATOR)) {
      return comparison(attribute, json);
    }
    if (hasList) {
      throw invalid("AttributeValueList can only be used with a ComparisonOperator", attribute);
    }
    Optional<Boolean> exists =
        json.hasNonNull(EXISTS) ? Optional.of(json.get(EXISTS).asBoolean()) : Optional.empty();
    if (!exists.orElse(true)) {
      if (hasValue) {
        throw invalid("Value cannot be used when Exists is false", attribute);
      }
      return new Clause(attribute, LegacyComparison.NULL, List.of());
    }
    if (!hasValue) {
      throw invalid(
          "Value must be provided when Exists is " + (exists.isPresent() ? "true" : "null"),
          attribute);
    }
    return new Clause(attribute, LegacyComparison.EQ, values(json));
  }

  private static Clause comparison(String attribute, JsonNode json) {
    if (json.hasNonNull(EXISTS)) {
      throw invalid("Exists and ComparisonOperator cannot be used together", attribute);
    }
    LegacyComparison comparison = LegacyComparison.of(json.get(OPERATOR).asText());
    if (comparison.takesArguments() && !json.hasNonNull(VALUE) && !json.hasNonNull(LIST)) {
      throw invalid(
          "Value or AttributeValueList must be used with ComparisonOperator: " + comparison,
          attribute);
    }
    comparison.requireCount(json.hasNonNull(VALUE) ? 1 : json.path(LIST).size());
    List<AttributeValue> arguments = values(json);
    comparison.requireArguments(arguments);
    return new Clause(attribute, comparison, arguments);
  }

  private static List<AttributeValue> values(JsonNode json) {
    var values = new ArrayList<AttributeValue>();
    if (json.hasNonNull(VALUE)) {
      values.add(ValueReader.read(json.get(VALUE)));
    }
    for (JsonNode value : json.path(LIST)) {
      values.add(ValueReader.read(value));
    }
    return values;
  }

  private static Condition joined(List<Clause> clauses, @Nullable String operator) {
    if (clauses.isEmpty()) {
      return Condition.ALWAYS;
    }
    var predicates = new ArrayList<Predicate>();
    var paths = new LinkedHashSet<DocumentPath>();
    for (Clause clause : clauses) {
      predicates.add(clause.comparison().predicate(clause.attribute(), clause.arguments()));
      paths.add(DocumentPath.of(clause.attribute()));
    }
    return new Conditions.Parsed(
        "OR".equals(operator) ? new Predicate.Any(predicates) : new Predicate.All(predicates),
        paths);
  }

  private static ValidationFault invalid(String sentence, String attribute) {
    return LegacyComparison.invalid(sentence + " for Attribute: " + attribute);
  }
}
