// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.services.dynamodb.expressions.Condition;
import dev.syncline.sim.services.dynamodb.expressions.Conditions;
import dev.syncline.sim.services.dynamodb.expressions.ExpressionKind;
import dev.syncline.sim.services.dynamodb.expressions.ExpressionScope;
import dev.syncline.sim.services.dynamodb.expressions.LegacyConditions;
import dev.syncline.sim.services.dynamodb.expressions.ProjectionExpression;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of one request or of one action of a transaction, with the names and values that
 * they share, and the legacy parameters that stand in their place. Not thread-safe.
 *
 * <p>The order of calls is AWS's order of checks: {@link #of}, then the values of the request, then
 * {@link #scope}, then the expressions, then {@link #finish}.
 */
final class ExpressionParameters {
  static final String UPDATE = "UpdateExpression";
  static final String CONDITION = "ConditionExpression";
  static final String KEY_CONDITION = "KeyConditionExpression";
  static final String FILTER = "FilterExpression";
  static final String PROJECTION = "ProjectionExpression";
  static final String NAMES = "ExpressionAttributeNames";
  static final String VALUES = "ExpressionAttributeValues";

  private final ObjectNode request;
  private @Nullable ExpressionScope scope;

  private ExpressionParameters(ObjectNode request) {
    this.request = request;
  }

  /**
   * The parameters of a request.
   *
   * @param expressions the expressions that the operation takes, in the order of messages
   * @param legacy the legacy parameters that it takes, in the order of messages
   * @throws ValidationFault when expressions and legacy parameters are mixed, or names or values
   *     are given without an expression
   */
  static ExpressionParameters of(
      ObjectNode request, List<String> expressions, List<String> legacy) {
    List<String> present = present(request, expressions);
    List<String> old = present(request, legacy);
    if (!present.isEmpty()) {
      if (request.hasNonNull("KeyConditions") && !request.hasNonNull(KEY_CONDITION)) {
        // KeyConditions may stand beside a filter or projection expression.
        old.remove("KeyConditions");
      }
      refuseMixedStyles(old, present);
    } else if (request.hasNonNull(NAMES)) {
      throw ValidationFault.request(
          "ExpressionAttributeNames can only be specified when using expressions");
    }
    List<String> withValues =
        expressions.stream().filter(name -> !name.equals(PROJECTION)).toList();
    if (!withValues.isEmpty()
        && request.hasNonNull(VALUES)
        && present(request, withValues).isEmpty()) {
      throw ValidationFault.request(
          "ExpressionAttributeValues can only be specified when using expressions: "
              + String.join(" and ", withValues)
              + (withValues.size() > 1 ? " are null" : " is null"));
    }
    var parameters = new ExpressionParameters(request);
    for (String conditions : List.of("Expected", "QueryFilter", "ScanFilter")) {
      if (legacy.contains(conditions)) {
        LegacyConditions.requireSeveral(request.get(conditions), parameters.operator());
      }
    }
    return parameters;
  }

  /**
   * Refuses expressions beside legacy parameters.
   *
   * @throws ValidationFault naming all of them
   */
  static void refuseMixedStyles(Collection<String> legacy, Collection<String> expressions) {
    if (!legacy.isEmpty() && !expressions.isEmpty()) {
      throw ValidationFault.request(
          "Can not use both expression and non-expression parameters in the same request:"
              + " Non-expression parameters: {"
              + String.join(", ", legacy)
              + "} Expression parameters: {"
              + String.join(", ", expressions)
              + "}");
    }
  }

  private static List<String> present(ObjectNode request, List<String> names) {
    var present = new ArrayList<String>();
    for (String name : names) {
      if (request.hasNonNull(name)) {
        present.add(name);
      }
    }
    return present;
  }

  /** The names and values; read when first asked for. */
  ExpressionScope scope() {
    ExpressionScope known = scope;
    if (known == null) {
      known = ExpressionScope.read(request.get(NAMES), request.get(VALUES));
      scope = known;
    }
    return known;
  }

  /** The text of an expression; null when it is absent. */
  @Nullable String text(String parameter) {
    JsonNode text = request.get(parameter);
    return text == null || text.isNull() ? null : text.asText();
  }

  /** The condition of a write, as an expression or as {@code Expected}; null without one. */
  @Nullable Condition condition() {
    Condition legacy =
        request.hasNonNull("Expected")
            ? LegacyConditions.expected(request.get("Expected"), operator())
            : null;
    ExpressionScope shared = scope();
    String text = text(CONDITION);
    return text == null ? legacy : Conditions.parse(ExpressionKind.CONDITION, text, shared);
  }

  /** The filter expression of a query or scan; null without one. */
  @Nullable Condition filter() {
    ExpressionScope shared = scope();
    String text = text(FILTER);
    return text == null ? null : Conditions.parse(ExpressionKind.FILTER, text, shared);
  }

  /**
   * The legacy filter of a query or scan; null without one.
   *
   * @param parameter {@code QueryFilter} or {@code ScanFilter}
   */
  @Nullable Condition legacyFilter(String parameter) {
    return request.hasNonNull(parameter)
        ? LegacyConditions.filter(request.get(parameter), operator())
        : null;
  }

  @Nullable String operator() {
    return text("ConditionalOperator");
  }

  /** The projection expression; null for all attributes. */
  @Nullable ProjectionExpression projection() {
    ExpressionScope shared = scope();
    String text = text(PROJECTION);
    return text == null ? null : ProjectionExpression.parse(text, shared);
  }

  /** The legacy {@code AttributesToGet}; null for all attributes. */
  @Nullable ProjectionExpression attributesToGet() {
    JsonNode attributes = request.get("AttributesToGet");
    if (attributes == null || attributes.isNull()) {
      return null;
    }
    var names = new LinkedHashSet<String>();
    for (JsonNode name : attributes) {
      if (!names.add(name.asText())) {
        throw ValidationFault.bare(
            "One or more parameter values were invalid: Duplicate value in attribute name: "
                + name.asText());
      }
    }
    return ProjectionExpression.ofAttributes(List.copyOf(names));
  }

  /**
   * Ends the reading of expressions.
   *
   * @throws ValidationFault when a name or value is not used
   */
  void finish() {
    scope().requireAllUsed();
  }
}
