// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The operations on backups on demand. A backup is available at once. Thread-safe. */
record BackupOperations(RoomParts parts) {
  private static final int MAX_LISTED = 100;

  List<Operation> operations() {
    return List.of(
        Operation.of("CreateBackup: TableName, BackupName", this::create),
        Operation.of("DescribeBackup: BackupArn", this::describe),
        Operation.of("DeleteBackup: BackupArn", this::delete),
        Operation.of(
            """
            ListBackups: TableName, Limit, TimeRangeLowerBound, TimeRangeUpperBound,
              ExclusiveStartBackupArn, BackupType
            """,
            this::list));
  }

  private Output create(Input input, CallContext context) {
    parts.constraints().check("CreateBackup", input);
    Table table = parts.backedUp(input);
    Instant now = parts.clock().now();
    String id = String.format("%014d-%s", now.toEpochMilli(), parts.ids().hex(8));
    var backup =
        new Backup(
            new Backup.Details(
                table.arn() + "/backup/" + id,
                input.requiredText("BackupName"),
                now,
                table.description(),
                table.features(),
                table.data().sizeBytes()),
            table.data().dump());
    parts.backups().add(backup);
    ObjectNode json = Json.object();
    json.set("BackupDetails", details(backup.details(), "CREATING"));
    return Output.of(json);
  }

  private static ObjectNode details(Backup.Details backup, String status) {
    ObjectNode json = Json.object();
    json.put("BackupArn", backup.arn());
    json.put("BackupName", backup.name());
    json.put("BackupSizeBytes", backup.bytes());
    json.put("BackupStatus", status);
    json.put("BackupType", "USER");
    json.set("BackupCreationDateTime", Json.epochSeconds(backup.created()));
    return json;
  }

  private Output describe(Input input, CallContext context) {
    parts.constraints().check("DescribeBackup", input);
    return Output.of(
        description(parts.backups().require(input.requiredText("BackupArn")), "AVAILABLE"));
  }

  private Output delete(Input input, CallContext context) {
    parts.constraints().check("DeleteBackup", input);
    Backup backup = parts.backups().require(input.requiredText("BackupArn"));
    parts.backups().remove(backup);
    return Output.of(description(backup, "DELETED"));
  }

  private static ObjectNode description(Backup backup, String status) {
    TableDescription table = backup.details().table();
    ObjectNode json = Json.object();
    ObjectNode description = json.putObject("BackupDescription");
    description.set("BackupDetails", details(backup.details(), status));
    ObjectNode source = description.putObject("SourceTableDetails");
    source.put("TableName", table.name());
    source.put("TableId", table.id());
    source.put("TableArn", table.arn());
    source.put("TableSizeBytes", backup.details().bytes());
    source.set("KeySchema", DescriptionJson.key(table.key()));
    source.set("TableCreationDateTime", Json.epochSeconds(table.created()));
    source.set("ProvisionedThroughput", units(table.billing().throughput()));
    source.put("ItemCount", backup.rows().size());
    source.put("BillingMode", table.billing().onDemand() ? "PAY_PER_REQUEST" : "PROVISIONED");
    description.set("SourceTableFeatureDetails", features(backup.details()));
    return json;
  }

  private static ObjectNode units(Throughput throughput) {
    return Json.object()
        .put("ReadCapacityUnits", throughput.read())
        .put("WriteCapacityUnits", throughput.write());
  }

  private static ObjectNode features(Backup.Details backup) {
    TableDescription table = backup.table();
    ObjectNode json = Json.object();
    for (boolean global : List.of(false, true)) {
      ArrayNode indexes = Json.array();
      for (TableIndex index : table.indexes(global)) {
        ObjectNode shown = indexes.addObject().put("IndexName", index.name());
        shown.set("KeySchema", DescriptionJson.key(index.schema().key()));
        shown.set("Projection", DescriptionJson.projection(index.schema().projection()));
        if (global) {
          shown.set("ProvisionedThroughput", units(index.throughput()));
        }
      }
      if (!indexes.isEmpty()) {
        json.set(global ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes", indexes);
      }
    }
    String viewType = table.streamViewType();
    if (viewType != null) {
      json.putObject("StreamDescription")
          .put("StreamEnabled", true)
          .put("StreamViewType", viewType);
    }
    json.set(
        "TimeToLiveDescription", TimeToLiveOperations.description(backup.features().timeToLive()));
    return json;
  }

  private Output list(Input input, CallContext context) {
    parts.constraints().check("ListBackups", input);
    int limit = input.integer("Limit").orElse(MAX_LISTED);
    ObjectNode json = Json.object();
    ArrayNode summaries = json.putArray("BackupSummaries");
    Optional<String> start = input.text("ExclusiveStartBackupArn");
    boolean started = start.isEmpty();
    for (Backup backup : parts.backups().all()) {
      if (!started) {
        started = backup.arn().equals(start.orElse(""));
      } else if (matches(backup.details(), input)) {
        if (summaries.size() == limit) {
          json.set("LastEvaluatedBackupArn", summaries.get(limit - 1).get("BackupArn"));
          break;
        }
        summaries.add(summary(backup.details()));
      }
    }
    return Output.of(json);
  }

  private boolean matches(Backup.Details backup, Input input) {
    Optional<String> table = input.text("TableName").map(parts.store()::nameOf);
    String type = input.text("BackupType").orElse("ALL");
    return table.filter(name -> !name.equals(backup.table().name())).isEmpty()
        && (type.equals("ALL") || type.equals("USER"))
        && input.time("TimeRangeLowerBound").filter(backup.created()::isBefore).isEmpty()
        && input
            .time("TimeRangeUpperBound")
            .filter(end -> !backup.created().isBefore(end))
            .isEmpty();
  }

  private static ObjectNode summary(Backup.Details backup) {
    ObjectNode json = Json.object();
    json.put("TableName", backup.table().name());
    json.put("TableId", backup.table().id());
    json.put("TableArn", backup.table().arn());
    json.setAll(details(backup, "AVAILABLE"));
    return json;
  }
}
