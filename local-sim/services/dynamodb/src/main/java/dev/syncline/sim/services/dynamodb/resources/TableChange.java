// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.resource.Differences;
import dev.syncline.sim.service.resource.ResourceException;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A change of a table in place: one UpdateTable for each kind of change, as the service asks for.
 *
 * @param before the properties of {@code AWS::DynamoDB::Table}
 */
record TableChange(ServiceCalls calls, String name, ObjectNode before, ObjectNode after) {
  private static final String INDEXES = "GlobalSecondaryIndexes";
  private static final String UPDATES = "GlobalSecondaryIndexUpdates";
  private static final String STREAM = "StreamSpecification";
  private static final String UNITS = "ProvisionedThroughput";
  private static final String ON_DEMAND = "OnDemandThroughput";
  private static final String WARM = "WarmThroughput";

  /** Whether an attribute that was defined has another type; then the table is replaced. */
  static boolean redefines(ObjectNode before, ObjectNode after) {
    ObjectNode wanted = Differences.keyed(after.path("AttributeDefinitions"), "AttributeName");
    for (JsonNode definition : before.path("AttributeDefinitions")) {
      JsonNode other = wanted.path(definition.path("AttributeName").asText());
      if (!other.isMissingNode()
          && !other.path("AttributeType").equals(definition.path("AttributeType"))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Carries it out.
   *
   * @throws ResourceException for more than one new or deleted index
   */
  ResourceState apply() {
    ObjectNode old = Differences.keyed(before.path(INDEXES), "IndexName");
    ObjectNode wanted = Differences.keyed(after.path(INDEXES), "IndexName");
    requireOneIndex(old, wanted);
    var table = new TableCalls(calls);
    for (JsonNode gone : Differences.removed(old, wanted)) {
      ObjectNode input = table.named(name);
      input.putArray(UPDATES).addObject().putObject("Delete").put("IndexName", gone.asText());
      table.update(input);
    }
    throughput(table, old, wanted);
    for (Map.Entry<String, JsonNode> index : wanted.properties()) {
      if (!old.has(index.getKey())) {
        create(table, index.getValue());
      }
    }
    stream(table);
    options(table);
    new TableFeatureCalls(table, name, before, after).apply();
    return table.state(name);
  }

  private static void requireOneIndex(ObjectNode old, ObjectNode wanted) {
    int changes = Differences.removed(old, wanted).size() + Differences.removed(wanted, old).size();
    if (changes > 1) {
      throw new ResourceException(
          "Cannot perform more than one GSI creation or deletion in a single update");
    }
    for (Map.Entry<String, JsonNode> index : wanted.properties()) {
      JsonNode other = old.path(index.getKey());
      if (other instanceof ObjectNode present
          && Differences.in(present, (ObjectNode) index.getValue(), "KeySchema", "Projection")) {
        throw new ResourceException(
            "Cannot update GSI's properties other than Provisioned Throughput and Contributor"
                + " Insights Specification. You can create a new GSI with a different name.");
      }
    }
  }

  private void create(TableCalls table, JsonNode index) {
    ObjectNode input = table.named(name);
    input.set("AttributeDefinitions", after.path("AttributeDefinitions"));
    ObjectNode create = index.deepCopy();
    create.remove("ContributorInsightsSpecification");
    input.putArray(UPDATES).addObject().set("Create", create);
    table.update(input);
  }

  private void throughput(TableCalls table, ObjectNode old, ObjectNode wanted) {
    boolean onDemand = isOnDemand(after);
    ObjectNode input = table.named(name);
    boolean newMode = isOnDemand(before) != onDemand;
    if (newMode) {
      input.put("BillingMode", onDemand ? "PAY_PER_REQUEST" : "PROVISIONED");
    }
    change(input, before, after, onDemand, newMode);
    ArrayNode updates = calls.input().putArray(UPDATES);
    for (Map.Entry<String, JsonNode> index : wanted.properties()) {
      if (old.path(index.getKey()) instanceof ObjectNode present) {
        ObjectNode update = calls.input();
        change(update, present, (ObjectNode) index.getValue(), onDemand, newMode);
        if (!update.isEmpty()) {
          update.put("IndexName", index.getKey());
          updates.addObject().set("Update", update);
        }
      }
    }
    if (!updates.isEmpty()) {
      input.set(UPDATES, updates);
    }
    if (input.size() > 1) {
      table.update(input);
    }
  }

  private static boolean isOnDemand(ObjectNode properties) {
    return properties.path("BillingMode").asText().equals("PAY_PER_REQUEST");
  }

  /** The throughput that differs; a limit that is gone is removed by -1. */
  private void change(
      ObjectNode input, ObjectNode old, ObjectNode wanted, boolean onDemand, boolean newMode) {
    if (!onDemand && wanted.has(UNITS) && (newMode || Differences.in(old, wanted, UNITS))) {
      input.set(UNITS, wanted.get(UNITS));
    }
    if (onDemand && Differences.in(old, wanted, ON_DEMAND)) {
      ObjectNode limits = input.putObject(ON_DEMAND);
      for (String member : List.of("MaxReadRequestUnits", "MaxWriteRequestUnits")) {
        limits.put(member, wanted.path(ON_DEMAND).path(member).asLong(-1));
      }
    }
    if (wanted.has(WARM) && Differences.in(old, wanted, WARM)) {
      input.set(WARM, wanted.get(WARM));
    }
  }

  /** A view type cannot be changed: the stream ends and another begins. */
  private void stream(TableCalls table) {
    JsonNode old = before.path(STREAM).path("StreamViewType");
    JsonNode wanted = after.path(STREAM).path("StreamViewType");
    if (old.equals(wanted)) {
      return;
    }
    var steps = new ArrayList<ObjectNode>();
    if (!old.isMissingNode()) {
      steps.add(calls.input().put("StreamEnabled", false));
    }
    if (!wanted.isMissingNode()) {
      steps.add(table.stream(after.get(STREAM)));
    }
    for (ObjectNode step : steps) {
      ObjectNode input = table.named(name);
      input.set(STREAM, step);
      table.update(input);
    }
  }

  private void options(TableCalls table) {
    ObjectNode input = table.named(name);
    if (Differences.in(before, after, "SSESpecification")) {
      JsonNode wanted = after.path("SSESpecification");
      input.set(
          "SSESpecification",
          wanted.path("Enabled").asBoolean() ? wanted : calls.input().put("Enabled", false));
    }
    if (Differences.in(before, after, "TableClass")) {
      input.put("TableClass", after.path("TableClass").asText("STANDARD"));
    }
    if (Differences.in(before, after, "DeletionProtectionEnabled")) {
      input.put("DeletionProtectionEnabled", after.path("DeletionProtectionEnabled").asBoolean());
    }
    if (input.size() > 1) {
      table.update(input);
    }
  }
}
