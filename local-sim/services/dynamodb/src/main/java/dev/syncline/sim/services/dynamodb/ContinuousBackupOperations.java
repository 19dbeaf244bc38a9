// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.dynamodb.TableFeatures.Recovery;
import java.util.List;

/** The operations on point-in-time recovery. Thread-safe. */
record ContinuousBackupOperations(RoomParts parts) {
  private static final String SPECIFICATION = "PointInTimeRecoverySpecification";
  private static final int MAX_DAYS = 35;

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "UpdateContinuousBackups: TableName, PointInTimeRecoverySpecification", this::update),
        Operation.of("DescribeContinuousBackups: TableName", this::describe));
  }

  private Output update(Input input, CallContext context) {
    parts.constraints().check("UpdateContinuousBackups", input);
    Table table = parts.backedUp(input);
    Input asked = input.structure(SPECIFICATION).orElseThrow();
    boolean enable = asked.bool("PointInTimeRecoveryEnabled", false);
    if (!enable && asked.has("RecoveryPeriodInDays")) {
      throw DynamoDbErrors.invalidParameter(
          "RecoveryPeriodInDays cannot be specified when PointInTimeRecoveryEnabled is false");
    }
    table.feature(
        before -> {
          Recovery present = before.recovery();
          int days =
              asked
                  .integer("RecoveryPeriodInDays")
                  .orElse(present == null ? MAX_DAYS : present.days());
          return before.withRecovery(
              enable
                  ? new Recovery(present == null ? parts.clock().now() : present.since(), days)
                  : null);
        });
    return Output.of(description(table));
  }

  private Output describe(Input input, CallContext context) {
    parts.constraints().check("DescribeContinuousBackups", input);
    return Output.of(description(parts.backedUp(input)));
  }

  private ObjectNode description(Table table) {
    ObjectNode json = Json.object();
    ObjectNode backups = json.putObject("ContinuousBackupsDescription");
    backups.put("ContinuousBackupsStatus", "ENABLED");
    ObjectNode recovery = backups.putObject("PointInTimeRecoveryDescription");
    Recovery present = table.features().recovery();
    recovery.put("PointInTimeRecoveryStatus", present == null ? "DISABLED" : "ENABLED");
    if (present != null) {
      recovery.put("RecoveryPeriodInDays", present.days());
      recovery.set("EarliestRestorableDateTime", Json.epochSeconds(present.since()));
      recovery.set("LatestRestorableDateTime", Json.epochSeconds(parts.clock().now()));
    }
    return json;
  }
}
