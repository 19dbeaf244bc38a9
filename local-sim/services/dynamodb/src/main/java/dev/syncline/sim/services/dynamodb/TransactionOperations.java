// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.services.dynamodb.data.TableData;
import dev.syncline.sim.services.dynamodb.expressions.ProjectionExpression;
import dev.syncline.sim.services.dynamodb.streams.StreamSwitch;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import dev.syncline.sim.services.dynamodb.values.ValueReader;
import dev.syncline.sim.services.dynamodb.values.ValueWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** TransactWriteItems and TransactGetItems. Thread-safe. */
record TransactionOperations(
    TableStore tables, StreamSwitch streams, Requests requests, TransactionTokens tokens) {
  private static final long MAX_PAYLOAD_BYTES = 4L << 20;
  private static final String ITEMS = "TransactItems";
  private static final String TOKEN = "ClientRequestToken";

  List<Operation> operations() {
    return List.of(
        requests.operation(
            """
            TransactWriteItems: TransactItems, ReturnConsumedCapacity,
              ReturnItemCollectionMetrics, ClientRequestToken
            """,
            this::write),
        requests.operation("TransactGetItems: TransactItems, ReturnConsumedCapacity", this::get));
  }

  private ObjectNode write(ObjectNode request) {
    var writes = new ArrayList<ItemWrite>();
    for (JsonNode action : request.path(ITEMS)) {
      writes.add(action(action));
    }
    requirePayload(writes);
    return tokens
        .once(
            "TransactWriteItems",
            request.path(TOKEN).asText(""),
            request,
            () -> new Transaction(tables, writes).commit(streams))
        .answer(CapacityReport.of(request));
  }

  private static void requirePayload(List<ItemWrite> writes) {
    long bytes = 0;
    for (ItemWrite write : writes) {
      bytes += Sizes.of(write.given());
    }
    if (bytes > MAX_PAYLOAD_BYTES) {
      throw ValidationFault.bare(
          "Transaction payload size cannot exceed 4MB. Payload Size: " + bytes);
    }
  }

  private static ItemWrite action(JsonNode action) {
    var kinds = new ArrayList<String>();
    action
        .properties()
        .forEach(
            entry -> {
              if (!entry.getValue().isNull()) {
                kinds.add(entry.getKey());
              }
            });
    if (kinds.isEmpty()) {
      throw ValidationFault.bare(
          "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request");
    }
    if (kinds.size() > 1) {
      throw ValidationFault.bare(
          "TransactItems can only contain one of Check, Put, Update or Delete");
    }
    ObjectNode of = withoutIdlePlaceholders((ObjectNode) action.get(kinds.getFirst()));
    return switch (kinds.getFirst()) {
      case "ConditionCheck" -> WriteReader.check(of);
      case "Put" -> WriteReader.put(of);
      case "Update" -> WriteReader.update(of, true);
      default -> WriteReader.delete(of);
    };
  }

  /** Unlike single operations, transactions accept names and values without an expression. */
  private static ObjectNode withoutIdlePlaceholders(ObjectNode action) {
    boolean hasExpression =
        action.hasNonNull(ExpressionParameters.CONDITION)
            || action.hasNonNull(ExpressionParameters.UPDATE)
            || action.hasNonNull(ExpressionParameters.PROJECTION);
    return hasExpression
        ? action
        : action
            .deepCopy()
            .without(List.of(ExpressionParameters.NAMES, ExpressionParameters.VALUES));
  }

  private record Read(
      String name, Table table, Item key, @Nullable ProjectionExpression projection) {}

  private ObjectNode get(ObjectNode request) {
    var reads = reads(request.path(ITEMS));
    List<TableData> locked = reads.stream().map(read -> read.table().data()).distinct().toList();
    CapacityReport capacity = CapacityReport.of(request);
    ArrayNode responses = Json.MAPPER.createArrayNode();
    TableData.locked(
        locked,
        () -> {
          for (Read read : reads) {
            Item item = read.table().data().get(read.key());
            capacity.of(read.name()).addTransactionGet(item);
            Item shown =
                item == null || read.projection() == null ? item : read.projection().apply(item);
            ObjectNode response = responses.addObject();
            if (shown != null && !shown.isEmpty()) {
              response.set("Item", ValueWriter.writeItem(shown));
            }
          }
          return responses;
        });
    ObjectNode answer = Json.object();
    answer.set("Responses", responses);
    capacity.writeAll(answer);
    return answer;
  }

  private List<Read> reads(JsonNode actions) {
    var projections = new ArrayList<@Nullable ProjectionExpression>();
    var keys = new ArrayList<Item>();
    for (JsonNode action : actions) {
      if (!(action.get("Get") instanceof ObjectNode given)) {
        throw ValidationFault.bare(
            "1 validation error detected: Value null at 'transactItems."
                + (keys.size() + 1)
                + ".member.get' failed to satisfy constraint: Member must not be null");
      }
      ObjectNode get = withoutIdlePlaceholders(given);
      var parameters =
          ExpressionParameters.of(get, List.of(ExpressionParameters.PROJECTION), List.of());
      keys.add(ValueReader.readItem(get.get("Key")));
      projections.add(parameters.projection());
      parameters.finish();
    }
    var reads = new ArrayList<Read>();
    var reasons = new CancellationReasons(keys.size());
    var seen = new HashSet<Map.Entry<Table, Item>>();
    boolean twice = false;
    for (int i = 0; i < keys.size(); i++) {
      String name = actions.get(i).get("Get").path("TableName").asText();
      Table table = tables.require(name);
      Item key = keys.get(i);
      try {
        table.data().keys().requireKey(key);
      } catch (ValidationFault fault) {
        reasons.validationError(i, fault);
      }
      twice |= !seen.add(Map.entry(table, key));
      reads.add(new Read(name, table, key, projections.get(i)));
    }
    if (twice) {
      throw ValidationFault.bare(Transaction.TWICE);
    }
    reasons.throwIfAny();
    return reads;
  }
}
