// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.resource.NameSource;
import dev.syncline.sim.service.resource.ResourceState;
import dev.syncline.sim.service.resource.ServiceCalls;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The calls that make, set up and delete a table, from the properties of {@code
 * AWS::DynamoDB::Table}. Immutable.
 */
record TableCalls(ServiceCalls calls) {
  private static final String SERVICE = "dynamodb";
  private static final int MAX_NAME = 255;

  /** Properties that operations other than CreateTable set. */
  private static final List<String> LATER =
      List.of(
          "TimeToLiveSpecification",
          "PointInTimeRecoverySpecification",
          "ContributorInsightsSpecification",
          "ResourcePolicy",
          "StreamSpecification");

  ResourceState create(NameSource names, ObjectNode properties) {
    // The name is generated even if one is given, so that later ids do not depend on it.
    String generated = names.name(MAX_NAME);
    String name = properties.path("TableName").asText(generated);
    ObjectNode input = properties.deepCopy().put("TableName", name);
    input.remove(LATER);
    if (properties.has("StreamSpecification")) {
      input.set("StreamSpecification", stream(properties.get("StreamSpecification")));
    }
    indexes(input);
    call("CreateTable", input);
    ServiceCalls.finish(() -> setUp(name, properties), () -> delete(name));
    return state(name);
  }

  /** Removes from the global indexes what CreateTable does not take. */
  private static void indexes(ObjectNode input) {
    for (JsonNode index : input.path("GlobalSecondaryIndexes")) {
      ((ObjectNode) index).remove("ContributorInsightsSpecification");
    }
  }

  private void setUp(String name, ObjectNode properties) {
    awaitActive(name);
    new TableFeatureCalls(this, name, calls.input(), properties).apply();
  }

  /** The specification of the operations. */
  ObjectNode stream(JsonNode property) {
    ObjectNode stream = calls.input().put("StreamEnabled", true);
    stream.set("StreamViewType", property.get("StreamViewType"));
    return stream;
  }

  JsonNode call(String operation, ObjectNode input) {
    return calls.call(SERVICE, operation, input);
  }

  /** An input that names the table. */
  ObjectNode named(String name) {
    return calls.input().put("TableName", name);
  }

  JsonNode describe(String name) {
    return call("DescribeTable", named(name)).path("Table");
  }

  /** Changes the table and waits until it is active again. */
  void update(ObjectNode input) {
    call("UpdateTable", input);
    awaitActive(input.path("TableName").asText());
  }

  private void awaitActive(String name) {
    calls.await(
        "Table " + name,
        () -> {
          JsonNode table = describe(name);
          return isActive(table.path("TableStatus"))
              && allActive(table.withArray("GlobalSecondaryIndexes"));
        });
  }

  private static boolean allActive(ArrayNode indexes) {
    for (JsonNode index : indexes) {
      if (!isActive(index.path("IndexStatus"))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isActive(JsonNode status) {
    return status.asText().equals("ACTIVE");
  }

  /** What {@code Ref} and {@code Fn::GetAtt} give now. */
  ResourceState state(String name) {
    JsonNode table = describe(name);
    var attributes = new LinkedHashMap<String, JsonNode>();
    attributes.put("Arn", table.get("TableArn"));
    attributes.put("TableId", table.get("TableId"));
    if (table.has("StreamSpecification")) {
      attributes.put("StreamArn", table.get("LatestStreamArn"));
    }
    return new ResourceState(name, attributes);
  }

  void delete(String name) {
    if (isGone(name)) {
      return;
    }
    calls.callUnlessGone(SERVICE, "DeleteTable", named(name));
    calls.await("The deletion of table " + name, () -> isGone(name));
  }

  private boolean isGone(String name) {
    try {
      describe(name);
      return false;
    } catch (AwsException error) {
      if (error.code().equals("ResourceNotFoundException")) {
        return true;
      }
      throw error;
    }
  }
}
