// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/** The JSON types of attribute values, with AWS's words for those that do not fit. */
final class JsonTypes {
  private static final String STRUCTURE = "Start of structure or map found where not expected";
  private static final String FIELD = "Unexpected field type";
  private static final String VALUE_CLASS = "com.amazonaws.dynamodb.v20120810.AttributeValue";

  private JsonTypes() {}

  /** Checks a map of values and all that is in it. */
  static void requireItem(JsonNode json) {
    requireMap(json);
    for (JsonNode value : json) {
      requireValue(value);
    }
  }

  /** Checks a value and all that is in it; null stands for an absent one. */
  static void requireValue(JsonNode json) {
    if (json.isNull()) {
      return;
    }
    requireStructure(json);
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      JsonNode content = member.getValue();
      if (!content.isNull()) {
        requireMember(member.getKey(), content);
      }
    }
  }

  private static void requireMember(String name, JsonNode content) {
    switch (name) {
      case "S", "N" -> text(content);
      case "B" -> blob(content);
      case "BOOL", "NULL" -> bool(content);
      case "SS", "NS" -> {
        requireList(content);
        content.forEach(JsonTypes::text);
      }
      case "BS" -> {
        requireList(content);
        content.forEach(JsonTypes::blob);
      }
      case "L" -> {
        requireList(content);
        content.forEach(element -> requireValue(element));
      }
      case "M" -> requireItem(content);
      default -> {
        // AWS ignores the JSON of a member that it does not know.
      }
    }
  }

  static void requireStructure(JsonNode json) {
    if (json.isArray()) {
      throw new SerializationFault("Unrecognized collection type class " + VALUE_CLASS);
    }
    if (!json.isObject() && !json.isNull()) {
      throw new SerializationFault("Unexpected value type in payload");
    }
  }

  static void requireMap(JsonNode json) {
    if (json.isArray()) {
      throw new SerializationFault(
          "Unrecognized collection type java.util.Map<java.lang.String, " + VALUE_CLASS + ">");
    }
    if (!json.isObject()) {
      throw new SerializationFault(FIELD);
    }
  }

  static void requireList(JsonNode json) {
    if (json.isObject()) {
      throw new SerializationFault(STRUCTURE);
    }
    if (!json.isArray()) {
      throw new SerializationFault(FIELD);
    }
  }

  static String text(JsonNode json) {
    return switch (json.getNodeType()) {
      case STRING -> json.textValue();
      // A null member of a set counts as empty text.
      case NULL, MISSING -> "";
      default -> throw scalarFault(json, "String");
    };
  }

  static boolean bool(JsonNode json) {
    return switch (json.getNodeType()) {
      case BOOLEAN -> json.booleanValue();
      case STRING ->
          switch (json.textValue().toUpperCase(Locale.ROOT)) {
            case "TRUE", "1", "YES" -> true;
            case "FALSE", "0", "NO" -> false;
            default -> throw new SerializationFault("Unexpected token received from parser");
          };
      default -> throw scalarFault(json, "Boolean");
    };
  }

  private static SerializationFault scalarFault(JsonNode json, String wanted) {
    return new SerializationFault(
        switch (json.getNodeType()) {
          case ARRAY -> "Unrecognized collection type class java.lang." + wanted;
          case OBJECT -> STRUCTURE;
          case BOOLEAN ->
              (json.booleanValue() ? "TRUE_VALUE" : "FALSE_VALUE")
                  + " cannot be converted to "
                  + wanted;
          case NUMBER ->
              (json.isIntegralNumber() ? "NUMBER_VALUE" : "DECIMAL_VALUE")
                  + " cannot be converted to "
                  + wanted;
          case NULL, MISSING, STRING, BINARY, POJO -> FIELD;
        });
  }

  static Bytes blob(JsonNode json) {
    if (json.isArray()) {
      throw new SerializationFault("Unrecognized collection type class java.nio.ByteBuffer");
    }
    if (json.isObject()) {
      throw new SerializationFault(STRUCTURE);
    }
    if (!json.isTextual()) {
      throw new SerializationFault("only base-64-encoded strings are convertible to bytes");
    }
    String text = json.textValue();
    if (text.length() % 4 != 0) {
      throw new SerializationFault(
          "Base64 encoded length is expected a multiple of 4 bytes but found: " + text.length());
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      // The decoder of the platform ignores bits that stand for nothing; AWS refuses them.
      if (text.endsWith("=") && !Base64.getEncoder().encodeToString(bytes).equals(text)) {
        throw lastCharacter();
      }
      return Bytes.wrap(bytes);
    } catch (IllegalArgumentException notBase64) {
      throw badCharacter(text);
    }
  }

  private static SerializationFault lastCharacter() {
    return new SerializationFault("Invalid last non-pad Base64 character dectected");
  }

  private static SerializationFault badCharacter(String text) {
    int end = text.endsWith("==") ? text.length() - 2 : text.length() - 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ofAlphabet =
          (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || c == '+'
              || c == '/';
      if (!ofAlphabet && !(c == '=' && i >= end)) {
        return new SerializationFault("Invalid Base64 character: '" + c + "'");
      }
    }
    return lastCharacter();
  }
}
