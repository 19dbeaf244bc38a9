// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.dynamodb.TableFeatures.TimeToLive;
import java.util.List;

/** The operations on the time to live of a table's items. Thread-safe. */
record TimeToLiveOperations(RoomParts parts) {
  private static final String SPECIFICATION = "TimeToLiveSpecification";

  List<Operation> operations() {
    return List.of(
        Operation.of("UpdateTimeToLive: TableName, TimeToLiveSpecification", this::update),
        Operation.of("DescribeTimeToLive: TableName", this::describe));
  }

  private Output update(Input input, CallContext context) {
    parts.constraints().check("UpdateTimeToLive", input);
    Table table = parts.store().described(input.requiredText("TableName"));
    Input asked = input.structure(SPECIFICATION).orElseThrow();
    boolean enable = asked.bool("Enabled", false);
    String attribute = asked.requiredText("AttributeName");
    table.feature(
        before -> {
          requireChange(before.timeToLive(), enable, attribute);
          return before.withTimeToLive(new TimeToLive(enable, attribute, parts.clock().now()));
        });
    if (enable) {
      parts.expiry().start(table, attribute);
    } else {
      parts.expiry().stop(table);
    }
    ObjectNode json = Json.object();
    json.putObject(SPECIFICATION).put("Enabled", enable).put("AttributeName", attribute);
    return Output.of(json);
  }

  private static void requireChange(TimeToLive before, boolean enable, String attribute) {
    if (before.enabled() && !attribute.equals(before.attribute())) {
      throw DynamoDbErrors.validation(
          "TimeToLive is active on a different AttributeName: current AttributeName is "
              + before.attribute());
    }
    if (before.enabled() == enable) {
      throw DynamoDbErrors.validation("TimeToLive is already " + (enable ? "enabled" : "disabled"));
    }
  }

  private Output describe(Input input, CallContext context) {
    parts.constraints().check("DescribeTimeToLive", input);
    Table table = parts.store().described(input.requiredText("TableName"));
    ObjectNode json = Json.object();
    json.set("TimeToLiveDescription", description(table.features().timeToLive()));
    return Output.of(json);
  }

  static ObjectNode description(TimeToLive timeToLive) {
    ObjectNode json = Json.object();
    json.put("TimeToLiveStatus", timeToLive.enabled() ? "ENABLED" : "DISABLED");
    if (timeToLive.enabled()) {
      json.put("AttributeName", timeToLive.attribute());
    }
    return json;
  }
}
