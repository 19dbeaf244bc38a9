// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Dispatcher;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.RoomService;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.contract.ConnectionCredentials;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.services.eventbridge.resources.ConnectionResource;
import java.util.List;

/** Amazon EventBridge, as the package describes it. Thread-safe. */
public final class EventBridgeService extends RoomService implements ResourceProvider {
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
    this(clock, ids, journal, dispatcher, account, region, new ConnectionStore());
  }

  private EventBridgeService(
      SimClock clock,
      Ids ids,
      Journal journal,
      Dispatcher dispatcher,
      String account,
      String region,
      ConnectionStore connections) {
    super(
        "events",
        "Amazon EventBridge",
        new Protocol.AwsJson("AWSEvents", "1.1"),
        ServiceParts.of(
                new EventBridgeState(connections),
                new ConnectionOperations(
                        clock, ids, connections, new ConnectionSecrets(dispatcher, ids))
                    .operations(),
                new EventOperations(ids, new EventBridgeEvents(journal)).operations())
            .with(new EventsAccess(connections)));
    this.credentials = new ConnectionAuthorizer(connections, account, region);
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
