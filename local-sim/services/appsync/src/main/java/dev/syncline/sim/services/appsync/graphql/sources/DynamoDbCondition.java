// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The {@code condition} of a write, and what follows when it does not hold: a PutItem or DeleteItem
 * counts as done when the item already is as wanted, else the write fails, or a function decides.
 * Source: AppSync's resolver reference, "Condition expressions". Immutable.
 *
 * @param ignored attributes that the comparison leaves out
 * @param consistent whether the item is read consistently
 * @param function decides; empty without one
 */
record DynamoDbCondition(Set<String> ignored, boolean consistent, String function) {
  private static final String HANDLER = "conditionalCheckFailedHandler";
  private static final String CONDITION = "condition";
  private static final Set<String> MEMBERS =
      Set.of(
          "expression",
          "expressionNames",
          "expressionValues",
          "equalsIgnore",
          "consistentRead",
          HANDLER);

  /** Reads the block and adds its expression to the request. */
  static DynamoDbCondition of(DocumentPart block, DynamoExpressions expressions)
      throws SourceFailure {
    block.only(MEMBERS);
    expressions.addSome(block, "ConditionExpression");
    var ignored = new HashSet<String>();
    if (block.has("equalsIgnore")) {
      if (!(block.json().get("equalsIgnore") instanceof ArrayNode names)) {
        throw block.wrong("equalsIgnore", "an array");
      }
      names.forEach(name -> ignored.add(name.asText()));
    }
    var handler = block.part(HANDLER);
    return new DynamoDbCondition(
        ignored,
        block.flag("consistentRead", true),
        handler.isPresent() ? function(handler.get()) : "");
  }

  private static String function(DocumentPart handler) throws SourceFailure {
    handler.only(Set.of("strategy", "lambdaArn"));
    String strategy = handler.requiredText("strategy");
    return switch (strategy) {
      case "Reject" -> "";
      case "Custom" -> handler.requiredText("lambdaArn");
      default -> throw handler.wrong("strategy", "Custom or Reject");
    };
  }

  /**
   * The result of a write whose condition does not hold.
   *
   * @throws SourceFailure with the current item in {@code data} and as the result, unless it is as
   *     wanted or the function decides otherwise
   */
  JsonNode decide(
      DynamoDbWrites writes,
      DocumentPart document,
      ObjectNode input,
      SourceTableCalls.Refused refused)
      throws SourceFailure {
    ObjectNode read = Json.object().put("ConsistentRead", consistent);
    read.set("Key", DynamoValues.attributes(document.requiredPart("key")));
    JsonNode current = writes.calls().call("GetItem", read).path("Item");
    JsonNode plain = DynamoValues.plain(current);
    if (isAsWanted(document.requiredText("operation"), input, plain)) {
      return plain;
    }
    JsonNode decision = function.isEmpty() ? Json.object() : asked(writes, document, current);
    String action = decision.path("action").asText("reject");
    return switch (action) {
      case "discard" -> plain;
      case "retry" -> writes.call(again(document, decision.path("retryMapping")));
      case "reject" ->
          throw SourceTableCalls.ERRORS.failure(refused.error(), refused.context(), plain, plain);
      default ->
          throw SourceFailure.of(
              "Lambda:IllegalArgument",
              "The action of the function "
                  + function
                  + " must be reject, discard or retry, and is '"
                  + action
                  + "'.");
    };
  }

  /** An update does not say how the item shall be, so that it cannot be compared. */
  private boolean isAsWanted(String operation, ObjectNode input, JsonNode current) {
    return switch (operation) {
      case "DeleteItem" -> current.isNull();
      case "PutItem" -> compared(DynamoValues.plain(input.path("Item"))).equals(compared(current));
      default -> false;
    };
  }

  private JsonNode compared(JsonNode item) {
    return item instanceof ObjectNode attributes
        ? attributes.deepCopy().remove(ignored)
        : NullNode.instance;
  }

  private JsonNode asked(DynamoDbWrites writes, DocumentPart document, JsonNode current)
      throws SourceFailure {
    ObjectNode event = Json.object();
    event.set("requestMapping", document.json());
    event.set("currentValue", current.isMissingNode() ? NullNode.instance : current);
    event
        .putObject("resolver")
        .put("tableName", writes.calls().table())
        .put("awsRegion", writes.calls().source().setting("awsRegion"));
    event.set("identity", writes.request().identity());
    return new LambdaSource(writes.calls().services(), writes.calls().source(), function)
        .answer(event, true);
  }

  /** The document with the parts that the function replaces; it has no function of its own. */
  private static DocumentPart again(DocumentPart document, JsonNode mapping) {
    ObjectNode changed = document.json().deepCopy();
    for (String part : List.of("attributeValues", "update")) {
      if (mapping.has(part)) {
        changed.set(part, mapping.get(part));
      }
    }
    changed.remove(CONDITION);
    if (mapping.path(CONDITION) instanceof ObjectNode given) {
      ObjectNode condition = given.deepCopy();
      if (!condition.has("expression")) {
        for (String part : List.of("expression", "expressionNames", "expressionValues")) {
          JsonNode former = document.json().path(CONDITION).path(part);
          if (!former.isMissingNode()) {
            condition.set(part, former);
          }
        }
      }
      condition.remove(HANDLER);
      changed.set(CONDITION, condition);
    }
    return new DocumentPart(changed, document.path());
  }
}
