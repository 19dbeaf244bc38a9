// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.service.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/**
 * DynamoDB's typed JSON: read from request documents, where numbers need no quotes, and written as
 * plain JSON. Stateless.
 */
final class DynamoValues {
  /** Powers of ten up to this one are written without an exponent. */
  private static final int MAX_DIGITS = 130;

  private DynamoValues() {}

  /** The attributes of an object of a document, as DynamoDB takes them. */
  static ObjectNode attributes(DocumentPart part) throws SourceFailure {
    ObjectNode attributes = Json.object();
    for (Map.Entry<String, JsonNode> given : part.json().properties()) {
      attributes.set(given.getKey(), value(given.getValue(), part.place(given.getKey())));
    }
    return attributes;
  }

  private static ObjectNode value(JsonNode given, String place) throws SourceFailure {
    if (!(given instanceof ObjectNode typed)) {
      throw SourceFailure.template(
          "Expected JSON object for attribute value '"
              + place
              + "' but got a '"
              + given.getNodeType().name()
              + "' instead.");
    }
    if (typed.size() != 1) {
      throw SourceFailure.template(
          "Attribute value '" + place + "' must have exactly one type, such as S or N.");
    }
    String type = typed.fieldNames().next();
    JsonNode held = typed.get(type);
    ObjectNode wire = Json.object();
    if (held.isNull()) {
      return wire.put("NULL", true);
    }
    switch (type) {
      case "S", "B", "N" -> wire.put(type, scalar(held, place, type));
      case "BOOL" -> wire.put(type, held.asBoolean());
      case "NULL" -> wire.put(type, true);
      case "SS", "NS", "BS" -> {
        ArrayNode members = wire.putArray(type);
        for (JsonNode member : list(held, place, type)) {
          members.add(scalar(member, place, type));
        }
      }
      case "L" -> {
        ArrayNode members = wire.putArray(type);
        int index = 0;
        for (JsonNode member : list(held, place, type)) {
          members.add(value(member, place + "[L][" + index++ + "]"));
        }
      }
      case "M" -> {
        if (!(held instanceof ObjectNode map)) {
          throw mismatch(place, type, "an object");
        }
        wire.set(type, attributes(new DocumentPart(map, place + "[M]")));
      }
      default ->
          throw SourceFailure.template(
              "Attribute value '" + place + "' has the unknown type '" + type + "'.");
    }
    return wire;
  }

  private static String scalar(JsonNode held, String place, String type) throws SourceFailure {
    if (held.isNumber() && !held.isFloatingPointNumber()) {
      return held.asText();
    }
    if (held.isNumber()) {
      return held.decimalValue().toPlainString();
    }
    if (!held.isValueNode() || held.isNull()) {
      throw mismatch(place, type, "a string");
    }
    return held.asText();
  }

  private static JsonNode list(JsonNode held, String place, String type) throws SourceFailure {
    if (!held.isArray()) {
      throw mismatch(place, type, "an array");
    }
    return held;
  }

  private static SourceFailure mismatch(String place, String type, String kind) {
    return SourceFailure.template("Value for field '" + place + "[" + type + "]' must be " + kind);
  }

  /** An item, or a null node for a missing one, in plain JSON. */
  static JsonNode plain(JsonNode attributes) {
    if (!attributes.isObject()) {
      return NullNode.instance;
    }
    ObjectNode item = Json.object();
    attributes
        .properties()
        .forEach(attribute -> item.set(attribute.getKey(), plainValue(attribute.getValue())));
    return item;
  }

  private static JsonNode plainValue(JsonNode typed) {
    String type = typed.fieldNames().next();
    JsonNode held = typed.get(type);
    return switch (type) {
      case "N" -> number(held.asText());
      case "NULL" -> NullNode.instance;
      case "NS" -> {
        ArrayNode members = Json.array();
        held.forEach(member -> members.add(number(member.asText())));
        yield members;
      }
      case "L" -> {
        ArrayNode members = Json.array();
        held.forEach(member -> members.add(plainValue(member)));
        yield members;
      }
      case "M" -> plain(held);
      default -> held;
    };
  }

  /** A number in the same class of node as a parser of JSON makes it. */
  private static JsonNode number(String text) {
    BigDecimal value;
    try {
      value = new BigDecimal(text).stripTrailingZeros();
    } catch (NumberFormatException notOne) {
      // DynamoDB has refused it, or will.
      return TextNode.valueOf(text);
    }
    if (value.scale() > 0) {
      double near = value.doubleValue();
      return BigDecimal.valueOf(near).compareTo(value) == 0
          ? DoubleNode.valueOf(near)
          : DecimalNode.valueOf(value);
    }
    if (-value.scale() > MAX_DIGITS) {
      return DecimalNode.valueOf(value);
    }
    BigInteger whole = value.toBigIntegerExact();
    if (whole.bitLength() < Integer.SIZE) {
      return IntNode.valueOf(whole.intValue());
    }
    return whole.bitLength() < Long.SIZE
        ? LongNode.valueOf(whole.longValue())
        : BigIntegerNode.valueOf(whole);
  }
}
