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
 * The operations on Kinesis destinations. The simulator has no Kinesis streams, so that a table
 * never has a destination; enabling one is refused by name. Thread-safe.
 */
final class KinesisDestinationOperations {
  private static final String STREAM = "StreamArn";

  private final RoomParts parts;

  KinesisDestinationOperations(RoomParts parts) {
    this.parts = parts;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("DescribeKinesisStreamingDestination", this::describe, "TableName"),
        Operation.of(
            "EnableKinesisStreamingDestination",
            this::enable,
            "TableName",
            STREAM,
            "EnableKinesisStreamingConfiguration"),
        Operation.of(
            "DisableKinesisStreamingDestination",
            this::disable,
            "TableName",
            STREAM,
            "EnableKinesisStreamingConfiguration"),
        Operation.of(
            "UpdateKinesisStreamingDestination",
            this::update,
            "TableName",
            STREAM,
            "UpdateKinesisStreamingConfiguration"));
  }

  private Table table(String operation, Input input) {
    parts.constraints().check(operation, input);
    return parts.store().described(input.requiredText("TableName"));
  }

  private Output describe(Input input, CallContext context) {
    Table table = table("DescribeKinesisStreamingDestination", input);
    ObjectNode json = Json.object().put("TableName", table.name());
    json.putArray("KinesisDataStreamDestinations");
    return Output.of(json);
  }

  private Output enable(Input input, CallContext context) {
    table("EnableKinesisStreamingDestination", input);
    throw DynamoDbErrors.unsupported("Kinesis streams as the destination of a table's changes");
  }

  private Output disable(Input input, CallContext context) {
    table("DisableKinesisStreamingDestination", input);
    throw DynamoDbErrors.validation(
        "Table is not in a valid state to disable Kinesis Streaming Destination:"
            + " KinesisStreamingDestination must be ACTIVE to perform DISABLE operation.");
  }

  private Output update(Input input, CallContext context) {
    table("UpdateKinesisStreamingDestination", input);
    if (input.structure("UpdateKinesisStreamingConfiguration").map(Input::json).isEmpty()) {
      throw DynamoDbErrors.validation(
          "Streaming destination cannot be updated with given parameters:"
              + " UpdateKinesisStreamingConfiguration cannot be null or contain only null values");
    }
    throw DynamoDbErrors.validation(
        "Table is not in a valid state to update Kinesis Streaming Destination:"
            + " KinesisStreamingDestination must be ACTIVE to perform UPDATE operation.");
  }
}
