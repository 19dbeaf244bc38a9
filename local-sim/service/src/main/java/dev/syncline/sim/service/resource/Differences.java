// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Differences between two property values. */
public final class Differences {
  private Differences() {}

  /** Whether one of the members differs. */
  public static boolean in(ObjectNode before, ObjectNode after, String... members) {
    for (String member : members) {
      if (!before.path(member).equals(after.path(member))) {
        return true;
      }
    }
    return false;
  }

  /** The entries of {@code after} that are new or changed. */
  public static ObjectNode set(JsonNode before, JsonNode after) {
    ObjectNode changed = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> entry : after.properties()) {
      if (!before.path(entry.getKey()).equals(entry.getValue())) {
        changed.set(entry.getKey(), entry.getValue());
      }
    }
    return changed;
  }

  /** The keys of {@code before} that are not in {@code after}. */
  public static ArrayNode removed(JsonNode before, JsonNode after) {
    ArrayNode keys = JsonNodeFactory.instance.arrayNode();
    before
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!after.has(key)) {
                keys.add(key);
              }
            });
    return keys;
  }

  /** The texts of {@code list} that are not in {@code other}. */
  public static List<String> without(JsonNode list, JsonNode other) {
    var texts = new ArrayList<String>();
    list.forEach(item -> texts.add(item.asText()));
    other.forEach(item -> texts.remove(item.asText()));
    return texts;
  }

  /** A list of structures by the text of one of their members. */
  public static ObjectNode keyed(JsonNode list, String key) {
    ObjectNode byKey = JsonNodeFactory.instance.objectNode();
    list.forEach(item -> byKey.set(item.path(key).asText(), item));
    return byKey;
  }

  /** The values of a map as a list. */
  static ArrayNode values(ObjectNode map) {
    ArrayNode values = JsonNodeFactory.instance.arrayNode();
    map.forEach(values::add);
    return values;
  }
}
