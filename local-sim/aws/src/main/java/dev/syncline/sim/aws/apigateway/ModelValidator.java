// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.apigateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Checks values against models: JSON Schema draft 4 without references and formats. A keyword that
 * is not supported is refused when the model is made, by name.
 */
final class ModelValidator {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> SILENT =
      Set.of("$schema", "id", "title", "description", "default", "example", "format");
  private static final Set<String> CHECKED =
      Set.of(
          "type",
          "properties",
          "required",
          "additionalProperties",
          "minProperties",
          "maxProperties",
          "items",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minLength",
          "maxLength",
          "pattern",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "enum",
          "allOf",
          "anyOf",
          "oneOf",
          "not");

  private ModelValidator() {}

  /** Parses a model's schema. */
  static JsonNode parse(String schema) {
    JsonNode parsed;
    try {
      parsed = JSON.readTree(schema.isBlank() ? "{}" : schema);
    } catch (JsonProcessingException notJson) {
      throw GatewayErrors.badRequest("Invalid model schema specified. It is not JSON.");
    }
    requireSupported(parsed);
    return parsed;
  }

  /** Whether {@code value} is what {@code schema} asks for. */
  static boolean valid(JsonNode schema, JsonNode value) {
    return type(schema.path("type"), value)
        && (!schema.has("enum") || contains(schema.get("enum"), value))
        && object(schema, value)
        && array(schema, value)
        && text(schema, value)
        && number(schema, value)
        && combined(schema, value);
  }

  private static void requireSupported(JsonNode schema) {
    if (!schema.isObject()) {
      throw GatewayErrors.badRequest("Invalid model schema specified. It is not an object.");
    }
    for (var keyword : schema.properties()) {
      String name = keyword.getKey();
      if (!SILENT.contains(name) && !CHECKED.contains(name)) {
        throw GatewayErrors.badRequest(
            "Invalid model schema specified. The simulator does not support the keyword '"
                + name
                + "'.");
      }
    }
    schema.path("properties").forEach(ModelValidator::requireSupported);
    for (String list : Set.of("allOf", "anyOf", "oneOf")) {
      schema.path(list).forEach(ModelValidator::requireSupported);
    }
    if (schema.path("items").isObject()) {
      requireSupported(schema.get("items"));
    }
    if (schema.path("additionalProperties").isObject()) {
      requireSupported(schema.get("additionalProperties"));
    }
    if (schema.has("not")) {
      requireSupported(schema.get("not"));
    }
    if (schema.has("pattern")) {
      try {
        Pattern.compile(schema.get("pattern").asText());
      } catch (PatternSyntaxException malformed) {
        throw GatewayErrors.badRequest(
            "Invalid model schema specified. Not a pattern: " + schema.get("pattern"));
      }
    }
  }

  private static boolean type(JsonNode type, JsonNode value) {
    if (type.isMissingNode()) {
      return true;
    }
    if (type.isArray()) {
      for (JsonNode one : type) {
        if (type(one, value)) {
          return true;
        }
      }
      return false;
    }
    return switch (type.asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "number" -> value.isNumber();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> false;
    };
  }

  private static boolean object(JsonNode schema, JsonNode value) {
    if (!value.isObject()) {
      return true;
    }
    for (JsonNode required : schema.path("required")) {
      if (!value.has(required.asText())) {
        return false;
      }
    }
    if (outside(value.size(), schema, "minProperties", "maxProperties")) {
      return false;
    }
    JsonNode properties = schema.path("properties");
    JsonNode others = schema.path("additionalProperties");
    for (var member : value.properties()) {
      JsonNode own = properties.path(member.getKey());
      if (own.isObject()) {
        if (!valid(own, member.getValue())) {
          return false;
        }
      } else if (others.isBoolean() && !others.asBoolean()) {
        return false;
      } else if (others.isObject() && !valid(others, member.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static boolean array(JsonNode schema, JsonNode value) {
    if (!value.isArray()) {
      return true;
    }
    if (outside(value.size(), schema, "minItems", "maxItems")) {
      return false;
    }
    for (int i = 0; i < value.size(); i++) {
      JsonNode items = schema.path("items");
      JsonNode item = items.isArray() ? items.path(i) : items;
      if (item.isObject() && !valid(item, value.get(i))) {
        return false;
      }
      if (schema.path("uniqueItems").asBoolean()) {
        for (int j = 0; j < i; j++) {
          if (value.get(i).equals(value.get(j))) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static boolean text(JsonNode schema, JsonNode value) {
    if (!value.isTextual()) {
      return true;
    }
    String text = value.asText();
    if (outside(text.codePointCount(0, text.length()), schema, "minLength", "maxLength")) {
      return false;
    }
    return !schema.has("pattern")
        || Pattern.compile(schema.get("pattern").asText()).matcher(text).find();
  }

  private static boolean number(JsonNode schema, JsonNode value) {
    if (!value.isNumber()) {
      return true;
    }
    if (schema.has("minimum")) {
      int compared = value.decimalValue().compareTo(schema.get("minimum").decimalValue());
      if (compared < 0 || (compared == 0 && schema.path("exclusiveMinimum").asBoolean())) {
        return false;
      }
    }
    if (schema.has("maximum")) {
      int compared = value.decimalValue().compareTo(schema.get("maximum").decimalValue());
      if (compared > 0 || (compared == 0 && schema.path("exclusiveMaximum").asBoolean())) {
        return false;
      }
    }
    return !schema.has("multipleOf")
        || value.decimalValue().remainder(schema.get("multipleOf").decimalValue()).signum() == 0;
  }

  private static boolean combined(JsonNode schema, JsonNode value) {
    for (JsonNode each : schema.path("allOf")) {
      if (!valid(each, value)) {
        return false;
      }
    }
    if (schema.has("anyOf") && count(schema.get("anyOf"), value) == 0) {
      return false;
    }
    if (schema.has("oneOf") && count(schema.get("oneOf"), value) != 1) {
      return false;
    }
    return !schema.has("not") || !valid(schema.get("not"), value);
  }

  private static int count(JsonNode schemas, JsonNode value) {
    int matching = 0;
    for (JsonNode schema : schemas) {
      if (valid(schema, value)) {
        matching++;
      }
    }
    return matching;
  }

  private static boolean outside(int size, JsonNode schema, String least, String most) {
    return size < schema.path(least).asInt(0) || size > schema.path(most).asInt(Integer.MAX_VALUE);
  }

  private static boolean contains(JsonNode values, JsonNode value) {
    for (JsonNode one : values) {
      if (one.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
