// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.services.dynamodb.expressions.ProjectionExpression;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import dev.syncline.sim.services.dynamodb.values.ValueReader;
import dev.syncline.sim.services.dynamodb.values.ValueWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** BatchGetItem and BatchWriteItem. Thread-safe. */
record BatchOperations(TableStore tables, Requests requests) {
  private static final int MAX_KEYS = 100;
  private static final int MAX_WRITES = 25;
  private static final long MAX_ANSWER_BYTES = 16L << 20;
  private static final String DUPLICATES = "Provided list of item keys contains duplicates";
  private static final String REQUEST_ITEMS = "RequestItems";

  List<Operation> operations() {
    return List.of(
        requests.operation("BatchGetItem: RequestItems, ReturnConsumedCapacity", this::get),
        requests.operation(
            "BatchWriteItem: RequestItems, ReturnConsumedCapacity, ReturnItemCollectionMetrics",
            this::write));
  }

  /** The keys of one table, with what is read of each item. */
  private record TableKeys(
      String table,
      ObjectNode request,
      List<Item> keys,
      @Nullable ProjectionExpression projection) {}

  private ObjectNode get(ObjectNode request) {
    List<TableKeys> all = keys((ObjectNode) request.get(REQUEST_ITEMS));
    var found = new LinkedHashMap<Table, TableKeys>();
    for (TableKeys one : all) {
      Table table = tables.require(one.table());
      one.keys().forEach(table.data().keys()::requireKey);
      found.put(table, one);
    }
    return read(found, CapacityReport.of(request));
  }

  private static List<TableKeys> keys(ObjectNode requestItems) {
    refuseMixedStyles(requestItems);
    var all = new ArrayList<TableKeys>();
    int number = 0;
    for (Map.Entry<String, JsonNode> entry : requestItems.properties()) {
      // A null in place of the keys passes the constraints of AWS's model.
      if (!(entry.getValue() instanceof ObjectNode of) || of.path("Keys").isEmpty()) {
        throw ValidationFault.bare(
            "The list of keys in RequestItems for BatchGetItem is required: "
                + entry.getKey()
                + " has empty list");
      }
      var parameters =
          ExpressionParameters.of(
              of, List.of(ExpressionParameters.PROJECTION), List.of("AttributesToGet"));
      ProjectionExpression attributes = parameters.attributesToGet();
      ProjectionExpression expression = parameters.projection();
      ProjectionExpression projection = expression == null ? attributes : expression;
      parameters.finish();
      var keys = new ArrayList<Item>();
      var seen = new HashSet<JsonNode>();
      for (JsonNode key : of.path("Keys")) {
        keys.add(ValueReader.readItem(key));
        // AWS compares what was sent: 1000 and 1e3 are no duplicates here.
        if (!seen.add(key)) {
          throw ValidationFault.bare(DUPLICATES);
        }
        number++;
        if (number > MAX_KEYS) {
          throw ValidationFault.bare("Too many items requested for the BatchGetItem call");
        }
      }
      all.add(new TableKeys(entry.getKey(), of, keys, projection));
    }
    return all;
  }

  /** AWS looks at the styles of all tables together. */
  private static void refuseMixedStyles(ObjectNode requestItems) {
    Set<String> expressions = new LinkedHashSet<>();
    Set<String> legacy = new LinkedHashSet<>();
    for (JsonNode of : requestItems) {
      if (of.hasNonNull(ExpressionParameters.PROJECTION)) {
        expressions.add(ExpressionParameters.PROJECTION);
      }
      if (of.hasNonNull("AttributesToGet")) {
        legacy.add("AttributesToGet");
      }
    }
    if (!expressions.isEmpty()) {
      ExpressionParameters.refuseMixedStyles(legacy, expressions);
    }
  }

