// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.contract.ConnectionCredentials;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.eventbridge.resources.ConnectionResource;
import java.util.ArrayList;
import java.util.List;

/** Amazon EventBridge, as the package describes it. Thread-safe. */
public final class EventBridgeService implements AwsService, ResourceProvider {
  private final List<Operation> operations;
  private final ServiceState state;
  private final ConnectionCredentials.Source credentials;

  /**
   * The service, without connections.
   *
   * @param dispatcher calls Secrets Manager when a connection changes
   * @param account 12 digits
   */
  public EventBridgeService(
      SimClock clock,
      Ids ids,
      Journal journal,
      Dispatcher dispatcher,
      String account,
      String region) {
    var connections = new ConnectionStore();
    var all = new ArrayList<Operation>();
    all.addAll(
        new ConnectionOperations(clock, ids, connections, new ConnectionSecrets(dispatcher, ids))
            .operations());
    all.addAll(new EventOperations(ids, new EventBridgeEvents(journal)).operations());
    this.operations = List.copyOf(all);
    this.state = new EventBridgeState(connections);
    this.credentials = new ConnectionAuthorizer(connections, account, region);
  }

  @Override
  public String signingName() {
    return "events";
  }

  @Override
  public String title() {
    return "Amazon EventBridge";
  }

  @Override
  public Protocol protocol() {
    return new Protocol.AwsJson("AWSEvents", "1.1");
  }

  @Override
  public List<Operation> operations() {
    return operations;
  }

  @Override
  public ServiceState state() {
    return state;
  }

  /** The credentials of connections. */
  public ConnectionCredentials.Source credentials() {
    return credentials;
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(new ConnectionResource());
  }
}
