// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.sources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.appsync.datasource.DataSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A table as data source. Documents and results: AppSync's resolver reference for DynamoDB.
 * Thread-safe.
 */
record DynamoDbSource(SourceServices services, DataSource source) {
  private static final String KEY = "key";
  // The typed helpers of APPSYNC_JS allow scanIndexForward for a Scan too, which has no order.
  private static final Set<String> PAGE =
      Set.of(
          "filter",
          "index",
          "nextToken",
          "limit",
          "consistentRead",
          "select",
          "projection",
          "scanIndexForward");
  private static final List<String> SELECTS =
      List.of("ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", "SPECIFIC_ATTRIBUTES");
  private static final int TOKEN_VERSION = 3;

  /** The result of a document. */
  JsonNode call(DocumentPart document, RequestContext request) throws SourceFailure {
    String operation = document.requiredText("operation");
    var calls = new SourceTableCalls(services, source);
    return switch (operation) {
      case "GetItem" -> get(document, calls);
      case "PutItem", "UpdateItem", "DeleteItem" ->
          new DynamoDbWrites(calls, request).call(document);
      case "Query" -> query(document, calls);
      case "Scan" -> scan(document, calls);
      case "BatchGetItem" -> new DynamoDbBatches(calls).get(document);
      case "BatchPutItem" -> new DynamoDbBatches(calls).put(document);
      case "BatchDeleteItem" -> new DynamoDbBatches(calls).delete(document);
      case "TransactGetItems" -> new DynamoDbTransactions(calls).get(document);
      case "TransactWriteItems" -> new DynamoDbTransactions(calls).write(document);
      default -> throw DocumentPart.unsupportedOperation(operation);
    };
  }

  private static JsonNode get(DocumentPart document, SourceTableCalls calls) throws SourceFailure {
    document.only(members(Set.of(KEY, "consistentRead", "projection")));
    ObjectNode request = Json.object();
    request.set("Key", DynamoValues.attributes(document.requiredPart(KEY)));
    request.put("ConsistentRead", document.flag("consistentRead", false));
    new DynamoExpressions(request).projection(document).end();
    return DynamoValues.plain(calls.call("GetItem", request).path("Item"));
  }

  private static JsonNode query(DocumentPart document, SourceTableCalls calls)
      throws SourceFailure {
    var members = new HashSet<>(PAGE);
    members.add("query");
    document.only(members(members));
    ObjectNode request = Json.object();
    var expressions =
        new DynamoExpressions(request)
            .add(document.requiredPart("query"), "KeyConditionExpression");
    page(document, request, expressions);
    request.put("ScanIndexForward", document.flag("scanIndexForward", true));
    return answer(calls.call("Query", request));
  }

  private static JsonNode scan(DocumentPart document, SourceTableCalls calls) throws SourceFailure {
    var members = new HashSet<>(PAGE);
    members.addAll(Set.of("totalSegments", "segment"));
    document.only(members(members));
    ObjectNode request = Json.object();
    page(document, request, new DynamoExpressions(request));
    Json.putIfPresent(request, "TotalSegments", document.number("totalSegments"));
    Json.putIfPresent(request, "Segment", document.number("segment"));
    return answer(calls.call("Scan", request));
  }

  private static void page(DocumentPart document, ObjectNode request, DynamoExpressions expressions)
      throws SourceFailure {
    var filter = document.part("filter");
    if (filter.isPresent()) {
      expressions.add(filter.get(), "FilterExpression");
    }
    expressions.projection(document).end();
    Json.putIfPresent(request, "IndexName", document.text("index"));
    Json.putIfPresent(request, "Limit", document.number("limit"));
    if (document.flag("consistentRead", false)) {
      request.put("ConsistentRead", true);
    }
    String select = document.text("select");
    if (select != null && !SELECTS.contains(select)) {
      throw document.wrong("select", "one of " + SELECTS);
    }
    Json.putIfPresent(request, "Select", select);
    String token = document.text("nextToken");
    if (token != null) {
      request.set("ExclusiveStartKey", startKey(token));
    }
  }

  private static JsonNode answer(JsonNode page) {
    ObjectNode answer = Json.object();
    ArrayNode items = answer.putArray("items");
    page.path("Items").forEach(item -> items.add(DynamoValues.plain(item)));
    JsonNode last = page.path("LastEvaluatedKey");
    if (last.isEmpty()) {
      answer.putNull("nextToken");
    } else {
      answer.put("nextToken", token(last));
    }
    answer.put("scannedCount", page.path("ScannedCount").asInt());
    return answer;
  }

  private static String token(JsonNode lastKey) {
    ObjectNode token = Json.object().put("version", TOKEN_VERSION).put("token", encoded(lastKey));
    return encoded(token);
  }

  private static String encoded(JsonNode json) {
    return Base64.getEncoder().encodeToString(Json.write(json).getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode startKey(String token) throws SourceFailure {
    try {
      JsonNode outer = decoded(token);
      if (outer.path("version").asInt() == TOKEN_VERSION
          && decoded(outer.path("token").asText()) instanceof ObjectNode key) {
        return key;
      }
    } catch (IllegalArgumentException | JsonProcessingException notOne) {
      // The error below covers it.
    }
    throw SourceFailure.template("Invalid pagination token given.");
  }

  private static JsonNode decoded(String text) throws JsonProcessingException {
    return Json.MAPPER.readTree(
        new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
  }

  /** The members of a document, with those that each has. */
  static Set<String> members(Set<String> own) {
    var all = new HashSet<>(own);
    all.addAll(Set.of("version", "operation"));
    return all;
  }
}
