// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.dynamodb.TableDescription.Billing;
import dev.syncline.sim.services.dynamodb.TableDescription.Options;
import dev.syncline.sim.services.dynamodb.TableDescription.Restored;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The operations that restore a table: from a backup, and to the latest point in time. As at AWS
 * the new table has no tags, no stream, no time to live and no backups. Thread-safe.
 */
record RestoreOperations(RoomParts parts) {
  private static final String LOCAL = "LocalSecondaryIndexOverride";
  private static final String GLOBAL = "GlobalSecondaryIndexOverride";
  private static final String SSE = "SSESpecificationOverride";

  List<Operation> operations() {
    return List.of(
        Operation.of(
            """
            RestoreTableFromBackup: TargetTableName, BackupArn, BillingModeOverride,
              ProvisionedThroughputOverride, LocalSecondaryIndexOverride,
              GlobalSecondaryIndexOverride, SSESpecificationOverride
            """,
            this::fromBackup),
        Operation.of(
            """
            RestoreTableToPointInTime: TargetTableName, SourceTableName, SourceTableArn,
              UseLatestRestorableTime, RestoreDateTime, BillingModeOverride,
              ProvisionedThroughputOverride, LocalSecondaryIndexOverride,
              GlobalSecondaryIndexOverride, SSESpecificationOverride
            """,
            this::toPointInTime));
  }

  private Output fromBackup(Input input, CallContext context) {
    parts.constraints().check("RestoreTableFromBackup", input);
    Backup backup = parts.backups().require(input.requiredText("BackupArn"));
    return restore(
        input,
        context,
        backup.details().table(),
        new Restored(backup.details().table().arn(), backup.arn(), backup.details().created()),
        backup.rows());
  }

  private Output toPointInTime(Input input, CallContext context) {
    parts.constraints().check("RestoreTableToPointInTime", input);
    String source = input.text("SourceTableName").or(() -> input.text("SourceTableArn")).orElse("");
    Table table = parts.backedUp(source);
    if (table.features().recovery() == null) {
      throw DynamoDbErrors.pointInTimeRecoveryUnavailable(table.name());
    }
    if (!input.bool("UseLatestRestorableTime", false)) {
      throw DynamoDbErrors.unsupported(
          "RestoreDateTime: it restores to the latest time, with UseLatestRestorableTime");
    }
    return restore(
        input,
        context,
        table.description(),
        new Restored(table.arn(), null, parts.clock().now()),
        table.data().dump());
  }

  private Output restore(
      Input input, CallContext context, TableDescription source, Restored from, List<byte[]> rows) {
    String name = input.requiredText("TargetTableName");
    if (parts.store().find(name) != null) {
      throw DynamoDbErrors.targetTableExists(name);
    }
    Instant now = parts.clock().now();
    Billing billing = billing(input, source.billing(), now);
    Options options =
        Options.NONE
            .withTableClass(source.options().tableClass())
            .withEncryption(
                input.has(SSE)
                    ? OptionRules.ofSpecification(input.structure(SSE).orElseThrow(), context)
                    : source.options().encryption())
            .withRestored(from);
    List<TableIndex> indexes =
        source.indexes().stream()
            .filter(index -> isKept(index, input))
            .map(index -> index.withStatus(TableDescription.CREATING, false))
            .map(index -> billing.onDemand() ? index.withThroughput(Throughput.ON_DEMAND) : index)
            .toList();
    var table =
        new Table(
            new TableDescription(
                    name,
                    parts.store().arn(name),
                    parts.ids().uuid().toString(),
                    now,
                    TableDescription.CREATING,
                    source.attributes(),
                    source.key(),
                    indexes,
                    billing,
                    options)
                .withUsedAttributes(),
            TableFeatures.NONE,
            parts.streams().listener(parts.store().arn(name)));
    table.data().load(rows);
    parts.store().add(table);
    parts.events().created(name);
    ObjectNode json = Json.object();
    json.set("TableDescription", table.json(now));
    parts.lifecycle().settle(table);
    return Output.of(json);
  }

  private static Billing billing(Input input, Billing source, Instant now) {
    @Nullable String mode = input.text("BillingModeOverride").orElse(null);
    boolean onDemand = mode == null ? source.onDemand() : mode.equals("PAY_PER_REQUEST");
    boolean units = input.has("ProvisionedThroughputOverride");
    if (onDemand && units) {
      throw ThroughputRules.unitsOnDemand();
    }
    if (!onDemand && source.onDemand() && !units) {
      throw ThroughputRules.unitsRequired();
    }
    Throughput throughput =
        units
            ? ThroughputRules.provisioned(input.structure("ProvisionedThroughputOverride"))
            : onDemand == source.onDemand() ? source.throughput() : Throughput.ON_DEMAND;
    return new Billing(onDemand, throughput, onDemand ? now : null);
  }

  /** An override names the indexes to restore; without one all are restored. */
  private static boolean isKept(TableIndex index, Input input) {
    String override = index.schema().global() ? GLOBAL : LOCAL;
    if (!input.has(override)) {
      return true;
    }
    Set<String> names =
        input.structures(override).stream()
            .map(one -> one.requiredText("IndexName"))
            .collect(Collectors.toSet());
    return names.contains(index.name());
  }
}
