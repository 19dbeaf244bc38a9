// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts between JSON trees and JSONata's values. */
public final class Conversion {
  private static final double LONGS_END = 0x1p63;

  private Conversion() {}

  /** The value of a JSON tree; null only for a missing node. */
  public static @Nullable Object fromJson(JsonNode json) {
    return switch (json.getNodeType()) {
      case OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        json.properties().forEach(field -> map.put(field.getKey(), fromJson(field.getValue())));
        yield map;
      }
      case ARRAY -> {
        Sequence array = Sequence.array();
        json.forEach(element -> array.add(fromJson(element)));
        yield array;
      }
      case STRING -> json.textValue();
      case BOOLEAN -> json.booleanValue();
      case NUMBER -> json.doubleValue();
      case NULL -> JsonNull.NULL;
      default -> null;
    };
  }

  /**
   * The JSON tree of a result; null if it holds a function. Whole numbers come without a fraction;
   * numbers that JSON does not know are texts, as on AWS (measured).
   */
  public static @Nullable JsonNode toJson(@Nullable Object value) {
    return switch (value) {
      case String text -> TextNode.valueOf(text);
      case Boolean bool -> BooleanNode.valueOf(bool);
      case Double number -> number(number);
      case Sequence array -> array(array);
      case Map<?, ?> map -> object(map);
      case JsonNull none -> NullNode.getInstance();
      case null -> NullNode.getInstance();
      default -> null;
    };
  }

  private static JsonNode number(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return TextNode.valueOf(String.valueOf(number));
    }
    if (Math.floor(number) == number && Math.abs(number) < LONGS_END) {
      long whole = (long) number;
      return whole == (int) whole ? IntNode.valueOf((int) whole) : LongNode.valueOf(whole);
    }
    return DoubleNode.valueOf(number);
  }

  private static @Nullable JsonNode object(Map<?, ?> map) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (entry.getValue() == null) {
        continue;
      }
      JsonNode value = toJson(entry.getValue());
      if (value == null) {
        return null;
      }
      object.set(String.valueOf(entry.getKey()), value);
    }
    return object;
  }

  private static @Nullable JsonNode array(Sequence elements) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode(elements.size());
    for (Object element : elements) {
      JsonNode value = toJson(element);
      if (value == null) {
        return null;
      }
      array.add(value);
    }
    return array;
  }
}
