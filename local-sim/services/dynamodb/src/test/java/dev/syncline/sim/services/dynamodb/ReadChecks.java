// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Compares what the room's reads give with an {@link ItemModel}. */
record ReadChecks(Random random, DynamoDbCalls room, ItemModel model) {
  /** A page may end before its limit, at a megabyte, when it has about as many characters. */
  private static final int LARGE_PAGE = 800_000;

  /** All entries and counts. */
  void all() {
    counts();
    items();
    model.indexes.forEach(this::entries);
    model.indexes.stream().filter(index -> index.included() == null).forEach(this::select);
  }

  /** The entries of an index, or the items of the table. */
  void entries(ModelIndex index) {
    scan(index, 1);
    scan(index, 2 + random.nextInt(3));
    queries(index);
  }

  private void counts() {
    JsonNode table = room.describe(WriteRequests.TABLE);
    assertThat(table.path("ItemCount").asInt()).isEqualTo(model.items().size());
    var expected = new HashMap<String, Integer>();
    for (ModelIndex index : model.indexes) {
      if (index.name() != null) {
        expected.put(index.name(), model.entries(index).size());
      }
    }
    var found = new HashMap<String, Integer>();
    for (String kind : List.of("LocalSecondaryIndexes", "GlobalSecondaryIndexes")) {
      for (JsonNode index : table.path(kind)) {
        found.put(index.path("IndexName").asText(), index.path("ItemCount").asInt());
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  private void items() {
    for (ObjectNode item : model.items()) {
      ObjectNode input = input();
      input.set("Key", ItemModel.keyOf(item));
      assertThat(ItemModel.plain(room.call("GetItem", input).path("Item"))).isEqualTo(item);
    }
  }

  private ObjectNode input() {
    return Json.object().put("TableName", WriteRequests.TABLE);
  }

  private ObjectNode input(ModelIndex index) {
    ObjectNode input = input();
    if (index.name() != null) {
      input.put("IndexName", index.name());
    }
    return input;
  }

  private void scan(ModelIndex index, int segments) {
    var found = new ArrayList<ObjectNode>();
    for (int segment = 0; segment < segments; segment++) {
      ObjectNode input = input(index);
      if (segments > 1) {
        input.put("Segment", segment).put("TotalSegments", segments);
      }
      found.addAll(pages("Scan", input));
    }
    assertThat(found)
        .as("%s in %s segments", index, segments)
        .containsExactlyInAnyOrderElementsOf(model.entries(index));
  }

  /** The items of all pages, which are small. */
  private List<ObjectNode> pages(String operation, ObjectNode input) {
    int limit = random.nextInt(3) == 0 ? 1000 : 1 + random.nextInt(6);
    input.put("Limit", limit);
    var found = new ArrayList<ObjectNode>();
    JsonNode last;
    do {
      JsonNode page = room.call(operation, input);
      assertThat(page.path("Items").size()).isLessThanOrEqualTo(limit);
      assertThat(page.path("Count").asInt()).isEqualTo(page.path("Items").size());
      page.path("Items").forEach(item -> found.add(ItemModel.plain(item)));
      last = page.path("LastEvaluatedKey");
      if (!last.isMissingNode()) {
        assertThat(page.path("Count").asInt() == limit || page.toString().length() > LARGE_PAGE)
            .as("%s %s", operation, input)
            .isTrue();
        input.set("ExclusiveStartKey", last);
      }
    } while (!last.isMissingNode());
    return found;
  }

  /** Pages of PartiQL's SELECT of an index that has all attributes. */
  private void select(ModelIndex index) {
    String from =
        index.name() == null
            ? WriteRequests.TABLE
            : "\"" + WriteRequests.TABLE + "\".\"" + index.name() + "\"";
    ObjectNode input =
        Json.object().put("Statement", "SELECT * FROM " + from).put("Limit", 2 + random.nextInt(9));
    var found = new ArrayList<ObjectNode>();
    JsonNode page;
    do {
      page = room.call("ExecuteStatement", input);
      page.path("Items").forEach(item -> found.add(ItemModel.plain(item)));
      input.set("NextToken", page.path("NextToken"));
    } while (page.has("NextToken"));
    assertThat(found).as("%s", index).containsExactlyInAnyOrderElementsOf(model.entries(index));
  }

  private void queries(ModelIndex index) {
    var hashes = new LinkedHashSet<ObjectNode>();
    for (ObjectNode entry : model.entries(index)) {
      hashes.add(entry.deepCopy().retain(index.hash()));
    }
    for (ObjectNode hash : hashes) {
      query(index, hash, null);
      if (!index.range().isEmpty()) {
        query(index, hash, index.range().getFirst());
      }
    }
  }

  /** Queries with all hash keys, and a condition on the range key if one is given. */
  private void query(ModelIndex index, ObjectNode hash, @Nullable String ranged) {
    String name = index.hash().getFirst();
    ObjectNode input = input(index);
    ObjectNode values = input.putObject("ExpressionAttributeValues");
    values.set(":hash", hash.get(name));
    String condition = name + " = :hash";
    Predicate<ObjectNode> matches = item -> item.get(name).equals(hash.get(name));
    if (ranged != null) {
      Range range = range(ranged, index);
      condition += " AND " + range.text();
      range.values().forEach(values::set);
      matches = matches.and(range.matches());
    }
    boolean forward = random.nextBoolean();
    input.put("KeyConditionExpression", condition).put("ScanIndexForward", forward);
    boolean whole = index.name() != null && !index.global() && random.nextBoolean();
    if (whole) {
      input.put("Select", "ALL_ATTRIBUTES");
    }
    List<ObjectNode> expected =
        model.items().stream()
            .filter(index::holds)
            .filter(matches)
            .map(item -> whole ? item : index.project(item))
            .toList();
    List<ObjectNode> found = pages("Query", input);
    assertThat(found).as("%s", input).containsExactlyInAnyOrderElementsOf(expected);
    Comparator<ObjectNode> order = forward ? index.order() : index.order().reversed();
    assertThat(found).as("%s", input).isSortedAccordingTo(order);
  }

  private record Range(String text, Map<String, JsonNode> values, Predicate<ObjectNode> matches) {}

  private Range range(String attribute, ModelIndex index) {
    JsonNode a = present(attribute, index);
    JsonNode b = present(attribute, index);
    int choice = random.nextInt(a.has("S") ? 6 : 5);
    if (choice == 0) {
      return new Range(
          attribute + " BETWEEN :a AND :b",
          ModelIndex.compare(a, b) <= 0 ? Map.of(":a", a, ":b", b) : Map.of(":a", b, ":b", a),
          item ->
              ModelIndex.compare(item.get(attribute), a)
                      * ModelIndex.compare(item.get(attribute), b)
                  <= 0);
    }
    if (choice == 5) {
      String prefix = a.get("S").textValue().substring(0, 1);
      // Half of a character of two is no text.
      String start = Character.isSurrogate(prefix.charAt(0)) ? a.get("S").textValue() : prefix;
      return new Range(
          "begins_with(" + attribute + ", :a)",
          Map.of(":a", RandomWrites.text(start)),
          item -> item.get(attribute).get("S").textValue().startsWith(start));
    }
    String operator = List.of("=", "<", "<=", ">", ">=").get(random.nextInt(5));
    return new Range(
        attribute + " " + operator + " :a",
        Map.of(":a", a),
        item -> {
          int order = ModelIndex.compare(item.get(attribute), a);
          return switch (operator) {
            case "=" -> order == 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
          };
        });
  }

  /** A value that an entry has for the attribute. */
  private JsonNode present(String attribute, ModelIndex index) {
    List<ObjectNode> entries = model.entries(index);
    return entries.get(random.nextInt(entries.size())).get(attribute);
  }
}
