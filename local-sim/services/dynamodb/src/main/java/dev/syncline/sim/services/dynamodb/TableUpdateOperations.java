// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.dynamodb.TableDescription.Options;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** UpdateTable. Thread-safe. */
record TableUpdateOperations(RoomParts parts) {
  private static final String STREAM = "StreamSpecification";

  List<Operation> operations() {
    return List.of(
        Operation.of(
            """
            UpdateTable: TableName, AttributeDefinitions, BillingMode, ProvisionedThroughput,
              OnDemandThroughput, WarmThroughput, GlobalSecondaryIndexUpdates,
              StreamSpecification, SSESpecification, TableClass, DeletionProtectionEnabled,
              ReplicaUpdates
            """,
            this::update));
  }

  private Output update(Input input, CallContext context) {
    parts.constraints().check("UpdateTable", input);
    requireChange(input);
    ThroughputUpdate.requireUnits(input);
    List<IndexUpdate> updates = IndexUpdate.read(input);
    if (!input.list("ReplicaUpdates").isEmpty()) {
      throw DynamoDbErrors.unsupported("ReplicaUpdates, because it has one region");
    }
    Table table = parts.store().described(input.requiredText("TableName"));
    Optional<Input> stream = input.structure(STREAM);
    TableDescription described =
        table.describe(
            before -> {
              TableGuard.requireActive(before);
              IndexUpdate.requireOne(updates);
              stream.ifPresent(asked -> requireSwitch(before, asked));
              return changed(before, input, updates, context);
            });
    updates.forEach(update -> update.apply(table));
    stream.ifPresent(asked -> switchStream(table, asked));
    ObjectNode json = Json.object();
    json.set("TableDescription", table.json(parts.clock().now()));
    parts.lifecycle().settle(table);
    return Output.of(json);
  }

  private static void requireChange(Input input) {
    boolean any =
        Stream.of(
                "ProvisionedThroughput",
                "BillingMode",
                STREAM,
                "SSESpecification",
                "TableClass",
                "DeletionProtectionEnabled",
                "OnDemandThroughput",
                "WarmThroughput")
            .anyMatch(input::has);
    boolean lists =
        Stream.of("GlobalSecondaryIndexUpdates", "ReplicaUpdates")
            .anyMatch(member -> !input.list(member).isEmpty());
    if (!any && !lists) {
      throw DynamoDbErrors.validation(
          "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
              + " GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
    }
  }

  private TableDescription changed(
      TableDescription before, Input input, List<IndexUpdate> updates, CallContext context) {
    TableDescription table =
        new ThroughputUpdate(input, updates, parts.clock().now()).apply(before);
    for (IndexUpdate update : updates) {
      table = update.describe(table);
    }
    TableRules.requireProjected(table.schemas());
    Options options = table.options();
    if (input.has("SSESpecification")) {
      options = options.withEncryption(OptionRules.encryption(input, context));
    }
    if (input.has("TableClass")) {
      options = options.withTableClass(input.requiredText("TableClass"));
    }
    if (input.has("DeletionProtectionEnabled")) {
      options = options.withDeletionProtected(input.bool("DeletionProtectionEnabled", false));
    }
    return table.withOptions(options).withStatus(TableDescription.UPDATING);
  }

  private static void requireSwitch(TableDescription table, Input asked) {
    boolean enable = asked.bool("StreamEnabled", false);
    @Nullable String viewType = table.streamViewType();
    if (enable && viewType != null) {
      throw DynamoDbErrors.validation(
          "Table already has an enabled stream: TableName: " + table.name());
    }
    if (!enable && viewType == null) {
      throw DynamoDbErrors.validation("Table has no stream to disable: TableName: " + table.name());
    }
    if (enable != asked.has("StreamViewType")) {
      throw DynamoDbErrors.invalidParameter(
          enable
              ? "StreamViewType must be specified when StreamEnabled is true"
              : "StreamViewType must not be specified when StreamEnabled is false");
    }
  }

  private void switchStream(Table table, Input asked) {
    if (asked.bool("StreamEnabled", false)) {
      parts.streams().enable(table, asked.requiredText("StreamViewType"));
    } else {
      parts.streams().disable(table);
    }
  }
}
