// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.contract.TableStreams;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.settings.DynamoDbSettings;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.dynamodb.resources.GlobalTableResource;
import dev.syncline.sim.services.dynamodb.resources.TableResource;
import java.util.ArrayList;
import java.util.List;

/** Amazon DynamoDB, as the package describes it. Thread-safe. */
public final class DynamoDbService implements AwsService, ResourceProvider {
  private final TableStreams streams;
  private final ServiceState state;
  private final List<Operation> operations;

  /** The service without tables. */
  public DynamoDbService(ServiceContext context, DynamoDbSettings settings) {
    var parts = RoomParts.of(context, settings);
    var all = new ArrayList<Operation>();
    all.addAll(new TableOperations(parts).operations());
    all.addAll(new TableUpdateOperations(parts).operations());
    all.addAll(new TableTagOperations(parts).operations());
    all.addAll(new TimeToLiveOperations(parts).operations());
    all.addAll(new ContinuousBackupOperations(parts).operations());
    all.addAll(new BackupOperations(parts).operations());
    all.addAll(new RestoreOperations(parts).operations());
    all.addAll(new ResourcePolicyOperations(parts).operations());
    all.addAll(new ContributorInsightsOperations(parts).operations());
    all.addAll(new KinesisDestinationOperations(parts).operations());
    all.addAll(new AccountOperations(context.endpoint()).operations());
    var requests = new Requests(parts.constraints());
    all.addAll(new ItemOperations(parts.store(), requests).operations());
    all.addAll(new QueryOperations(parts.store(), requests).operations());
    all.addAll(new BatchOperations(parts.store(), requests).operations());
    all.addAll(
        new TransactionOperations(parts.store(), parts.streams().log(), requests, parts.tokens())
            .operations());
    all.addAll(
        new StatementOperations(parts.store(), parts.streams().log(), requests, parts.tokens())
            .operations());
    this.streams = parts.streams().log();
    this.state = new DynamoDbState(parts);
    this.operations = List.copyOf(all);
  }

  @Override
  public String signingName() {
    return "dynamodb";
  }

  @Override
  public String title() {
    return "Amazon DynamoDB";
  }

  @Override
  public Protocol protocol() {
    return DynamoDbWire.PROTOCOL;
  }

  @Override
  public List<Operation> operations() {
    return operations;
  }

  @Override
  public AwsException throttled() {
    return DynamoDbErrors.throttled();
  }

  @Override
  public ServiceState state() {
    return state;
  }

  /** The streams of tables for other rooms. */
  public TableStreams streams() {
    return streams;
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new GlobalTableResource(), new TableResource());
  }
}
