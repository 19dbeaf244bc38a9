// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between JSON trees and the plain Java values JSONata works on. */
final class JsonataValues {
  private JsonataValues() {}

  /** A value to bind; JSON null is JSONata's own null, since Java's null means undefined. */
  static Object fromJson(JsonNode json) {
    Object value = nested(json);
    return value == null ? Jsonata.NULL_VALUE : value;
  }

  /** A value inside another, where Java's null is JSON's null. */
  static @Nullable Object nested(JsonNode json) {
    return switch (json.getNodeType()) {
      case OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        json.properties().forEach(field -> map.put(field.getKey(), nested(field.getValue())));
        yield map;
      }
      case ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>(json.size());
        json.forEach(element -> list.add(nested(element)));
        yield list;
      }
      case STRING -> json.textValue();
      case BOOLEAN -> json.booleanValue();
      case NUMBER -> json.numberValue();
      default -> null;
    };
  }

  /** The JSON tree of a result; null if it holds a function or something else JSON cannot say. */
  static @Nullable JsonNode toJson(@Nullable Object value) {
    if (value == null || value == Jsonata.NULL_VALUE) {
      return NullNode.getInstance();
    }
    return switch (value) {
      case String text -> TextNode.valueOf(text);
      case Boolean bool -> BooleanNode.valueOf(bool);
      case Number number -> number(number);
      case Map<?, ?> map -> object(map);
      case List<?> list -> array(list);
      default -> null;
    };
  }

  private static @Nullable JsonNode object(Map<?, ?> map) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      JsonNode value = toJson(entry.getValue());
      if (value == null) {
        return null;
      }
      object.set(String.valueOf(entry.getKey()), value);
    }
    return object;
  }

  private static @Nullable JsonNode array(List<?> list) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode(list.size());
    for (Object element : list) {
      JsonNode value = toJson(element);
      if (value == null) {
        return null;
      }
      array.add(value);
    }
    return array;
  }

  private static JsonNode number(Number number) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (number) {
      case Integer i -> json.numberNode(i);
      case Long l -> json.numberNode(l);
      case BigInteger b -> json.numberNode(b);
      case BigDecimal b -> json.numberNode(b);
      case Float f -> json.numberNode(f);
      default -> json.numberNode(number.doubleValue());
    };
  }

  /** JSONata's name of a value's type. */
  static String typeName(JsonNode value) {
    return value.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
