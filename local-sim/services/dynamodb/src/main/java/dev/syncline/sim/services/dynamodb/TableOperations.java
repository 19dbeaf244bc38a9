// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.dynamodb.TableDescription.Billing;
import dev.syncline.sim.services.dynamodb.TableDescription.Options;
import dev.syncline.sim.services.dynamodb.data.IndexSchema;
import dev.syncline.sim.services.dynamodb.data.KeySchema;
import dev.syncline.sim.services.dynamodb.values.AttributeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The operations that create, read and delete tables. Thread-safe. */
final class TableOperations {
  private static final int MAX_LISTED = 100;

  private final SimClock clock;
  private final Ids ids;
  private final TableStore store;
  private final RequestConstraints constraints;
  private final RoomParts parts;

  TableOperations(RoomParts parts) {
    this.clock = parts.clock();
    this.ids = parts.ids();
    this.store = parts.store();
    this.constraints = parts.constraints();
    this.parts = parts;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of(
            """
            CreateTable: TableName, AttributeDefinitions, KeySchema, LocalSecondaryIndexes,
              GlobalSecondaryIndexes, BillingMode, ProvisionedThroughput, OnDemandThroughput,
              WarmThroughput, StreamSpecification, SSESpecification, Tags, TableClass,
              DeletionProtectionEnabled, ResourcePolicy
            """,
            this::create),
        Operation.of("DescribeTable: TableName", this::describe),
        Operation.of("ListTables: ExclusiveStartTableName, Limit", this::list),
        Operation.of("DeleteTable: TableName", this::delete));
  }

  private Output create(Input input, CallContext context) {
    constraints.check("CreateTable", input);
    String name = newName(input.requiredText("TableName"));
    Billing billing = ThroughputRules.create(input, clock.now());
    Map<String, AttributeType> attributes = TableRules.definitions(input);
    KeySchema key = TableRules.tableKey(input, attributes);
    List<TableIndex> indexes = indexes(input, key, attributes, billing.onDemand());
    String viewType = OptionRules.stream(input).orElse("");
    Options options =
        new Options(
            null,
            OptionRules.encryption(input, context),
            input.text("TableClass").orElse(null),
            input.bool("DeletionProtectionEnabled", false),
            null);
    TableFeatures features = TableFeatures.NONE.withTags(TagRules.read(input));
    features = PolicyRules.withPolicy(features, store.arn(name), input, ids);
    if (store.find(name) != null) {
      throw DynamoDbErrors.tableExists(name);
    }
    var table =
        new Table(
            new TableDescription(
                name,
                store.arn(name),
                ids.uuid().toString(),
                clock.now(),
                TableDescription.CREATING,
                attributes,
                key,
                indexes,
                billing,
                options),
            features,
            parts.streams().listener(store.arn(name)));
    store.add(table);
    parts.events().created(name);
    if (!viewType.isEmpty()) {
      parts.streams().enable(table, viewType);
    }
    ObjectNode json = Json.object();
    json.set("TableDescription", table.json(clock.now()));
    parts.lifecycle().settle(table);
    return Output.of(json);
  }

  /** The name of a new table, which may be given as its ARN here. */
  private String newName(String nameOrArn) {
    String name = store.nameOf(nameOrArn);
    if (!ShapeRules.isTableName(name)) {
      throw DynamoDbErrors.constraints(List.of(ShapeRules.notATableName(name)));
    }
    return name;
  }

  private static List<TableIndex> indexes(
      Input input, KeySchema key, Map<String, AttributeType> attributes, boolean onDemand) {
    var all = new ArrayList<TableIndex>();
    List<Input> globals = input.structures("GlobalSecondaryIndexes");
    int global = 0;
    for (IndexSchema schema : TableRules.indexes(input, key, attributes)) {
      Throughput throughput =
          schema.global()
              ? ThroughputRules.index(globals.get(global++), onDemand)
              : Throughput.ON_DEMAND;
      all.add(new TableIndex(schema, throughput, TableDescription.CREATING, false));
    }
    return all;
  }

  private Output describe(Input input, CallContext context) {
    constraints.check("DescribeTable", input);
    Table table = store.described(input.requiredText("TableName"));
    ObjectNode json = Json.object();
    json.set("Table", table.json(clock.now()));
    return Output.of(json);
  }

  private Output list(Input input, CallContext context) {
    constraints.check("ListTables", input);
    int limit = input.integer("Limit").orElse(MAX_LISTED);
    ObjectNode json = Json.object();
    ArrayNode names = json.putArray("TableNames");
    for (String name : store.names(input.text("ExclusiveStartTableName").orElse(null))) {
      if (names.size() == limit) {
        json.put("LastEvaluatedTableName", names.get(limit - 1).asText());
        break;
      }
      names.add(name);
    }
    return Output.of(json);
  }

  private Output delete(Input input, CallContext context) {
    constraints.check("DeleteTable", input);
    Table table = store.described(input.requiredText("TableName"));
    TableDescription deleted =
        table.describe(
            before -> {
              TableGuard.requireActive(before);
              if (before.options().deletionProtected()) {
                throw DynamoDbErrors.deletionProtected();
              }
              return before.withStatus(TableDescription.DELETING);
            });
    if (deleted.streamViewType() != null) {
      parts.streams().disable(table);
    }
    ObjectNode json = Json.object();
    json.set("TableDescription", DescriptionJson.deleted(deleted, clock.now()));
    parts.lifecycle().delete(table);
    return Output.of(json);
  }
}
