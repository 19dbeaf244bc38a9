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
import java.util.Arrays;
import java.util.Map;

/**
 * A change of a table in place: one UpdateTable for each kind of change, as the service asks for.
 * What UpdateTable refuses to set again is compared with the table as it is, so that a change that
 * failed half-way can be reverted.
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
    var table = new TableCalls(calls);
    JsonNode actual = table.describe(name);
    ObjectNode old = Differences.keyed(actual.path(INDEXES), "IndexName");
    ObjectNode wanted = Differences.keyed(after.path(INDEXES), "IndexName");
    requireOneIndex(old, wanted);
    for (JsonNode gone : Differences.removed(old, wanted)) {
      ObjectNode input = table.named(name);
      input.putArray(UPDATES).addObject().putObject("Delete").put("IndexName", gone.asText());
      table.update(input);
    }
    throughput(table, actual, old, wanted);
    for (Map.Entry<String, JsonNode> index : wanted.properties()) {
      if (!old.has(index.getKey())) {
        create(table, index.getValue());
      }
    }
    stream(table, actual);
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
      JsonNode present = old.path(index.getKey());
      if (present.isObject()
          && !(present.path("KeySchema").equals(index.getValue().path("KeySchema"))
              && present.path("Projection").equals(index.getValue().path("Projection")))) {
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

  private void throughput(TableCalls table, JsonNode actual, ObjectNode old, ObjectNode wanted) {
    boolean onDemand = isOnDemand(after.path("BillingMode"));
    ObjectNode input = table.named(name);
    boolean newMode = isOnDemand(actual.at("/BillingModeSummary/BillingMode")) != onDemand;
    if (newMode) {
      input.put("BillingMode", onDemand ? "PAY_PER_REQUEST" : "PROVISIONED");
    }
    change(input, actual, before, after, onDemand);
    ObjectNode oldProperties = Differences.keyed(before.path(INDEXES), "IndexName");
    ArrayNode updates = calls.input().putArray(UPDATES);
    for (Map.Entry<String, JsonNode> index : wanted.properties()) {
      JsonNode present = old.path(index.getKey());
      if (present.isObject()) {
        ObjectNode update = calls.input();
        JsonNode oldIndex = oldProperties.path(index.getKey());
        change(update, present, oldIndex, index.getValue(), onDemand);
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

  private static boolean isOnDemand(JsonNode mode) {
    return mode.asText().equals("PAY_PER_REQUEST");
  }

  /** The throughput that differs; a limit that is gone is removed by -1. */
  private static void change(
      ObjectNode input, JsonNode actual, JsonNode old, JsonNode wanted, boolean onDemand) {
    if (!onDemand
        && wanted.has(UNITS)
        && differs(actual, wanted, UNITS, 0, "ReadCapacityUnits", "WriteCapacityUnits")) {
      input.set(UNITS, wanted.get(UNITS));
    }
    String[] limitNames = {"MaxReadRequestUnits", "MaxWriteRequestUnits"};
    if (onDemand && differs(actual, wanted, ON_DEMAND, -1, limitNames)) {
      ObjectNode limits = input.putObject(ON_DEMAND);
      for (String member : limitNames) {
        limits.put(member, wanted.path(ON_DEMAND).path(member).asLong(-1));
      }
    }
    if (wanted.has(WARM) && !wanted.get(WARM).equals(old.path(WARM))) {
      input.set(WARM, wanted.get(WARM));
    }
  }

  /** Whether one of the numbers differs. */
  private static boolean differs(
      JsonNode actual, JsonNode wanted, String owner, long absent, String... members) {
    return Arrays.stream(members)
        .anyMatch(
            member ->
                actual.path(owner).path(member).asLong(absent)
                    != wanted.path(owner).path(member).asLong(absent));
  }

  /** A view type cannot be changed: the stream ends and another begins. */
  private void stream(TableCalls table, JsonNode actual) {
    JsonNode present = actual.path(STREAM).path("StreamViewType");
    JsonNode wanted = after.path(STREAM).path("StreamViewType");
    if (present.equals(wanted)) {
      return;
    }
    var steps = new ArrayList<ObjectNode>();
    if (!present.isMissingNode()) {
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
