// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import graphql.GraphQLContext;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Coerces scalars and enums as AppSync's engine does: leniently, numbers and texts into each other.
 */
final class Leaves {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final GraphQLContext CONTEXT = GraphQLContext.getDefault();

  private Leaves() {}

  /** A value that cannot be coerced; the message is the engine's. */
  static final class CoercionException extends Exception {
    private static final long serialVersionUID = 1L;

    CoercionException(String message) {
      super(message, null, false, false);
    }
  }

  /** Coerces a value of a variable. */
  static JsonNode input(GraphQLScalarType type, JsonNode value) throws CoercionException {
    JsonNode builtIn = builtIn(type.getName(), value);
    if (builtIn != null) {
      return builtIn;
    }
    try {
      type.getCoercing().parseValue(plain(value), CONTEXT, Locale.ROOT);
    } catch (CoercingParseValueException refused) {
      throw new CoercionException(String.valueOf(refused.getMessage()));
    }
    return type.getName().equals("AWSJSON") ? parsed(value.asText()) : value;
  }

  /** Coerces a value for the response; null when it is to be null. */
  static @Nullable JsonNode output(GraphQLScalarType type, JsonNode value)
      throws CoercionException {
    if (type.getName().equals("AWSJSON")) {
      return TextNode.valueOf(value.isTextual() ? value.asText() : value.toString());
    }
    JsonNode builtIn = builtIn(type.getName(), value);
    if (builtIn != null) {
      return builtIn.isDouble() && Double.isNaN(builtIn.asDouble()) ? null : builtIn;
    }
    try {
      Object serialized = type.getCoercing().serialize(plain(value), CONTEXT, Locale.ROOT);
      return serialized == null ? null : JSON.valueToTree(serialized);
    } catch (CoercingSerializeException refused) {
      throw new CoercionException(String.valueOf(refused.getMessage()));
    }
  }

  /** Coerces the name of an enum's value. */
  static JsonNode enumValue(GraphQLEnumType type, JsonNode value) throws CoercionException {
    String name = value.isValueNode() ? value.asText() : plain(value).toString();
    if (type.getValue(name) == null) {
      throw new CoercionException(
          "Invalid input for Enum '"
              + type.getName()
              + "'. No value found for name '"
              + name
              + "'");
    }
    return value.isTextual() ? value : TextNode.valueOf(name);
  }

  /** The value of a text with JSON; the text was checked before. */
  static JsonNode parsed(String text) throws CoercionException {
    try {
      JsonNode value = JSON.readTree(text);
      if (!value.isMissingNode()) {
        return value;
      }
    } catch (JsonProcessingException notJson) {
      // The same message as for an empty text.
    }
    throw new CoercionException("Unable to parse `" + text + "` as a valid JSON.");
  }

  private static @Nullable JsonNode builtIn(String type, JsonNode value) throws CoercionException {
    return switch (type) {
      case "String" -> value.isTextual() ? value : TextNode.valueOf(text(value));
      case "ID" -> id(value);
      case "Int" -> integer(value);
      case "Float" -> decimal(value);
      case "Boolean" -> bool(value);
      default -> null;
    };
  }

  private static JsonNode id(JsonNode value) throws CoercionException {
    if (value.isTextual()) {
      return value;
    }
    if (value.isInt() || value.isLong()) {
      return TextNode.valueOf(value.asText());
    }
    throw unexpected("ID", value);
  }

  private static JsonNode integer(JsonNode value) throws CoercionException {
    if (value.isInt()) {
      return value;
    }
    BigDecimal number = number(value);
    if (number != null && Math.abs((long) number.precision() - number.scale()) < 20) {
      try {
        return IntNode.valueOf(number.intValueExact());
      } catch (ArithmeticException outOfRange) {
        // The same message as for another type.
      }
    }
    throw unexpected("Int", value);
  }

  private static JsonNode decimal(JsonNode value) throws CoercionException {
    if (value.isDouble()) {
      return value;
    }
    BigDecimal number = number(value);
    if (number == null) {
      throw unexpected("Float", value);
    }
    return DoubleNode.valueOf(number.doubleValue());
  }

  private static JsonNode bool(JsonNode value) throws CoercionException {
    if (value.isBoolean()) {
      return value;
    }
    if (value.isTextual()) {
      return BooleanNode.valueOf(value.asText().equalsIgnoreCase("true"));
    }
    BigDecimal number = number(value);
    if (number == null) {
      throw unexpected("Boolean", value);
    }
    return BooleanNode.valueOf(number.signum() != 0);
  }

  private static @Nullable BigDecimal number(JsonNode value) {
    if (value.isNumber()) {
      return value.decimalValue();
    }
    if (!value.isTextual() || value.asText().length() > MAX_NUMBER_CHARS) {
      return null;
    }
    try {
      return new BigDecimal(value.asText());
    } catch (NumberFormatException notNumber) {
      return null;
    }
  }

  private static final int MAX_NUMBER_CHARS = 400;

  private static CoercionException unexpected(String type, JsonNode value) {
    return new CoercionException(
        "Expected type '" + type + "' but was '" + className(value) + "'.");
  }

  /** The name of the Java class that the engine has for a value. */
  static String className(JsonNode value) {
    return plain(value).getClass().getSimpleName();
  }

  /** As the engine prints a value: maps and lists in Java's notation. */
  private static String text(JsonNode value) {
    return value.isContainerNode() ? plain(value).toString() : value.asText();
  }

  private static Object plain(JsonNode value) {
    if (value.isTextual()) {
      return value.asText();
    }
    if (value.isObject()) {
      return JSON.convertValue(value, Map.class);
    }
    if (value instanceof DecimalNode) {
      return value.doubleValue();
    }
    return JSON.convertValue(value, Object.class);
  }
}
