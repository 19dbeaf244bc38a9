// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.contract.TableStreams;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.settings.DynamoDbSettings;
import dev.syncline.sim.services.dynamodb.resources.GlobalTableResource;
import dev.syncline.sim.services.dynamodb.resources.TableResource;
import dev.syncline.sim.services.dynamodb.streams.StreamSwitch;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/** Amazon DynamoDB, as the package describes it. Thread-safe. */
public final class DynamoDbService extends RoomService implements ResourceProvider {
  private final TableStreams streams;

  /** The service without tables. */
  public DynamoDbService(ServiceContext context) {
    this(
        context.endpoint(),
        RoomParts.of(
            context, context.settings().get(DynamoDbSettings.class, DynamoDbSettings.DEFAULT)));
  }

  private DynamoDbService(Supplier<URI> endpoint, RoomParts parts) {
    super("dynamodb", "Amazon DynamoDB", DynamoDbWire.PROTOCOL, parts(endpoint, parts));
    this.streams = parts.streams().log();
  }

  private static ServiceParts parts(Supplier<URI> endpoint, RoomParts parts) {
    TableStore tables = parts.store();
    StreamSwitch streams = parts.streams().log();
    var requests = new Requests(parts.constraints());
    return ServiceParts.of(
            new DynamoDbState(parts),
            new TableOperations(parts).operations(),
            new TableUpdateOperations(parts).operations(),
            new TableTagOperations(parts).operations(),
            new TimeToLiveOperations(parts).operations(),
            new ContinuousBackupOperations(parts).operations(),
            new BackupOperations(parts).operations(),
            new RestoreOperations(parts).operations(),
            new ResourcePolicyOperations(parts).operations(),
            new ContributorInsightsOperations(parts).operations(),
            new KinesisDestinationOperations(parts).operations(),
            new AccountOperations(endpoint).operations(),
            new ItemOperations(tables, requests).operations(),
            new QueryOperations(tables, requests).operations(),
            new BatchOperations(tables, requests).operations(),
            new TransactionOperations(tables, streams, requests, parts.tokens()).operations(),
            new StatementOperations(tables, streams, requests, parts.tokens()).operations())
        .with(new DynamoDbAccess(tables));
  }

  @Override
  public AwsException throttled() {
    return DynamoDbErrors.throttled();
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
