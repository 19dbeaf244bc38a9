// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one filter or condition in DynamoDB's language; names and values are collected on the way.
 * The form is the one that AWS's evaluation of APPSYNC_JS was recorded to write. Not thread-safe.
 */
final class FilterExpression {
  private static final Map<String, String> COMPARISONS =
      Map.of("eq", "=", "ne", "<>", "lt", "<", "le", "<=", "gt", ">", "ge", ">=");
  private static final Map<String, String> FUNCTIONS =
      Map.of("contains", "contains", "notContains", "NOT contains", "beginsWith", "begins_with");
  private static final Map<String, String> TYPES =
      Map.of(
          "_null",
          "NULL",
          "string",
          "S",
          "stringSet",
          "SS",
          "number",
          "N",
          "numberSet",
          "NS",
          "binary",
          "B",
          "binarySet",
          "BS",
          "boolean",
          "BOOL",
          "list",
          "L",
          "map",
          "M");

  private final Map<String, @Nullable Object> names = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  private FilterExpression() {}

  /**
   * The expression with its names and values.
   *
   * @param ignored fields that are left out
   * @throws UnwritableException for what cannot be written
   */
  static Map<String, @Nullable Object> of(@Nullable Object filter, List<?> ignored)
      throws UnwritableException {
    Map<?, ?> members = Filters.map(filter);
    if (!ignored.isEmpty()) {
      Map<Object, @Nullable Object> kept = new LinkedHashMap<>(members);
      kept.keySet().removeAll(ignored);
      members = kept;
    }
    var writing = new FilterExpression();
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    written.put("expression", writing.filter(members, "", false));
    written.put("expressionNames", writing.names);
    written.put("expressionValues", writing.values);
    return written;
  }

  /** A filter as a whole stands without brackets, one below it in brackets if it has several. */
  private String filter(@Nullable Object filter, String path, boolean bracketed)
      throws UnwritableException {
    var parts = new ArrayList<String>();
    for (Map.Entry<?, ?> member : Filters.map(filter).entrySet()) {
      String key = String.valueOf(member.getKey());
      Object value = member.getValue();
      parts.add(
          switch (key) {
            case "and" -> group(value, path + "and_", " AND ");
            case "or" -> group(value, path + "or_", " OR ");
            case "not" -> "(NOT " + filter(value, path + "not_", true) + ")";
            default -> field(key, value, path + key + "_", "#" + key);
          });
    }
    return joined(parts, " AND ", bracketed);
  }

  private String group(@Nullable Object list, String path, String joiner)
      throws UnwritableException {
    var parts = new ArrayList<String>();
    for (Object member : Filters.list(list)) {
      parts.add(filter(member, path + parts.size() + "_", false));
    }
    return joined(parts, joiner, true);
  }

  private String field(String name, @Nullable Object operators, String path, String target)
      throws UnwritableException {
    var parts = new ArrayList<String>();
    for (Map.Entry<?, ?> member : Filters.map(operators).entrySet()) {
      String operator = String.valueOf(member.getKey());
      parts.add(
          operator.equals("size")
              ? field(name, member.getValue(), path + "size_", "size(#" + name + ")")
              : "(" + operation(target, operator, member.getValue(), ":" + path + operator) + ")");
    }
    names.put("#" + name, name);
    return joined(parts, " AND ", true);
  }

  private String operation(
      String target, String operator, @Nullable Object operand, String placeholder)
      throws UnwritableException {
    if (COMPARISONS.containsKey(operator)) {
      return target + " " + COMPARISONS.get(operator) + " " + value(placeholder, operand);
    }
    if (FUNCTIONS.containsKey(operator)) {
      return FUNCTIONS.get(operator) + "(" + target + "," + value(placeholder, operand) + ")";
    }
    return switch (operator) {
      case "between" -> between(target, Filters.list(operand), placeholder);
      case "in" -> in(target, Filters.list(operand), placeholder);
      case "attributeExists" -> {
        if (!(operand instanceof Boolean exists)) {
          throw new UnwritableException();
        }
        yield (exists ? "attribute_exists" : "attribute_not_exists") + "(" + target + ")";
      }
      case "attributeType" -> {
        String type = operand instanceof String named ? TYPES.get(named) : null;
        if (type == null) {
          throw new UnwritableException();
        }
        yield "attribute_type(" + target + "," + value(placeholder, type) + ")";
      }
      default -> throw new UnwritableException();
    };
  }

  private String between(String target, List<?> bounds, String placeholder)
      throws UnwritableException {
    if (bounds.size() < 2) {
      throw new UnwritableException();
    }
    return target
        + " BETWEEN "
        + value(placeholder + "_start", bounds.get(0))
        + " AND "
        + value(placeholder + "_end", bounds.get(1));
  }

  private String in(String target, List<?> choices, String placeholder) {
    if (choices.isEmpty()) {
      return "null";
    }
    var placeholders = new ArrayList<String>();
    for (Object choice : choices) {
      placeholders.add(value(placeholder + "_" + placeholders.size(), choice));
    }
    return target + " IN (" + String.join(", ", placeholders) + ")";
  }

  private String value(String placeholder, @Nullable Object operand) {
    values.put(placeholder, DynamoDbFunctions.typed(operand));
    return placeholder;
  }

  private static String joined(List<String> parts, String joiner, boolean bracketed) {
    String text = String.join(joiner, parts);
    return bracketed && parts.size() > 1 ? "(" + text + ")" : text;
  }
}
