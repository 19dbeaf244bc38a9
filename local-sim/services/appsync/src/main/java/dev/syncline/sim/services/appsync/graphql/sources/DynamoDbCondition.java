// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.util.HashSet;
import java.util.Set;

/**
 * The {@code condition} of a write, and what follows when it does not hold: the write counts as
 * done when the item already is as wanted. Immutable.
 *
 * @param ignored attributes that the comparison leaves out
 * @param consistent whether the item is read consistently
 */
record DynamoDbCondition(Set<String> ignored, boolean consistent) {
  private static final Set<String> MEMBERS =
      Set.of(
          "expression",
          "expressionNames",
          "expressionValues",
          "equalsIgnore",
          "consistentRead",
          "conditionalCheckFailedHandler");

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
    return new DynamoDbCondition(ignored, block.flag("consistentRead", true));
  }

  /**
   * The result of a write whose condition does not hold.
   *
   * @throws SourceFailure with the current item in {@code data}, unless it is as wanted
   */
  JsonNode decide(
      DynamoDbWrites writes,
      String operation,
      DocumentPart document,
      ObjectNode input,
      DynamoDbCalls.Refused refused)
      throws SourceFailure {
    ObjectNode read = Json.object().put("ConsistentRead", consistent);
    read.set("Key", DynamoValues.attributes(document.requiredPart("key")));
    JsonNode current = writes.calls().call("GetItem", read).path("Item");
    JsonNode plain = DynamoValues.plain(current);
    if (isAsWanted(operation, input, plain)) {
      return plain;
    }
    throw DynamoDbCalls.ERRORS.failure(refused.error(), refused.context(), plain, plain);
  }

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
}
