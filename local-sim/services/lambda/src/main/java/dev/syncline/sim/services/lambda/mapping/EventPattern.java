// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An event pattern, as the Lambda developer guide describes it: literals, {@code prefix}, {@code
 * suffix}, {@code equals-ignore-case}, {@code anything-but}, {@code numeric}, {@code exists} and
 * {@code $or}. Any other operator is refused by name. Immutable.
 */
final class EventPattern {
  /** An invalid pattern. */
  static final class InvalidPatternException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean unsupported;

    InvalidPatternException(String message) {
      this(message, false);
    }

    private InvalidPatternException(String message, boolean unsupported) {
      super(message);
      this.unsupported = unsupported;
    }

    /** Whether the pattern may be valid on AWS. */
    boolean unsupported() {
      return unsupported;
    }
  }

  private final Predicate<@Nullable JsonNode> root;

  /** The fields at the top, which for a message's body decide whether it is read as JSON. */
  private final ObjectNode fields;

  private EventPattern(ObjectNode fields, Predicate<@Nullable JsonNode> root) {
    this.fields = fields;
    this.root = root;
  }

  /**
   * Reads a pattern.
   *
   * @throws InvalidPatternException with the fault
   */
  static EventPattern parse(String text) {
    JsonNode json;
    try {
      json = Json.MAPPER.readTree(text);
    } catch (JsonProcessingException notJson) {
      throw new InvalidPatternException("it is not JSON: " + notJson.getOriginalMessage());
    }
    if (!(json instanceof ObjectNode fields) || fields.isEmpty()) {
      throw new InvalidPatternException("it must be a JSON object that is not empty");
    }
    return new EventPattern(fields, structure(fields));
  }

  boolean matches(JsonNode event) {
    return root.test(event);
  }

  /** The condition on a field; null for no condition. */
  @Nullable JsonNode field(String name) {
    return fields.get(name);
  }

  private static Predicate<@Nullable JsonNode> structure(ObjectNode pattern) {
    var all = new ArrayList<Predicate<@Nullable JsonNode>>();
    for (Map.Entry<String, JsonNode> field : pattern.properties()) {
      if (field.getKey().equals("$or")) {
        all.add(or(field.getValue()));
        continue;
      }
      Predicate<@Nullable JsonNode> inner =
          switch (field.getValue()) {
            case ObjectNode nested -> structure(nested);
            case ArrayNode conditions -> anyOf(field.getKey(), conditions);
            default ->
                throw new InvalidPatternException(
                    "the field '" + field.getKey() + "' must be an object or an array");
          };
      all.add(event -> inner.test(event == null ? null : event.get(field.getKey())));
    }
    return event -> all.stream().allMatch(one -> one.test(event));
  }

  private static Predicate<@Nullable JsonNode> or(JsonNode alternatives) {
    if (!alternatives.isArray() || alternatives.isEmpty()) {
      throw new InvalidPatternException("$or must be an array of objects");
    }
    var any = new ArrayList<Predicate<@Nullable JsonNode>>();
    for (JsonNode alternative : alternatives) {
      if (!(alternative instanceof ObjectNode object)) {
        throw new InvalidPatternException("$or must be an array of objects");
      }
      any.add(structure(object));
    }
    return event -> any.stream().anyMatch(one -> one.test(event));
  }

  /** Any condition may hold, for the value or, when that is an array, for one of its elements. */
  private static Predicate<@Nullable JsonNode> anyOf(String field, ArrayNode conditions) {
    if (conditions.isEmpty()) {
      throw new InvalidPatternException("the array of '" + field + "' must not be empty");
    }
    var any = new ArrayList<Predicate<@Nullable JsonNode>>();
    conditions.forEach(condition -> any.add(condition(field, condition)));
    return value -> {
      if (value instanceof ArrayNode elements && !elements.isEmpty()) {
        for (JsonNode element : elements) {
          if (any.stream().anyMatch(one -> one.test(element))) {
            return true;
          }
        }
        return false;
      }
      return any.stream().anyMatch(one -> one.test(value));
    };
  }

  private static Predicate<@Nullable JsonNode> condition(String field, JsonNode condition) {
    if (condition.isArray()) {
      throw new InvalidPatternException("an array in the array of '" + field + "'");
    }
    if (!condition.isObject()) {
      return value -> value != null && same(condition, value);
    }
    if (condition.size() != 1) {
      throw new InvalidPatternException("a condition of '" + field + "' must have one operator");
    }
    String operator = condition.fieldNames().next();
    JsonNode operand = condition.get(operator);
    return switch (operator) {
      case "exists" -> {
        boolean wanted = operand.asBoolean();
        yield value -> (value != null && !value.isObject()) == wanted;
      }
      case "anything-but" -> anythingBut(field, operand);
      case "numeric" -> numeric(field, operand);
      case "prefix", "suffix", "equals-ignore-case" -> text(field, operator, operand);
      default ->
          throw new InvalidPatternException(
              "the simulator does not support the operator '" + operator + "'", true);
    };
  }

  private static Predicate<@Nullable JsonNode> text(
      String field, String operator, JsonNode operand) {
    if (!operand.isTextual()) {
      throw new InvalidPatternException("'" + operator + "' of '" + field + "' must be a string");
    }
    String text = operand.asText();
    return value ->
        value != null
            && value.isTextual()
            && switch (operator) {
              case "prefix" -> value.asText().startsWith(text);
              case "suffix" -> value.asText().endsWith(text);
              default ->
                  value.asText().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT));
            };
  }

  private static Predicate<@Nullable JsonNode> anythingBut(String field, JsonNode operand) {
    if (operand.isObject()) {
      Predicate<@Nullable JsonNode> excluded = condition(field, operand);
      return value -> value != null && !excluded.test(value);
    }
    List<JsonNode> excluded = new ArrayList<>();
    if (operand.isArray()) {
      operand.forEach(excluded::add);
    } else {
      excluded.add(operand);
    }
    return value -> value != null && excluded.stream().noneMatch(one -> same(one, value));
  }

  private static Predicate<@Nullable JsonNode> numeric(String field, JsonNode operand) {
    if (!operand.isArray() || operand.isEmpty() || operand.size() % 2 != 0) {
      throw new InvalidPatternException(
          "'numeric' of '" + field + "' must be an array of operators and numbers");
    }
    var all = new ArrayList<Predicate<BigDecimal>>();
    for (int i = 0; i < operand.size(); i += 2) {
      JsonNode bound = operand.get(i + 1);
      if (!bound.isNumber()) {
        throw new InvalidPatternException("'numeric' of '" + field + "' compares with a number");
      }
      BigDecimal number = bound.decimalValue();
      all.add(
          switch (operand.get(i).asText()) {
            case "=" -> value -> value.compareTo(number) == 0;
            case "<" -> value -> value.compareTo(number) < 0;
            case "<=" -> value -> value.compareTo(number) <= 0;
            case ">" -> value -> value.compareTo(number) > 0;
            case ">=" -> value -> value.compareTo(number) >= 0;
            default ->
                throw new InvalidPatternException(
                    "'numeric' has no operator '" + operand.get(i).asText() + "'");
          });
    }
    return value ->
        value != null
            && value.isNumber()
            && all.stream().allMatch(one -> one.test(value.decimalValue()));
  }

  private static boolean same(JsonNode wanted, JsonNode value) {
    return wanted.isNumber() && value.isNumber()
        ? wanted.decimalValue().compareTo(value.decimalValue()) == 0
        : wanted.equals(value);
  }
}
