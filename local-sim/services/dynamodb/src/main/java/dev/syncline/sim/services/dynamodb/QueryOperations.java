// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.services.dynamodb.data.PlannedRead;
import dev.syncline.sim.services.dynamodb.data.QueryPage;
import dev.syncline.sim.services.dynamodb.data.QueryRequest;
import dev.syncline.sim.services.dynamodb.data.ScanRequest;
import dev.syncline.sim.services.dynamodb.expressions.KeyCondition;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValueWriter;
import java.util.List;
import java.util.Objects;

/** Query and Scan. Thread-safe. */
record QueryOperations(TableStore tables, Requests requests) {
  List<Operation> operations() {
    return List.of(
        requests.operation(
            """
            Query: TableName, IndexName, Select, AttributesToGet, Limit, ConsistentRead,
              KeyConditions, QueryFilter, ConditionalOperator, ScanIndexForward,
              ExclusiveStartKey, ReturnConsumedCapacity, ProjectionExpression, FilterExpression,
              KeyConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues
            """,
            this::query),
        requests.operation(
            """
            Scan: TableName, IndexName, AttributesToGet, Limit, Select, ScanFilter,
              ConditionalOperator, ExclusiveStartKey, ReturnConsumedCapacity, TotalSegments,
              Segment, ProjectionExpression, FilterExpression, ExpressionAttributeNames,
              ExpressionAttributeValues, ConsistentRead
            """,
            this::scan));
  }

  private ObjectNode query(ObjectNode request) {
    ReadRequest read = ReadRequest.query(request);
    Table table = tables.require(read.table());
    table.requireReadable(read.options().index());
    KeyCondition condition = Objects.requireNonNull(read.condition());
    PlannedRead planned =
        table
            .data()
            .plan(
                new QueryRequest(
                    condition, request.path("ScanIndexForward").asBoolean(true), read.options()));
    read.requireFit(table, planned);
    QueryPage page = planned.page();
    CapacityReport capacity = CapacityReport.of(request);
    capacity.of(read.table()).addQuery(page, read.consistent());
    return answer(read, page, capacity);
  }

  private ObjectNode scan(ObjectNode request) {
    ReadRequest read = ReadRequest.scan(request);
    Table table = tables.require(read.table());
    table.requireReadable(read.options().index());
    PlannedRead planned =
        table
            .data()
            .plan(
                new ScanRequest(
                    request.path("Segment").asInt(0),
                    request.path("TotalSegments").asInt(1),
                    read.options()));
    read.requireFit(table, planned);
    QueryPage page = planned.page();
    CapacityReport capacity = CapacityReport.of(request);
    capacity
        .of(read.table())
        .addScan(page, read.consistent(), table.description().billing().onDemand());
    return answer(read, page, capacity);
  }

  private static ObjectNode answer(ReadRequest read, QueryPage page, CapacityReport capacity) {
    ObjectNode answer = Json.object();
    if (!read.select().equals("COUNT")) {
      ArrayNode items = answer.putArray("Items");
      for (Item item : page.items()) {
        items.add(
            ValueWriter.writeItem(
                read.projection() == null ? item : read.projection().apply(item)));
      }
    }
    answer.put("Count", page.items().size());
    answer.put("ScannedCount", page.scannedCount());
    Item last = page.lastKey();
    if (last != null) {
      answer.set("LastEvaluatedKey", ValueWriter.writeItem(last));
    }
    capacity.writeOne(answer);
    return answer;
  }
}
