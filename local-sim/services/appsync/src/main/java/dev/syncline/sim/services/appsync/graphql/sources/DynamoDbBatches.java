// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Operations on many items of one or more tables. Thread-safe. */
record DynamoDbBatches(SourceTableCalls calls) {
  private static final String TABLES = "tables";

  /** The result of BatchGetItem. */
  JsonNode get(DocumentPart document) throws SourceFailure {
    document.only(DynamoDbSource.members(Set.of(TABLES)));
    CallContext context = calls.context();
    var tables = new LinkedHashMap<String, TableKeys>();
    ObjectNode request = Json.object();
    ObjectNode items = request.putObject("RequestItems");
    for (String table : names(document)) {
      calls.require("BatchGetItem", table, context);
      DocumentPart asked = document.requiredPart(TABLES);
      TableKeys keys =
          asked.json().get(table).isArray()
              ? TableKeys.of(asked.list(table), asked.place(table))
              : TableKeys.of(asked.requiredPart(table));
      tables.put(table, keys);
      items.set(table, keys.request());
    }
    try {
      return got(tables, calls.send("BatchGetItem", request, context));
    } catch (SourceTableCalls.Refused refused) {
      throw refused.failure(got(tables, Json.object().set("UnprocessedKeys", items)));
    }
  }

  private static JsonNode got(Map<String, TableKeys> tables, JsonNode answer) {
    ObjectNode result = Json.object();
    ObjectNode data = result.putObject("data");
    ObjectNode rest = result.putObject("unprocessedKeys");
    tables.forEach(
        (table, keys) -> {
          data.set(table, keys.inOrder(answer.path("Responses").path(table)));
          ArrayNode left = rest.putArray(table);
          answer
              .path("UnprocessedKeys")
              .path(table)
              .path("Keys")
              .forEach(key -> left.add(DynamoValues.plain(key)));
        });
    return result;
  }

  /** The result of BatchPutItem. */
  JsonNode put(DocumentPart document) throws SourceFailure {
    return write(document, new Kind("PutRequest", "Item", "unprocessedItems"));
  }

  /** The result of BatchDeleteItem. */
  JsonNode delete(DocumentPart document) throws SourceFailure {
    return write(document, new Kind("DeleteRequest", "Key", "unprocessedKeys"));
  }

  private JsonNode write(DocumentPart document, Kind kind) throws SourceFailure {
    document.only(DynamoDbSource.members(Set.of(TABLES)));
    CallContext context = calls.context();
    ObjectNode request = Json.object();
    ObjectNode items = request.putObject("RequestItems");
    var wanted = new LinkedHashMap<String, List<ObjectNode>>();
    for (String table : names(document)) {
      calls.require("BatchWriteItem", table, context);
      List<ObjectNode> entries = entries(document, table);
      wanted.put(table, entries);
      ArrayNode writes = items.putArray(table);
      entries.forEach(
          entry -> writes.addObject().putObject(kind.request()).set(kind.member(), entry));
    }
    try {
      return kind.written(wanted, calls.send("BatchWriteItem", request, context));
    } catch (SourceTableCalls.Refused refused) {
      throw refused.failure(kind.written(wanted, Json.object().set("UnprocessedItems", items)));
    }
  }

  /**
   * A kind of write.
   *
   * @param request the member of DynamoDB's request
   * @param member the member of that member with the attributes
   * @param unprocessed the member of the result with what was not written
   */
  private record Kind(String request, String member, String unprocessed) {
    JsonNode written(Map<String, List<ObjectNode>> wanted, JsonNode answer) {
      ObjectNode result = Json.object();
      ObjectNode data = result.putObject("data");
      ObjectNode rest = result.putObject(unprocessed);
      wanted.forEach(
          (table, entries) -> {
            var left = new LinkedHashSet<JsonNode>();
            for (JsonNode write : answer.path("UnprocessedItems").path(table)) {
              left.add(DynamoValues.plain(write.path(request).path(member)));
            }
            rest.putArray(table).addAll(left);
            ArrayNode done = data.putArray(table);
            for (ObjectNode entry : entries) {
              JsonNode plain = DynamoValues.plain(entry);
              done.add(left.contains(plain) ? NullNode.instance : plain);
            }
          });
      return result;
    }
  }

