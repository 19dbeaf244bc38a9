// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;

/**
 * The operation that shows Kinesis destinations. The simulator has no Kinesis streams, so that a
 * table never has a destination; the operations that set one are refused by name. Thread-safe.
 */
record KinesisDestinationOperations(RoomParts parts) {
  private static final String DESCRIBE = "DescribeKinesisStreamingDestination";

  List<Operation> operations() {
    return List.of(Operation.of("DescribeKinesisStreamingDestination: TableName", this::describe));
  }

  private Output describe(Input input, CallContext context) {
    parts.constraints().check(DESCRIBE, input);
    Table table = parts.store().described(input.requiredText("TableName"));
    ObjectNode json = Json.object().put("TableName", table.name());
    json.putArray("KinesisDataStreamDestinations");
    return Output.of(json);
  }
}
