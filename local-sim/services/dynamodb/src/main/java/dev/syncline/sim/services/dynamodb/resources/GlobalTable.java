// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.ResourceException;
import java.util.List;

/** Turns the properties of a global table with one replica into those of a plain table. */
final class GlobalTable {
  /** What a replica has under the same name as a plain table. */
  private static final List<String> SAME =
      List.of(
          "PointInTimeRecoverySpecification",
          "ContributorInsightsSpecification",
          "TableClass",
          "DeletionProtectionEnabled",
          "Tags",
          "ResourcePolicy");

  private static final List<String> SETTINGS =
      List.of("WriteProvisionedThroughputSettings", "WriteOnDemandThroughputSettings");
  private static final String INDEXES = "GlobalSecondaryIndexes";

  private GlobalTable() {}

  /**
   * The properties of the plain table.
   *
   * @throws ResourceException for replicas other than one in the region
   */
  static ObjectNode plain(ObjectNode properties, String region) {
    ObjectNode replica = replica(properties, region);
    ObjectNode plain = properties.deepCopy();
    plain.remove("Replicas");
    plain.remove(SETTINGS);
    for (String member : SAME) {
      if (replica.has(member)) {
        plain.set(member, replica.get(member));
      }
    }
    boolean onDemand = properties.path("BillingMode").asText().equals("PAY_PER_REQUEST");
    throughput(plain, properties, replica, onDemand);
    ObjectNode reads = Differences.keyed(replica.path(INDEXES), "IndexName");
    for (JsonNode one : plain.path(INDEXES)) {
      ObjectNode index = (ObjectNode) one;
      ObjectNode given = index.deepCopy();
      index.remove(SETTINGS);
      JsonNode read = reads.path(index.path("IndexName").asText());
      throughput(index, given, read, onDemand);
      if (read.has("ContributorInsightsSpecification")) {
        index.set("ContributorInsightsSpecification", read.get("ContributorInsightsSpecification"));
      }
    }
    JsonNode key = replica.at("/SSESpecification/KMSMasterKeyId");
    if (plain.path("SSESpecification") instanceof ObjectNode encryption && key.isTextual()) {
      encryption.set("KMSMasterKeyId", key);
    }
    JsonNode policy = replica.at("/ReplicaStreamSpecification/ResourcePolicy");
    if (plain.path("StreamSpecification") instanceof ObjectNode stream && policy.isObject()) {
      stream.set("ResourcePolicy", policy);
    }
    return plain;
  }

  /** Whether there is one replica, in the region. */
  static boolean isSupported(ObjectNode properties, String region) {
    JsonNode replicas = properties.path("Replicas");
    return replicas.size() == 1 && replicas.get(0).path("Region").asText().equals(region);
  }

  private static ObjectNode replica(ObjectNode properties, String region) {
    if (!isSupported(properties, region)) {
      throw new ResourceException(
          "The simulator supports Replicas with one replica only, in its region " + region);
    }
    return (ObjectNode) properties.path("Replicas").get(0);
  }

  private static void throughput(
      ObjectNode plain, JsonNode writes, JsonNode reads, boolean onDemand) {
    if (onDemand) {
      JsonNode read = reads.at("/ReadOnDemandThroughputSettings/MaxReadRequestUnits");
      JsonNode write = writes.at("/WriteOnDemandThroughputSettings/MaxWriteRequestUnits");
      if (read.isNumber() || write.isNumber()) {
        ObjectNode limits = plain.putObject("OnDemandThroughput");
        put(limits, "MaxReadRequestUnits", read);
        put(limits, "MaxWriteRequestUnits", write);
      }
      return;
    }
    JsonNode settings = reads.path("ReadProvisionedThroughputSettings");
    JsonNode read =
        settings.has("ReadCapacityUnits")
            ? settings.get("ReadCapacityUnits")
            : initial(settings.path("ReadCapacityAutoScalingSettings"));
    JsonNode write =
        initial(writes.at("/WriteProvisionedThroughputSettings/WriteCapacityAutoScalingSettings"));
    if (read.isNumber() && write.isNumber()) {
      ObjectNode units = plain.putObject("ProvisionedThroughput");
      put(units, "ReadCapacityUnits", read);
      put(units, "WriteCapacityUnits", write);
    }
  }

  /** Nothing scales here: the capacity is what AWS begins with. */
  private static JsonNode initial(JsonNode scaling) {
    return scaling.has("SeedCapacity") ? scaling.get("SeedCapacity") : scaling.path("MinCapacity");
  }

  private static void put(ObjectNode target, String member, JsonNode value) {
    if (value.isNumber()) {
      target.set(member, value);
    }
  }
}