  private static ObjectNode read(Map<Table, TableKeys> keys, CapacityReport capacity) {
    ObjectNode responses = Json.object();
    ObjectNode unprocessed = Json.object();
    long bytes = 0;
    for (Map.Entry<Table, TableKeys> entry : keys.entrySet()) {
      Table table = entry.getKey();
      TableKeys of = entry.getValue();
      ArrayNode items = responses.putArray(of.table());
      boolean consistent = of.request().path("ConsistentRead").asBoolean(false);
      var returned = new HashSet<Item>();
      int position = 0;
      for (Item key : of.keys()) {
        Item item = table.data().get(key);
        long size = item == null ? 0 : Sizes.of(item);
        if (bytes + size > MAX_ANSWER_BYTES) {
          leave(unprocessed, of, position);
          break;
        }
        position++;
        bytes += size;
        if (returned.add(key)) {
          capacity.of(of.table()).addGet(item, consistent);
          if (item != null) {
            items.add(
                ValueWriter.writeItem(
                    of.projection() == null ? item : of.projection().apply(item)));
          }
        }
      }
    }
    ObjectNode answer = Json.object();
    answer.set("Responses", responses);
    answer.set("UnprocessedKeys", unprocessed);
    capacity.writeAll(answer);
    return answer;
  }

  /** Gives back the keys from a position on, with what the caller needs to ask again. */
  private static void leave(ObjectNode unprocessed, TableKeys of, int from) {
    ObjectNode rest = of.request().deepCopy();
    ArrayNode keys = rest.putArray("Keys");
    for (int i = from; i < of.keys().size(); i++) {
      keys.add(of.request().path("Keys").get(i));
    }
    unprocessed.set(of.table(), rest);
  }

  private record BoundWrite(Table table, Item key, ItemWrite write) {}

  private ObjectNode write(ObjectNode request) {
    List<ItemWrite> writes = writes((ObjectNode) request.get(REQUEST_ITEMS));
    List<BoundWrite> bound = bind(writes);
    CapacityReport capacity = CapacityReport.of(request);
    for (BoundWrite one : bound) {
      String name = one.write().table();
      capacity.of(name).addWrite(ItemOperations.execute(one.table(), one.key(), one.write()));
      capacity.changed(name, one.table(), one.key());
    }
    ObjectNode answer = Json.object();
    answer.set("UnprocessedItems", Json.object());
    capacity.writeAll(answer);
    return answer;
  }

  private static List<ItemWrite> writes(ObjectNode requestItems) {
    var writes = new ArrayList<ItemWrite>();
    for (Map.Entry<String, JsonNode> entry : requestItems.properties()) {
      if (entry.getValue().isEmpty()) {
        throw ValidationFault.bare(
            "The batch write request list for a table cannot be null or empty: " + entry.getKey());
      }
      for (JsonNode request : entry.getValue()) {
        writes.add(write(entry.getKey(), request));
      }
    }
    if (writes.size() > MAX_WRITES) {
      throw ValidationFault.bare("Too many items requested for the BatchWriteItem call");
    }
    return writes;
  }

  private static ItemWrite write(String table, JsonNode request) {
    boolean puts = request.hasNonNull("PutRequest");
    if (puts == request.hasNonNull("DeleteRequest")) {
      // AWS says the same of a request without either.
      throw ValidationFault.bare(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
              + " supported datatypes");
    }
    if (puts) {
      Item item = ValueReader.readItem(request.get("PutRequest").get("Item"));
      WriteReader.requireSize(item);
      return new ItemWrite.Put(table, item, null, false);
    }
    return new ItemWrite.Delete(
        table, ValueReader.readItem(request.get("DeleteRequest").get("Key")), null, false);
  }

  private List<BoundWrite> bind(List<ItemWrite> writes) {
    var bound = new ArrayList<BoundWrite>();
    for (ItemWrite write : writes) {
      bound.add(new BoundWrite(tables.require(write.table()), Item.EMPTY, write));
    }
    var seen = new HashSet<Map.Entry<Table, Item>>();
    bound.replaceAll(
        one -> {
          Item key = key(one);
          if (!seen.add(Map.entry(one.table(), key))) {
            throw ValidationFault.bare(DUPLICATES);
          }
          return new BoundWrite(one.table(), key, one.write());
        });
    return bound;
  }

  private static Item key(BoundWrite one) {
    if (one.write() instanceof ItemWrite.Put put) {
      var keys = one.table().data().keys();
      keys.requireBatchItem(put.given());
      return keys.of(put.given());
    }
    return one.write().key(one.table());
  }
}
