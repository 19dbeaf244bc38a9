// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodbstreams;

import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CoralDialect;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.contract.TableStreams;
import dev.syncline.sim.service.state.ServiceState;
import java.util.Set;
import java.util.function.Supplier;

/** Amazon DynamoDB Streams, as the package describes it. Thread-safe. */
public final class DynamoDbStreamsService extends RoomService {
  /** DynamoDB's own dialect. */
  private static final Protocol PROTOCOL =
      new Protocol.AwsJson(
          "DynamoDBStreams_20120810",
          "1.0",
          CoralDialect.of(
              "com.amazonaws.dynamodb.v20120810",
              Set.of(),
              Set.of("application/x-amz-json-1.0", "application/json")));

  /** Reads the streams that the contract gives. */
  public DynamoDbStreamsService(SimClock clock, Supplier<TableStreams> streams) {
    super(
        "dynamodb",
        "Amazon DynamoDB Streams",
        PROTOCOL,
        ServiceParts.of(
                ServiceState.NONE,
                new StreamOperations(streams).operations(),
                new RecordOperations(clock, streams).operations())
            .with(new StreamsAccess()));
  }

  @Override
  public String id() {
    return DynamoDbStreamsProvider.ID;
  }

  @Override
  public String hostPrefix() {
    return "streams.dynamodb";
  }
}