  private static List<ObjectNode> entries(DocumentPart document, String table)
      throws SourceFailure {
    DocumentPart asked = document.requiredPart(TABLES);
    return TableKeys.attributes(asked.list(table), asked.place(table));
  }

  private static Set<String> names(DocumentPart document) throws SourceFailure {
    var names = new TreeSet<String>();
    document.requiredPart(TABLES).json().fieldNames().forEachRemaining(names::add);
    if (names.isEmpty()) {
      throw document.missing(TABLES);
    }
    return names;
  }

  /**
   * What a BatchGetItem asks of one table.
   *
   * @param keys in the order of the document
   * @param request as DynamoDB takes it
   * @param added attributes of the key that the document's projection leaves out
   */
  private record TableKeys(List<ObjectNode> keys, ObjectNode request, Set<String> added) {
    static TableKeys of(List<DocumentPart> keys, String place) throws SourceFailure {
      return read(attributes(keys, place), Json.object());
    }

    static TableKeys of(DocumentPart asked) throws SourceFailure {
      asked.only(Set.of("keys", "consistentRead", "projection"));
      ObjectNode request = Json.object();
      if (asked.flag("consistentRead", false)) {
        request.put("ConsistentRead", true);
      }
      new DynamoExpressions(request).projection(asked).end();
      return read(attributes(asked.list("keys"), asked.path()), request);
    }

    private static TableKeys read(List<ObjectNode> keys, ObjectNode request) {
      ArrayNode wire = request.putArray("Keys");
      wire.addAll(keys);
      var added = new HashSet<String>();
      if (request.has("ProjectionExpression")) {
        addKeys(keys.get(0), request, added);
      }
      return new TableKeys(keys, request, added);
    }

    /** Answers are matched with keys by their attributes, so that each answer must have them. */
    private static void addKeys(ObjectNode key, ObjectNode request, Set<String> added) {
      ObjectNode names = request.withObject("/ExpressionAttributeNames");
      var projected = new HashSet<String>();
      String expression = request.path("ProjectionExpression").asText();
      for (String path : expression.split(",", -1)) {
        projected.add(names.path(path.strip()).asText(path.strip()));
      }
      var all = new StringBuilder(expression);
      key.fieldNames()
          .forEachRemaining(
              name -> {
                if (projected.add(name)) {
                  String alias = "#appsyncKey" + added.size();
                  added.add(name);
                  names.put(alias, name);
                  all.append(", ").append(alias);
                }
              });
      request.put("ProjectionExpression", all.toString());
      if (names.isEmpty()) {
        request.remove("ExpressionAttributeNames");
      }
    }

    static List<ObjectNode> attributes(List<DocumentPart> entries, String place)
        throws SourceFailure {
      if (entries.isEmpty()) {
        throw SourceFailure.template("RequestItem keys '" + place + "' can't be empty");
      }
      var read = new ArrayList<ObjectNode>();
      for (DocumentPart entry : entries) {
        read.add(DynamoValues.attributes(entry));
      }
      return read;
    }

    ArrayNode inOrder(JsonNode items) {
      var byKey = new HashMap<JsonNode, ObjectNode>();
      Set<String> names = new TreeSet<>();
      keys.get(0).fieldNames().forEachRemaining(names::add);
      for (JsonNode item : items) {
        if (DynamoValues.plain(item) instanceof ObjectNode plain) {
          ObjectNode key = plain.deepCopy().retain(names);
          byKey.put(key, plain.remove(added));
        }
      }
      ArrayNode ordered = Json.array();
      for (ObjectNode key : keys) {
        ObjectNode item = byKey.get(DynamoValues.plain(key));
        if (item == null) {
          ordered.addNull();
        } else {
          ordered.add(item);
        }
      }
      return ordered;
    }
  }
}
