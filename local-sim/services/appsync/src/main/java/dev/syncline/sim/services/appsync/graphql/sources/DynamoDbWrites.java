// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.service.Json;
import java.util.HashSet;
import java.util.Set;

/** Writes of one item. Thread-safe. */
record DynamoDbWrites(SourceTableCalls calls, RequestContext request) {
  private static final Set<String> ALWAYS =
      Set.of(
          "version",
          "operation",
          "key",
          "condition",
          "customPartitionKey",
          "populateIndexFields",
          "_version");

  /** The result of a document. */
  JsonNode call(DocumentPart document) throws SourceFailure {
    String operation = document.requiredText("operation");
    JsonNode key = DynamoValues.attributes(document.requiredPart("key"));
    ObjectNode input = Json.object();
    var expressions = new DynamoExpressions(input);
    var condition = document.part("condition");
    switch (operation) {
      case "PutItem" -> {
        members(document, "attributeValues");
        input.set("Item", item(document, key));
      }
      case "UpdateItem" -> {
        members(document, "update");
        input.set("Key", key);
        expressions.add(document.requiredPart("update"), "UpdateExpression");
        input.put("ReturnValues", "ALL_NEW");
      }
      default -> {
        members(document, "key");
        input.set("Key", key);
        input.put("ReturnValues", "ALL_OLD");
      }
    }
    if (condition.isEmpty()) {
      expressions.end();
      return written(operation, input, calls.call(operation, input));
    }
    var failing = DynamoDbCondition.of(condition.get(), expressions);
    expressions.end();
    try {
      return written(operation, input, calls.tryCall(operation, input));
    } catch (SourceTableCalls.Refused refused) {
      if (!refused.error().code().equals("ConditionalCheckFailedException")) {
        throw refused.failure();
      }
      return failing.decide(this, document, input, refused);
    }
  }

  /** The item of a PutItem: its key and its attributes. */
  static ObjectNode item(DocumentPart document, JsonNode key) throws SourceFailure {
    var attributes = document.part("attributeValues");
    ObjectNode item =
        attributes.isPresent() ? DynamoValues.attributes(attributes.get()) : Json.object();
    item.setAll((ObjectNode) key);
    return item;
  }

  private static JsonNode written(String operation, ObjectNode input, JsonNode answer) {
    return DynamoValues.plain(
        operation.equals("PutItem") ? input.path("Item") : answer.path("Attributes"));
  }

  private static void members(DocumentPart document, String own) throws SourceFailure {
    var members = new HashSet<>(ALWAYS);
    members.add(own);
    document.only(members);
    if (document.has("customPartitionKey") || document.flag("populateIndexFields", false)) {
      throw SourceFailure.template(
          "'customPartitionKey' and 'populateIndexFields' are for versioned data sources, which"
              + " the simulator does not support.");
    }
  }
}
