// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A filter that a resolver sets with {@code setSubscriptionFilter} or {@code
 * setSubscriptionInvalidationFilter}. One of its groups must match; a group matches when all its
 * conditions do. A condition on a missing or null value never matches, also {@code ne}.
 *
 * <p>Sources: AWS's guide for the operators and the numbers of values, issues of AppSync's clients
 * for the texts. The bounds {@link #MAX_FIELDS} and {@link #MAX_GROUPS} come from these texts.
 *
 * @param groups at least one
 */
public record EnhancedFilter(List<List<Condition>> groups) implements PayloadFilter {
  /** How many different fields a filter may name. */
  static final int MAX_FIELDS = 5;

  /** How many groups a filter may have. */
  static final int MAX_GROUPS = 10;

  /** How deep a field may be. */
  static final int MAX_DEPTH = 5;

  /** The length of a field's path, in characters. */
  static final int MAX_PATH_LENGTH = 256;

  private static final int MAX_VALUES_OF_IN = 5;
  private static final int MAX_VALUES_OF_CONTAINS_ANY = 20;

  /**
   * A comparison of one field.
   *
   * @param path names from the outermost on
   */
  record Condition(List<String> path, FilterOperator operator, JsonNode operand) {
    boolean matches(JsonNode payload) {
      JsonNode value = payload;
      for (String name : path) {
        value = value.path(name);
      }
      return !value.isMissingNode() && !value.isNull() && operator.matches(value, operand);
    }
  }

  /** Copies the lists. */
  public EnhancedFilter {
    groups = groups.stream().map(List::copyOf).toList();
  }

  @Override
  public boolean matches(JsonNode payload) {
    return groups.stream()
        .anyMatch(group -> group.stream().allMatch(condition -> condition.matches(payload)));
  }

  /**
   * Reads a filter.
   *
   * @return empty for null, and for a filter without a condition
   * @throws InvalidFilterException if it breaks a rule
   */
  public static Optional<EnhancedFilter> parse(JsonNode filter) throws InvalidFilterException {
    if (filter.isNull() || filter.isMissingNode() || filter.isEmpty() && filter.isContainerNode()) {
      return Optional.empty();
    }
    if (!filter.isObject()) {
      throw new InvalidFilterException("A subscription filter must be an object");
    }
    requireOnly(filter, "filterGroup");
    JsonNode list = filter.path("filterGroup");
    if (list.isMissingNode() || list.isNull()) {
      return Optional.empty();
    }
    if (!list.isArray()) {
      throw new InvalidFilterException("filterGroup of a subscription filter must be an array");
    }
    if (list.size() > MAX_GROUPS) {
      throw new InvalidFilterException(
          "Filters combination exceed maximum limit " + MAX_GROUPS + " for subscription");
    }
    List<List<Condition>> groups = new ArrayList<>();
    Set<List<String>> fields = new HashSet<>();
    for (JsonNode group : list) {
      requireOnly(group, "filters");
      List<Condition> conditions = conditions(group.path("filters"), fields);
      if (!conditions.isEmpty()) {
        groups.add(conditions);
      }
    }
    return groups.isEmpty() ? Optional.empty() : Optional.of(new EnhancedFilter(groups));
  }

  /** A misspelt member would make a filter that lets everything through. */
  private static void requireOnly(JsonNode part, String... members) throws InvalidFilterException {
    for (Map.Entry<String, JsonNode> given : part.properties()) {
      if (!List.of(members).contains(given.getKey())) {
        throw new InvalidFilterException(
            "A subscription filter has no member "
                + given.getKey()
                + " here, only "
                + String.join(", ", members));
      }
    }
  }

  private static List<Condition> conditions(JsonNode filters, Set<List<String>> fields)
      throws InvalidFilterException {
    if (!filters.isArray()) {
      throw new InvalidFilterException("filters of a subscription filter must be an array");
    }
    List<Condition> conditions = new ArrayList<>();
    Set<List<String>> named = new HashSet<>();
    for (JsonNode filter : filters) {
      Condition condition = condition(filter);
      if (!named.add(condition.path())) {
        throw new InvalidFilterException("filter uses same fieldName multiple time");
      }
      fields.add(condition.path());
      if (fields.size() > MAX_FIELDS) {
        throw new InvalidFilterException(
            "Filters exceed maximum attributes limit " + MAX_FIELDS + " for subscription");
      }
      conditions.add(condition);
    }
    return conditions;
  }

  private static Condition condition(JsonNode filter) throws InvalidFilterException {
    requireOnly(filter, "fieldName", "operator", "value");
    String field = filter.path("fieldName").asText();
    List<String> path = List.of(field.split("\\.", MAX_DEPTH + 1));
    if (field.isEmpty() || field.length() > MAX_PATH_LENGTH || path.contains("")) {
      throw new InvalidFilterException(
          "fieldName of a subscription filter must have 1 to " + MAX_PATH_LENGTH + " characters");
    }
    if (path.size() > MAX_DEPTH) {
      throw new InvalidFilterException(
          "fieldName of a subscription filter may have at most " + MAX_DEPTH + " levels");
    }
    String name = filter.path("operator").asText();
    Optional<FilterOperator> operator = FilterOperator.named(name);
    if (operator.isEmpty()) {
      throw new InvalidFilterException("Unknown operator of a subscription filter: " + name);
    }
    return new Condition(path, operator.get(), operand(operator.get(), filter.path("value")));
  }

  private static JsonNode operand(FilterOperator operator, JsonNode value)
      throws InvalidFilterException {
    if (value.isMissingNode()) {
      throw new InvalidFilterException("A subscription filter needs a value");
    }
    int max =
        switch (operator) {
          case IN, NOT_IN -> MAX_VALUES_OF_IN;
          case CONTAINS_ANY -> MAX_VALUES_OF_CONTAINS_ANY;
          case BETWEEN -> 2;
          case EQ, NE, LT, LE, GE, GT, CONTAINS, NOT_CONTAINS, BEGINS_WITH -> 0;
        };
    if (max > 0 && !value.isArray() || operator == FilterOperator.BETWEEN && value.size() < max) {
      throw new InvalidFilterException(
          "The value of operator " + operator.label() + " must be an array");
    }
    if (max > 0 && value.size() > max) {
      throw new InvalidFilterException(
          "subscription exceeds maximum value limit "
              + max
              + " for operator `"
              + operator.label()
              + "`.");
    }
    return value;
  }
}
