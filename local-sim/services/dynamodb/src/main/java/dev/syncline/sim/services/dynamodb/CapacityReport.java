// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.dynamodb.data.Capacity;
import dev.syncline.sim.services.dynamodb.data.ItemCollections;
import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The consumed capacity and the item collection metrics of one answer, as far as the request asks
 * for them. Not thread-safe.
 */
final class CapacityReport {
  private static final String CONSUMED = "ConsumedCapacity";
  private static final String METRICS = "ItemCollectionMetrics";

  private final Capacity.Detail detail;
  private final boolean metrics;
  private final Map<String, Capacity> tables = new LinkedHashMap<>();
  private final Map<String, ArrayNode> collections = new LinkedHashMap<>();

  private CapacityReport(Capacity.Detail detail, boolean metrics) {
    this.detail = detail;
    this.metrics = metrics;
  }

  static CapacityReport of(ObjectNode request) {
    return new CapacityReport(
        Capacity.Detail.valueOf(request.path("ReturnConsumedCapacity").asText("NONE")),
        request.path("ReturnItemCollectionMetrics").asText("").equals("SIZE"));
  }

  /**
   * The capacity of one table.
   *
   * @param name as the request names the table
   */
  Capacity of(String name) {
    return tables.computeIfAbsent(name, Capacity::new);
  }

  /** Notes that a write changed the item collection of a key. */
  void changed(String name, Table table, Item key) {
    if (metrics) {
      ObjectNode one = ItemCollections.metrics(table.data(), key);
      if (one != null) {
        collections.computeIfAbsent(name, unused -> Json.MAPPER.createArrayNode()).add(one);
      }
    }
  }

  /** Writes the members of an operation on one table. */
  void writeOne(ObjectNode answer) {
    for (Capacity capacity : tables.values()) {
      ObjectNode consumed = capacity.toJson(detail);
      if (consumed != null) {
        answer.set(CONSUMED, consumed);
      }
    }
    collections.values().forEach(list -> answer.set(METRICS, list.get(0)));
  }

  /** Writes the members of an operation on several tables. */
  void writeAll(ObjectNode answer) {
    ArrayNode all = Json.MAPPER.createArrayNode();
    for (Capacity capacity : tables.values()) {
      ObjectNode consumed = capacity.toJson(detail);
      if (consumed != null) {
        all.add(consumed);
      }
    }
    if (!all.isEmpty()) {
      answer.set(CONSUMED, all);
    }
    if (!collections.isEmpty()) {
      collections.forEach(answer.putObject(METRICS)::set);
    }
  }
}
