// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.ServiceContext;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.settings.DynamoDbSettings;
import dev.syncline.sim.service.state.ServiceState;
import java.util.ArrayList;
import java.util.List;

/** Amazon DynamoDB, as the package describes it. Thread-safe. */
public final class DynamoDbService implements AwsService, ResourceProvider {
  private final ServiceState state;
  private final List<Operation> operations;

  /** The service without tables. */
  public DynamoDbService(ServiceContext context, DynamoDbSettings settings) {
    var events = new DynamoDbEvents(context.journal());
    var store = new TableStore(context.account(), context.region());
    var lifecycle = new TableLifecycle(context.clock(), store, events, settings.activationDelay());
    var streams = new TableStreamSwitch(new StreamLabels(context.clock()), events);
    var constraints = new RequestConstraints(settings.wording());
    var all = new ArrayList<Operation>();
    all.addAll(
        new TableOperations(
                context.clock(), context.ids(), store, lifecycle, streams, constraints, events)
            .operations());
    this.state = new DynamoDbState(store, lifecycle, streams);
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

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of();
  }
}
