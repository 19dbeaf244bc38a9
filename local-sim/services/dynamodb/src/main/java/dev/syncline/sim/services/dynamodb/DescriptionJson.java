// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.dynamodb.TableDescription.LatestStream;
import dev.syncline.sim.services.dynamodb.TableDescription.Restored;
import dev.syncline.sim.services.dynamodb.data.KeyAttribute;
import dev.syncline.sim.services.dynamodb.data.KeySchema;
import dev.syncline.sim.services.dynamodb.data.Projection;
import dev.syncline.sim.services.dynamodb.values.AttributeType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes table descriptions as AWS's operations answer them. */
final class DescriptionJson {
  /** Warm throughput of an on-demand table, per second. */
  private static final Throughput.Units ON_DEMAND_WARM = new Throughput.Units(12_000, 4_000);

  private DescriptionJson() {}

  /** How many items a table or index has, and their bytes. */
  record Counts(long items, long bytes) {}

  /** Gives the counts of an index by its name, and of the table for the empty name. */
  @FunctionalInterface
  interface Counter {
    Counts of(String indexName);
  }

  static ObjectNode write(TableDescription table, Counter counter, Instant now) {
    ObjectNode json = Json.object();
    json.set("AttributeDefinitions", definitions(table.attributes()));
    json.put("TableName", table.name());
    json.set("KeySchema", key(table.key()));
    json.put("TableStatus", table.status());
    json.set("CreationDateTime", Json.epochSeconds(table.created()));
    json.set("ProvisionedThroughput", throughput(table.billing().throughput(), now));
    Counts counts = counter.of("");
    json.put("TableSizeBytes", counts.bytes());
    json.put("ItemCount", counts.items());
    json.put("TableArn", table.arn());
    json.put("TableId", table.id());
    billing(json, table);
    indexes(json, table, counter, now);
    stream(json, table);
    options(json, table);
    boolean ready = !table.status().equals(TableDescription.CREATING);
    capacity(json, table.billing().onDemand(), table.billing().throughput(), ready);
    return json;
  }

  /** What DeleteTable answers: neither keys nor indexes. */
  static ObjectNode deleted(TableDescription table, Instant now) {
    ObjectNode json = Json.object();
    json.put("TableName", table.name());
    json.put("TableStatus", TableDescription.DELETING);
    json.set("ProvisionedThroughput", throughput(table.billing().throughput(), now));
    json.put("TableSizeBytes", 0);
    json.put("ItemCount", 0);
    json.put("TableArn", table.arn());
    json.put("TableId", table.id());
    billing(json, table);
    stream(json, table);
    json.put("DeletionProtectionEnabled", table.options().deletionProtected());
    return json;
  }

  static ArrayNode definitions(Map<String, AttributeType> attributes) {
    ArrayNode list = Json.array();
    attributes.forEach(
        (name, type) ->
            list.addObject().put("AttributeName", name).put("AttributeType", type.name()));
    return list;
  }

  static ArrayNode key(KeySchema key) {
    ArrayNode list = Json.array();
    for (KeyAttribute attribute : key.hash()) {
      list.addObject().put("AttributeName", attribute.name()).put("KeyType", "HASH");
    }
    for (KeyAttribute attribute : key.range()) {
      list.addObject().put("AttributeName", attribute.name()).put("KeyType", "RANGE");
    }
    return list;
  }

  static ObjectNode projection(Projection projection) {
    ObjectNode json = Json.object();
    json.put("ProjectionType", projection.type().name());
    if (projection.type() == Projection.Type.INCLUDE) {
      json.set("NonKeyAttributes", Json.texts(projection.nonKeyAttributes()));
    }
    return json;
  }

  private static ObjectNode throughput(Throughput throughput, Instant now) {
    ObjectNode json = Json.object();
    Instant increased = throughput.increased();
    if (increased != null) {
      json.set("LastIncreaseDateTime", Json.epochSeconds(increased));
    }
    Instant decreased = throughput.decreased();
    if (decreased != null) {
      json.set("LastDecreaseDateTime", Json.epochSeconds(decreased));
    }
    json.put("NumberOfDecreasesToday", isToday(decreased, now) ? throughput.decreases() : 0);
    json.put("ReadCapacityUnits", throughput.read());
    json.put("WriteCapacityUnits", throughput.write());
    return json;
  }

