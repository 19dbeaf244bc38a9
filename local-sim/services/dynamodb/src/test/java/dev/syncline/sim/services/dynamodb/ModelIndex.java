// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A secondary index, or the table itself, of {@link DynamoDbPropertyTest}.
 *
 * @param name null for the table
 * @param hash one attribute; the range key may have several
 * @param included the attributes beside the keys; null for all
 */
record ModelIndex(
    @Nullable String name,
    boolean global,
    List<String> hash,
    List<String> range,
    @Nullable Set<String> included) {
  /** The types of all key attributes. */
  static final Map<String, String> TYPES =
      Map.of("p", "S", "r", "N", "s", "S", "g", "S", "c", "N", "h", "N");

  static final ModelIndex TABLE = new ModelIndex(null, false, List.of("p"), List.of("r"), null);

  /** The indexes that the table is created with. */
  static final List<ModelIndex> FIRST =
      List.of(
          new ModelIndex("local", false, List.of("p"), List.of("s"), Set.of()),
          new ModelIndex("counts", false, List.of("p"), List.of("c"), Set.of("g", "u")),
          new ModelIndex("wide", true, List.of("g"), List.of("s"), null),
          new ModelIndex("plain", true, List.of("g"), List.of(), Set.of("x")),
          new ModelIndex("multi", true, List.of("g"), List.of("s", "c"), Set.of()));

  /** An index that comes and goes. */
  static final ModelIndex LATE =
      new ModelIndex("late", true, List.of("h"), List.of("r"), Set.of("x", "t"));

  /** Another one. */
  static final ModelIndex SMALL = new ModelIndex("small", true, List.of("s"), List.of(), Set.of());

  List<String> keys() {
    return Stream.concat(hash.stream(), range.stream()).toList();
  }

  /** Whether an item has an entry. */
  boolean holds(ObjectNode item) {
    return keys().stream().allMatch(key -> item.path(key).has(TYPES.get(key)));
  }

  /** The entry of an item. */
  ObjectNode project(ObjectNode item) {
    if (included == null) {
      return item.deepCopy();
    }
    var names = new LinkedHashSet<>(keys());
    names.addAll(TABLE.keys());
    names.addAll(included);
    return item.deepCopy().retain(names);
  }

  /** The order of items with one hash key. */
  Comparator<ObjectNode> order() {
    Comparator<ObjectNode> order = (a, b) -> 0;
    for (String attribute : range) {
      order = order.thenComparing((a, b) -> compare(a.get(attribute), b.get(attribute)));
    }
    return order;
  }

  /** The order of two key values of one type: numbers by value, texts by their UTF-8 bytes. */
  static int compare(JsonNode a, JsonNode b) {
    return a.has("N")
        ? new BigDecimal(a.get("N").textValue()).compareTo(new BigDecimal(b.get("N").textValue()))
        : Arrays.compareUnsigned(utf8(a), utf8(b));
  }

  static byte[] utf8(JsonNode text) {
    return text.get("S").textValue().getBytes(StandardCharsets.UTF_8);
  }

  /** The definition of the index for CreateTable and UpdateTable. */
  ObjectNode definition() {
    ObjectNode json = Json.object().put("IndexName", name);
    json.set("KeySchema", keySchema());
    ObjectNode projection = json.putObject("Projection");
    if (included == null) {
      projection.put("ProjectionType", "ALL");
    } else if (included.isEmpty()) {
      projection.put("ProjectionType", "KEYS_ONLY");
    } else {
      projection.put("ProjectionType", "INCLUDE").set("NonKeyAttributes", Json.texts(included));
    }
    return json;
  }

  ArrayNode keySchema() {
    ArrayNode schema = Json.array();
    hash.forEach(key -> schema.addObject().put("AttributeName", key).put("KeyType", "HASH"));
    range.forEach(key -> schema.addObject().put("AttributeName", key).put("KeyType", "RANGE"));
    return schema;
  }

  static ArrayNode definitions(Set<String> attributes) {
    ArrayNode json = Json.array();
    for (String attribute : attributes) {
      json.addObject().put("AttributeName", attribute).put("AttributeType", TYPES.get(attribute));
    }
    return json;
  }
}
