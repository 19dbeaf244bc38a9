// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.util.Map;
import java.util.Set;

/** Moves the expressions of a document into a request of DynamoDB. Not thread-safe. */
final class DynamoExpressions {
  private static final Set<String> VALUED =
      Set.of("expression", "expressionNames", "expressionValues");
  private static final Set<String> NAMED = Set.of("expression", "expressionNames");

  private final ObjectNode request;
  private final ObjectNode names = Json.object();
  private final ObjectNode values = Json.object();
  private boolean hasNames;
  private boolean hasValues;

  /** Expressions of a request, or of a part of it. */
  DynamoExpressions(ObjectNode request) {
    this.request = request;
  }

  /** An expression with values. */
  DynamoExpressions add(DocumentPart block, String member) throws SourceFailure {
    block.only(VALUED);
    return addSome(block, member);
  }

  /** As {@link #add}, without a look at other members of the block. */
  DynamoExpressions addSome(DocumentPart block, String member) throws SourceFailure {
    request.put(member, expression(block));
    var given = block.part("expressionValues");
    if (given.isPresent()) {
      hasValues = true;
      values.setAll(DynamoValues.attributes(given.get()));
    }
    return names(block);
  }

  /** The projection of a document, if it has one. */
  DynamoExpressions projection(DocumentPart document) throws SourceFailure {
    var block = document.part("projection");
    if (block.isPresent()) {
      block.get().only(NAMED);
      request.put("ProjectionExpression", expression(block.get()));
      names(block.get());
    }
    return this;
  }

  /** Writes the names and values, empty ones too: DynamoDB refuses them, as users of AWS see. */
  void end() {
    if (hasNames) {
      request.set("ExpressionAttributeNames", names);
    }
    if (hasValues) {
      request.set("ExpressionAttributeValues", values);
    }
  }

  private static String expression(DocumentPart block) throws SourceFailure {
    String expression = block.text("expression");
    if (expression == null || expression.isBlank()) {
      throw SourceFailure.template(
          "Expression block '" + block.path() + "' requires an expression");
    }
    return expression;
  }

  private DynamoExpressions names(DocumentPart block) throws SourceFailure {
    var given = block.part("expressionNames");
    if (given.isPresent()) {
      hasNames = true;
      for (Map.Entry<String, JsonNode> name : given.get().json().properties()) {
        names.put(name.getKey(), given.get().requiredText(name.getKey()));
      }
    }
    return this;
  }
}