  /** Whether the time lies on the present day, in UTC as AWS counts. */
  static boolean isToday(@Nullable Instant time, Instant now) {
    return time != null
        && time.atZone(ZoneOffset.UTC)
            .toLocalDate()
            .equals(now.atZone(ZoneOffset.UTC).toLocalDate());
  }

  private static void billing(ObjectNode json, TableDescription table) {
    Instant lastOnDemand = table.billing().lastOnDemand();
    boolean onDemand = table.billing().onDemand();
    if (!onDemand && lastOnDemand == null) {
      return;
    }
    ObjectNode summary = json.putObject("BillingModeSummary");
    summary.put("BillingMode", onDemand ? "PAY_PER_REQUEST" : "PROVISIONED");
    if (lastOnDemand != null && !table.status().equals(TableDescription.CREATING)) {
      summary.set("LastUpdateToPayPerRequestDateTime", Json.epochSeconds(lastOnDemand));
    }
  }

  private static void indexes(
      ObjectNode json, TableDescription table, Counter counter, Instant now) {
    for (boolean global : List.of(false, true)) {
      List<TableIndex> indexes = table.indexes(global);
      if (indexes.isEmpty()) {
        continue;
      }
      ArrayNode list = json.putArray(global ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes");
      for (TableIndex index : indexes) {
        list.add(index(table, index, counter.of(index.name()), now));
      }
    }
  }

  private static ObjectNode index(
      TableDescription table, TableIndex index, Counts counts, Instant now) {
    ObjectNode json = Json.object();
    json.put("IndexName", index.name());
    json.set("KeySchema", key(index.schema().key()));
    json.set("Projection", projection(index.schema().projection()));
    if (index.schema().global()) {
      json.put("IndexStatus", index.status());
      if (index.backfilling()) {
        json.put("Backfilling", true);
      }
      json.set("ProvisionedThroughput", throughput(index.throughput(), now));
    }
    json.put("IndexSizeBytes", counts.bytes());
    json.put("ItemCount", counts.items());
    json.put("IndexArn", table.arn() + "/index/" + index.name());
    if (index.schema().global()) {
      boolean ready = !index.status().equals(TableDescription.CREATING);
      capacity(json, table.billing().onDemand(), index.throughput(), ready);
    }
    return json;
  }

  private static void capacity(
      ObjectNode json, boolean onDemand, Throughput throughput, boolean ready) {
    Throughput.Units limits = throughput.onDemand();
    if (onDemand && limits != null) {
      json.putObject("OnDemandThroughput")
          .put("MaxReadRequestUnits", limits.read())
          .put("MaxWriteRequestUnits", limits.write());
    }
    if (ready) {
      Throughput.Units asked = throughput.warm();
      Throughput.Units usual =
          onDemand ? ON_DEMAND_WARM : new Throughput.Units(throughput.read(), throughput.write());
      json.putObject("WarmThroughput")
          .put("ReadUnitsPerSecond", asked == null ? usual.read() : asked.read())
          .put("WriteUnitsPerSecond", asked == null ? usual.write() : asked.write())
          .put("Status", TableDescription.ACTIVE);
    }
  }

  private static void stream(ObjectNode json, TableDescription table) {
    LatestStream stream = table.options().stream();
    if (stream == null) {
      return;
    }
    if (stream.viewType() != null) {
      json.putObject("StreamSpecification")
          .put("StreamEnabled", true)
          .put("StreamViewType", stream.viewType());
    }
    json.put("LatestStreamLabel", stream.label());
    json.put("LatestStreamArn", table.latestStreamArn());
  }

  private static void options(ObjectNode json, TableDescription table) {
    TableDescription.Options options = table.options();
    if (options.encryption() != null) {
      json.putObject("SSEDescription")
          .put("Status", "ENABLED")
          .put("SSEType", "KMS")
          .put("KMSMasterKeyArn", options.encryption().keyArn());
    }
    if (options.tableClass() != null) {
      json.putObject("TableClassSummary").put("TableClass", options.tableClass());
    }
    Restored restored = options.restored();
    if (restored != null) {
      ObjectNode summary = json.putObject("RestoreSummary");
      if (restored.backupArn() != null) {
        summary.put("SourceBackupArn", restored.backupArn());
      }
      summary.put("SourceTableArn", restored.sourceTableArn());
      summary.set("RestoreDateTime", Json.epochSeconds(restored.time()));
      summary.put("RestoreInProgress", table.status().equals(TableDescription.CREATING));
    }
    json.put("DeletionProtectionEnabled", options.deletionProtected());
  }
}
