// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AutoClose;

/** Calls for items of the table {@code hash}, beside which {@code indexed} has indexes. */
abstract class ItemCalls {
  @AutoClose
  final DynamoDbCalls calls = new DynamoDbCalls().withTable("hash").withIndexedTable("indexed");

  void put(String item) {
    calls.call("PutItem", "{'TableName':'hash','Item':" + item + "}");
  }

  /** A request on the table {@code hash} for a key, with further members. */
  static String on(String key, String members) {
    return "{'TableName':'hash','Key':{'p':{'S':'" + key + "'}}" + members + "}";
  }

  static String on(String members) {
    return on("a", members);
  }

  JsonNode stored(String key) {
    return calls.call("GetItem", on(key, "")).path("Item");
  }

  static JsonNode json(String text) {
    return DynamoDbCalls.json(text);
  }
}
