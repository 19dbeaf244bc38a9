// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Json;
import java.util.HashSet;
import java.util.Set;

/** Operations that change or read all of their items or none. Thread-safe. */
record DynamoDbTransactions(SourceTableCalls calls) {
  private static final String ITEMS = "transactItems";
  private static final String REASONS = "cancellationReasons";
  private static final String TABLE = "table";
  private static final String KEY = "key";
  private static final String ON_FAILURE = "returnValuesOnConditionCheckFailure";
  private static final Set<String> CONDITION =
      Set.of("expression", "expressionNames", "expressionValues", ON_FAILURE);

  /** The result of TransactGetItems. */
  JsonNode get(DocumentPart document) throws SourceFailure {
    document.only(DynamoDbSource.members(Set.of(ITEMS)));
    CallContext context = calls.context();
    ObjectNode request = Json.object();
    ArrayNode items = request.putArray("TransactItems");
    for (DocumentPart asked : document.list(ITEMS)) {
      asked.only(Set.of(TABLE, KEY, "projection"));
      String table = asked.requiredText(TABLE);
      calls.require("GetItem", table, context);
      ObjectNode item = items.addObject().putObject("Get").put("TableName", table);
      item.set("Key", DynamoValues.attributes(asked.requiredPart(KEY)));
      new DynamoExpressions(item).projection(asked).end();
    }
    try {
      ObjectNode result = Json.object();
      ArrayNode got = result.putArray("items");
      calls
          .send("TransactGetItems", request, context)
          .path("Responses")
          .forEach(response -> got.add(DynamoValues.plain(response.path("Item"))));
      return result.putNull(REASONS);
    } catch (SourceTableCalls.Refused refused) {
      throw refused.failure(cancelled("items", refused));
    }
  }

  /** The result of TransactWriteItems. */
  JsonNode write(DocumentPart document) throws SourceFailure {
    document.only(DynamoDbSource.members(Set.of(ITEMS)));
    CallContext context = calls.context();
    ObjectNode request = Json.object();
    ArrayNode items = request.putArray("TransactItems");
    ObjectNode result = Json.object();
    ArrayNode keys = result.putArray("keys");
    for (DocumentPart asked : document.list(ITEMS)) {
      ObjectNode key = DynamoValues.attributes(asked.requiredPart(KEY));
      keys.add(DynamoValues.plain(key));
      items.add(write(asked, key, context));
    }
    try {
      calls.send("TransactWriteItems", request, context);
      return result.putNull(REASONS);
    } catch (SourceTableCalls.Refused refused) {
      throw refused.failure(cancelled("keys", refused));
    }
  }

  private ObjectNode write(DocumentPart asked, ObjectNode key, CallContext context)
      throws SourceFailure {
    String operation = asked.requiredText("operation");
    String table = asked.requiredText(TABLE);
    ObjectNode action = Json.object().put("TableName", table);
    var expressions = new DynamoExpressions(action);
    String name;
    String own = KEY;
    switch (operation) {
      case "PutItem" -> {
        name = "Put";
        own = "attributeValues";
        action.set("Item", DynamoDbWrites.item(asked, key));
      }
      case "UpdateItem" -> {
        name = "Update";
        own = "update";
        action.set("Key", key);
        expressions.add(asked.requiredPart("update"), "UpdateExpression");
      }
      case "DeleteItem" -> {
        name = "Delete";
        action.set("Key", key);
      }
      case "ConditionCheck" -> {
        name = "ConditionCheck";
        action.set("Key", key);
        asked.requiredPart("condition");
      }
      default -> throw DocumentPart.unsupportedOperation(operation);
    }
    var members = new HashSet<>(Set.of(TABLE, "operation", KEY, "condition"));
    members.add(own);
    asked.only(members);
    calls.require(
        operation.equals("ConditionCheck") ? "ConditionCheckItem" : operation, table, context);
    var condition = asked.part("condition");
    if (condition.isPresent()) {
      condition.get().only(CONDITION);
      expressions.addSome(condition.get(), "ConditionExpression");
      if (condition.get().flag(ON_FAILURE, true)) {
        action.put("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
      }
    }
    expressions.end();
    return (ObjectNode) Json.object().set(name, action);
  }

  private static JsonNode cancelled(String member, SourceTableCalls.Refused refused) {
    ObjectNode result = Json.object().putNull(member);
    Object given = refused.error().members().get("CancellationReasons");
    if (given == null) {
      return result.putNull(REASONS);
    }
    ArrayNode reasons = result.putArray(REASONS);
    for (JsonNode reason : Json.MAPPER.<JsonNode>valueToTree(given)) {
      ObjectNode shown = reasons.addObject();
      if (reason.has("Item")) {
        shown.set("item", DynamoValues.plain(reason.get("Item")));
      }
      String code = reason.path("Code").asText("None");
      shown.put("type", code).put("message", reason.path("Message").asText(code));
    }
    return result;
  }
}
