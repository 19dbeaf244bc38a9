// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * The type of a property. Reading checks a value and converts it to the type of the service's
 * operation: the value of a template parameter is always text, even for a property of another type.
 */
public interface Shape {
  /**
   * Checks and converts.
   *
   * @param path names the property in errors
   * @throws ResourceException naming the path
   */
  JsonNode read(JsonNode value, String path);

  /** A text; numbers and booleans become one. */
  static Shape text() {
    return (value, path) -> TextNode.valueOf(scalar(value, path, "a string"));
  }

  /** A whole number. */
  static Shape integer() {
    return (value, path) -> {
      String text = scalar(value, path, "an integer");
      try {
        long number = Long.parseLong(text);
        return number == (int) number
            ? JsonNodeFactory.instance.numberNode((int) number)
            : JsonNodeFactory.instance.numberNode(number);
      } catch (NumberFormatException notANumber) {
        throw wrong(path, "an integer", value);
      }
    };
  }

  /** A number. */
  static Shape number() {
    return (value, path) -> {
      try {
        return JsonNodeFactory.instance.numberNode(
            Double.parseDouble(scalar(value, path, "a number")));
      } catch (NumberFormatException notANumber) {
        throw wrong(path, "a number", value);
      }
    };
  }

  /** True or false. */
  static Shape bool() {
    return (value, path) ->
        switch (scalar(value, path, "a boolean")) {
          case "true" -> JsonNodeFactory.instance.booleanNode(true);
          case "false" -> JsonNodeFactory.instance.booleanNode(false);
          default -> throw wrong(path, "a boolean", value);
        };
  }

  /** A JSON value that the operation takes as text, such as a policy; a text stays as it is. */
  static Shape jsonText() {
    return (value, path) -> value.isTextual() ? value : TextNode.valueOf(value.toString());
  }

  /** Any object, as it is. */
  static Shape object() {
    return (value, path) -> {
      if (!value.isObject()) {
        throw wrong(path, "an object", value);
      }
      return value;
    };
  }

  /** A list. */
  static Shape list(Shape item) {
    return (value, path) -> {
      if (!value.isArray()) {
        throw wrong(path, "a list", value);
      }
      ArrayNode items = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < value.size(); i++) {
        items.add(item.read(value.get(i), path + "/" + i));
      }
      return items;
    };
  }

  /** A map with any keys. */
  static Shape map(Shape item) {
    return (value, path) -> {
      if (!value.isObject()) {
        throw wrong(path, "an object", value);
      }
      ObjectNode items = JsonNodeFactory.instance.objectNode();
      value
          .properties()
          .forEach(
              entry ->
                  items.set(
                      entry.getKey(), item.read(entry.getValue(), path + "/" + entry.getKey())));
      return items;
    };
  }

  /** CloudFormation's list of {@code Key} and {@code Value}, for operations that take a map. */
  static Shape tagMap() {
    Shape tags = tagList("Key", "Value");
    return (value, path) -> {
      ObjectNode map = JsonNodeFactory.instance.objectNode();
      tags.read(value, path).forEach(tag -> map.set(tag.get("Key").asText(), tag.get("Value")));
      return map;
    };
  }

  /** CloudFormation's list of {@code Key} and {@code Value}, for operations that take a list. */
  static Shape tagList(String key, String value) {
    return list(
        Struct.of(
            Struct.member("Key", text()).as(key).required(),
            Struct.member("Value", text()).as(value).required()));
  }

  private static String scalar(JsonNode value, String path, String expected) {
    if (!value.isValueNode()) {
      throw wrong(path, expected, value);
    }
    return value.asText();
  }

  private static ResourceException wrong(String path, String expected, JsonNode value) {
    return new ResourceException(
        "Value of property " + path.substring(1) + " must be " + expected + ", got " + value);
  }
}
