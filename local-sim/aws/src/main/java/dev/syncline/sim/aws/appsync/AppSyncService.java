// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.appsync;

import dev.syncline.sim.aws.port.HttpEndpoint;
import dev.syncline.sim.aws.port.WebSocketEndpoint;
import dev.syncline.sim.aws.service.AwsService;
import dev.syncline.sim.aws.service.Operation;
import dev.syncline.sim.aws.service.Protocol;
import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.events.PublishRules;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import java.util.List;
import java.util.stream.Stream;

/**
 * AppSync Events. APIs that verify API keys; anything else is refused by name.
 *
 * <p>Fault places: {@code appsync.subscribe} after a subscribe was found good and before it begins
 * (details {@code channel}; takes Delay, Refuse, Disconnect), {@code appsync.delivery} before an
 * event goes to one subscription (details {@code channel}; takes Delay, Drop, Duplicate, Corrupt,
 * Disconnect).
 *
 * <p>Thread-safe.
 */
public final class AppSyncService implements AwsService {
  private final List<Operation> operations;
  private final HttpEndpoint httpEndpoint;
  private final WebSocketEndpoint webSocketEndpoint;

  /** The service with AWS's limits. */
  public AppSyncService(
      SimClock clock, Ids ids, Journal journal, FaultPlan faults, String account, String region) {
    this(clock, ids, journal, faults, account, region, EventsLimits.AWS);
  }

  /** The service with limits of one's own. */
  public AppSyncService(
      SimClock clock,
      Ids ids,
      Journal journal,
      FaultPlan faults,
      String account,
      String region,
      EventsLimits limits) {
    var store = new ApiStore(clock, ids, account, region);
    var rules = new PublishRules(limits, ids);
    var broadcaster = new Broadcaster(clock, journal, faults);
    var finder = new ApiFinder(store);
    this.operations =
        Stream.of(
                new ApiOperations(store).list(),
                new NamespaceOperations(store).list(),
                new ApiKeyOperations(store, clock, ids).list(),
                new TagOperations(store).list())
            .flatMap(List::stream)
            .toList();
    this.httpEndpoint = new PublishEndpoint(clock, ids, journal, finder, rules, broadcaster);
    this.webSocketEndpoint =
        new RealtimeEndpoint(clock, ids, journal, faults, finder, rules, broadcaster, limits);
  }

  @Override
  public String signingName() {
    return "appsync";
  }

  @Override
  public String title() {
    return "AWS AppSync Events";
  }

  @Override
  public Protocol protocol() {
    return new Protocol.RestJson();
  }

  @Override
  public List<Operation> operations() {
    return operations;
  }

  /** {@code POST /event} of every API. */
  public HttpEndpoint httpEndpoint() {
    return httpEndpoint;
  }

  /** {@code /event/realtime} of every API. */
  public WebSocketEndpoint webSocketEndpoint() {
    return webSocketEndpoint;
  }
}
