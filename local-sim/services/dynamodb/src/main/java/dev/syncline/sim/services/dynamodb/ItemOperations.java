// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.services.dynamodb.data.Change;
import dev.syncline.sim.services.dynamodb.data.Keys;
import dev.syncline.sim.services.dynamodb.expressions.ProjectionExpression;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValueReader;
import dev.syncline.sim.services.dynamodb.values.ValueWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PutItem, GetItem, UpdateItem and DeleteItem. Thread-safe. */
record ItemOperations(TableStore tables, Requests requests) {
  private static final String RETURN_VALUES = "ReturnValues";

  List<Operation> operations() {
    return List.of(
        requests.operation(
            """
            GetItem: TableName, Key, AttributesToGet, ConsistentRead, ReturnConsumedCapacity,
              ProjectionExpression, ExpressionAttributeNames
            """,
            this::get),
        requests.operation(
            """
            PutItem: TableName, Item, Expected, ReturnValues, ReturnConsumedCapacity,
              ReturnItemCollectionMetrics, ConditionalOperator, ConditionExpression,
              ExpressionAttributeNames, ExpressionAttributeValues,
              ReturnValuesOnConditionCheckFailure
            """,
            request -> write(request, WriteReader.put(request))),
        requests.operation(
            """
            UpdateItem: TableName, Key, AttributeUpdates, Expected, ConditionalOperator,
              ReturnValues, ReturnConsumedCapacity, ReturnItemCollectionMetrics,
              UpdateExpression, ConditionExpression, ExpressionAttributeNames,
              ExpressionAttributeValues, ReturnValuesOnConditionCheckFailure
            """,
            request -> write(request, WriteReader.update(request, false))),
        requests.operation(
            """
            DeleteItem: TableName, Key, Expected, ConditionalOperator, ReturnValues,
              ReturnConsumedCapacity, ReturnItemCollectionMetrics, ConditionExpression,
              ExpressionAttributeNames, ExpressionAttributeValues,
              ReturnValuesOnConditionCheckFailure
            """,
            request -> write(request, WriteReader.delete(request))));
  }

  private ObjectNode get(ObjectNode request) {
    var parameters =
        ExpressionParameters.of(
            request, List.of(ExpressionParameters.PROJECTION), List.of("AttributesToGet"));
    Item given = ValueReader.readItem(request.get("Key"));
    ProjectionExpression attributes = parameters.attributesToGet();
    ProjectionExpression expression = parameters.projection();
    ProjectionExpression projection = expression == null ? attributes : expression;
    parameters.finish();
    String name = request.path("TableName").asText();
    Table table = tables.require(name);
    Keys keys = table.data().keys();
    keys.requireKey(given);
    if (projection != null) {
      keys.requireScalarPaths(projection.nestedAttributes());
    }
    Item found = table.data().get(given);
    ObjectNode answer = Json.object();
    if (found != null) {
      answer.set(
          "Item", ValueWriter.writeItem(projection == null ? found : projection.apply(found)));
    }
    CapacityReport capacity = CapacityReport.of(request);
    capacity.of(name).addGet(found, request.path("ConsistentRead").asBoolean(false));
    capacity.writeOne(answer);
    return answer;
  }

  private ObjectNode write(ObjectNode request, ItemWrite write) {
    Table table = tables.require(write.table());
    Item key = write.key(table);
    Change change = execute(table, key, write);
    ObjectNode answer = Json.object();
    Item attributes = returned(request.path(RETURN_VALUES).asText("NONE"), write, change);
    if (attributes != null) {
      answer.set("Attributes", ValueWriter.writeItem(attributes));
    }
    CapacityReport capacity = CapacityReport.of(request);
    capacity.of(write.table()).addWrite(change);
    capacity.changed(write.table(), table, key);
    capacity.writeOne(answer);
    return answer;
  }

  /**
   * Makes one write.
   *
   * @throws AwsException {@code ConditionalCheckFailedException}
   */
  static Change execute(Table table, Item key, ItemWrite write) {
    return table
        .data()
        .write(
            key,
            before -> {
              requireCondition(write, before);
              return write.apply(table, key, before);
            });
  }

  private static void requireCondition(ItemWrite write, @Nullable Item before) {
    var condition = write.condition();
    if (condition != null && !condition.test(before == null ? Item.EMPTY : before)) {
      throw DynamoDbErrors.conditionFailed(write.returnsItemOnFailure() ? before : null);
    }
  }

  private static @Nullable Item returned(String asked, ItemWrite write, Change change) {
    Item before = change.before();
    Item after = change.after();
    return switch (asked) {
      case "ALL_OLD" -> before;
      case "ALL_NEW" -> after;
      case "UPDATED_OLD" -> part(updated(write, before));
      case "UPDATED_NEW" -> part(updated(write, after));
      default -> null;
    };
  }

  private static @Nullable Item updated(ItemWrite write, @Nullable Item item) {
    return item != null && write instanceof ItemWrite.Change change
        ? change.update().updated(item)
        : null;
  }

  private static @Nullable Item part(@Nullable Item item) {
    return item == null || item.isEmpty() ? null : item;
  }
}
