// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.events.PublishRules;
import dev.syncline.sim.events.Verifier;
import dev.syncline.sim.handlers.HandlerEngine;
import dev.syncline.sim.handlers.HandlerLimits;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.WebSocketEndpoint;
import dev.syncline.sim.service.resource.ResourceProvider;
import dev.syncline.sim.service.resource.ResourceType;
import dev.syncline.sim.service.state.ServiceState;
import dev.syncline.sim.services.appsync.datasource.DataSourceCalls;
import dev.syncline.sim.services.appsync.resources.AppSyncApiKeyResource;
import dev.syncline.sim.services.appsync.resources.AppSyncApiResource;
import dev.syncline.sim.services.appsync.resources.ChannelNamespaceResource;
import dev.syncline.sim.services.appsync.resources.DataSourceResource;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * AppSync Events: APIs, channel namespaces and keys, and the data plane that serves them.
 *
 * <p>Where it can be broken is in {@link EventsFaults}.
 *
 * <p>Thread-safe.
 */
public final class AppSyncService implements AwsService, ResourceProvider {
  private final List<Operation> operations;
  private final ServiceState state;
  private final HandlerEngine engine;
  private final List<HttpEndpoint> furtherEndpoints;
  private final HttpEndpoint httpEndpoint;
  private final WebSocketEndpoint webSocketEndpoint;

  /** A service that accepts API keys only. */
  public AppSyncService(
      SimClock clock,
      Ids ids,
      Journal journal,
      FaultPlan faults,
      String account,
      String region,
      EventsLimits limits) {
    this(
        clock,
        ids,
        journal,
        faults,
        account,
        region,
        limits,
        hosts -> Verifier.NONE,
        new HandlerEngine(clock, ids, HandlerLimits.DEFAULT),
        DataSourceCalls.NONE,
        (group, stream, time, line) -> {},
        List.of());
  }

  /**
   * The service.
   *
   * @param verifier makes what verifies signatures and tokens, given the hosts of an API by id
   * @param engine runs the code of handlers
   * @param sources carries out their requests
   * @param logs where they write to
   */
  public AppSyncService(
      SimClock clock,
      Ids ids,
      Journal journal,
      FaultPlan faults,
      String account,
      String region,
      EventsLimits limits,
      Function<Function<String, List<String>>, Verifier> verifier,
      HandlerEngine engine,
      DataSourceCalls sources,
      LogSink logs,
      List<HttpEndpoint> furtherEndpoints) {
    this.engine = engine;
    this.furtherEndpoints = List.copyOf(furtherEndpoints);
    var store = new ApiStore(clock, ids, account, region, limits);
    var handlers = new RunningHandlers(clock, store, engine, sources, logs, limits);
    var rules = new PublishRules(limits, ids);
    faults.declare(EventsFaults.places());
    Verifier verifies = verifier.apply(store::hosts);
    var broadcaster = new Broadcaster(clock, journal, faults);
    var gate = new PublishGate(clock, faults, verifies, handlers, broadcaster);
    var finder = new ApiFinder(store);
    this.operations =
        Stream.of(
                new EventApiOperations(store).operations(),
                new NamespaceOperations(store, engine, limits).operations(),
                new DataSourceOperations(store, limits).operations(),
                new CodeOperations(engine, limits).operations(),
                new EventApiKeyOperations(store, clock, ids, limits).operations(),
                new AppSyncTagOperations(store).operations())
            .flatMap(List::stream)
            .toList();
    this.httpEndpoint = new PublishEndpoint(clock, ids, journal, finder, rules, gate);
    this.state = new ApisState(store, engine);
    this.webSocketEndpoint =
        new RealtimeEndpoint(
            ids,
            finder,
            rules,
            new RealtimeParts(clock, journal, faults, gate, verifies, handlers, limits));
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

  @Override
  public AwsException throttled() {
    return AppSyncErrors.throttled();
  }

  @Override
  public ServiceState state() {
    return state;
  }

  @Override
  public List<ResourceType> resourceTypes() {
    return List.of(
        new AppSyncApiKeyResource(),
        new AppSyncApiResource(),
        new ChannelNamespaceResource(),
        new DataSourceResource());
  }

  @Override
  public List<HttpEndpoint> endpoints() {
    return Stream.concat(furtherEndpoints.stream(), Stream.of(httpEndpoint)).toList();
  }

  @Override
  public List<WebSocketEndpoint> webSocketEndpoints() {
    return List.of(webSocketEndpoint);
  }

  @Override
  public void close() {
    engine.close();
  }
}
