// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON nodes as the values that a Java service of 2018 would hold. Thread-safe. */
final class PlainValues {
  /** Characters of a number, exponent included; longer texts are no numbers. */
  private static final int MAX_NUMBER_LENGTH = 400;

  private PlainValues() {}

  /** A text, number or boolean of Java; nodes of other kinds stay nodes and null stays null. */
  static @Nullable Object of(@Nullable Object value) {
    if (!(value instanceof JsonNode node)) {
      return value;
    }
    return switch (node.getNodeType()) {
      case STRING, BINARY -> node.asText();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> node.numberValue();
      case NULL, MISSING -> null;
      default -> node;
    };
  }

  /** The exact number in a number or numeric text; null for other values. */
  static @Nullable BigDecimal number(Object plain) {
    if (plain instanceof Integer || plain instanceof Long) {
      return BigDecimal.valueOf(((Number) plain).longValue());
    }
    if (!(plain instanceof Number) && !(plain instanceof String)) {
      return null;
    }
    String text = plain.toString();
    if (text.length() > MAX_NUMBER_LENGTH) {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }

  /** A number without fraction between two bounds; null for other values. */
  static @Nullable BigInteger integer(Object plain, BigInteger min, BigInteger max) {
    BigDecimal value = number(plain);
    if (value == null || Math.abs((long) value.scale()) > MAX_NUMBER_LENGTH) {
      return null;
    }
    try {
      BigInteger exact = value.toBigIntegerExact();
      return exact.compareTo(min) < 0 || exact.compareTo(max) > 0 ? null : exact;
    } catch (ArithmeticException fraction) {
      return null;
    }
  }

  /** The simple name of the Java class that AppSync's messages show. */
  static String typeName(@Nullable Object plain) {
    return switch (plain) {
      case null -> "null";
      case JsonNode node when node.isObject() -> "LinkedHashMap";
      case JsonNode node when node.isArray() -> "ArrayList";
      case Map<?, ?> map -> "LinkedHashMap";
      case List<?> list -> "ArrayList";
      default -> plain.getClass().getSimpleName();
    };
  }

  /** The text of a value as Java shows it: <code>{a=1, b=[x]}</code> for an object. */
  static String text(Object plain) {
    if (plain instanceof JsonNode node) {
      StringBuilder shown = new StringBuilder();
      show(node, shown);
      return shown.toString();
    }
    return plain.toString();
  }

  private static void show(JsonNode node, StringBuilder shown) {
    if (node.isObject()) {
      shown.append('{');
      String separator = "";
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        shown.append(separator).append(member.getKey()).append('=');
        show(member.getValue(), shown);
        separator = ", ";
      }
      shown.append('}');
    } else if (node.isArray()) {
      shown.append('[');
      for (int index = 0; index < node.size(); index++) {
        shown.append(index == 0 ? "" : ", ");
        show(node.get(index), shown);
      }
      shown.append(']');
    } else {
      shown.append(node.asText());
    }
  }
}
