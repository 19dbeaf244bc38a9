// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodbstreams;

import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.CoralDialect;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.contract.TableStreams;
import dev.syncline.sim.service.state.ServiceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Amazon DynamoDB Streams, as the package describes it. Thread-safe. */
public final class DynamoDbStreamsService implements AwsService {
  /** DynamoDB's own dialect. */
  private static final Protocol PROTOCOL =
      new Protocol.AwsJson(
          "DynamoDBStreams_20120810",
          "1.0",
          CoralDialect.of(
              "com.amazonaws.dynamodb.v20120810",
              Set.of(),
              Set.of("application/x-amz-json-1.0", "application/json")));

  private final List<Operation> operations;

  /** Reads the streams that the contract gives. */
  public DynamoDbStreamsService(SimClock clock, Supplier<TableStreams> streams) {
    var all = new ArrayList<Operation>();
    all.addAll(new StreamOperations(streams).operations());
    all.addAll(new RecordOperations(clock, streams).operations());
    this.operations = List.copyOf(all);
  }

  @Override
  public String id() {
    return DynamoDbStreamsProvider.ID;
  }

  @Override
  public String signingName() {
    return "dynamodb";
  }

  @Override
  public String hostPrefix() {
    return "streams.dynamodb";
  }

  @Override
  public String title() {
    return "Amazon DynamoDB Streams";
  }

  @Override
  public Protocol protocol() {
    return PROTOCOL;
  }

  @Override
  public List<Operation> operations() {
    return operations;
  }

  @Override
  public ServiceState state() {
    return ServiceState.NONE;
  }
}
