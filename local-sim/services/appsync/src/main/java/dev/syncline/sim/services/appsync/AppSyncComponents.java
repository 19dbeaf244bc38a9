// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.events.PublishRules;
import dev.syncline.sim.events.Verifier;
import dev.syncline.sim.graphql.templates.ResolverTemplates;
import dev.syncline.sim.handlers.HandlerEngine;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.ServiceParts;
import dev.syncline.sim.service.Tolerances;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.WebSocketEndpoint;
import dev.syncline.sim.services.appsync.datasource.DataSourceCalls;
import java.util.List;
import java.util.function.Function;

/** The store, the data planes and the operations of the room, wired together. Thread-safe. */
final class AppSyncComponents {
  final HandlerEngine engine;
  final HttpEndpoint httpEndpoint;
  final WebSocketEndpoint webSocketEndpoint;
  final ServiceParts parts;

  /**
   * Components without APIs.
   *
   * @param account 12 digits
   * @param region the region of every API
   * @param verifier makes the verifier of signatures and tokens, given the hosts of an API by id
   * @param engine runs the code of handlers
   * @param sources carries out the requests of handlers
   * @param logs takes the log lines of handlers
   * @param tolerances what is not refused
   */
  AppSyncComponents(
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
      Tolerances tolerances) {
    this.engine = engine;
    var store = new ApiStore(clock, ids, account, region, limits);
    var handlers = new RunningHandlers(clock, store, engine, sources, logs, limits);
    var rules = new PublishRules(limits, ids);
    faults.declare(EventsFaults.places());
    Verifier verifies = verifier.apply(store::hosts);
    var broadcaster = new Broadcaster(clock, journal, faults);
    var gate = new PublishGate(clock, faults, verifies, handlers, broadcaster);
    var finder = new ApiFinder(store);
    this.httpEndpoint = new PublishEndpoint(clock, ids, journal, finder, rules, gate);
    this.webSocketEndpoint =
        new RealtimeEndpoint(
            ids,
            finder,
            rules,
            new RealtimeParts(clock, journal, faults, gate, verifies, handlers, limits));
    this.parts =
        ServiceParts.of(
            new ApisState(store, engine),
            new EventApiOperations(store).operations(),
            new NamespaceOperations(store, engine, limits).operations(),
            new DataSourceOperations(store, limits).operations(),
            new CodeOperations(engine, limits).operations(),
            new MappingTemplateOperations(
                    new ResolverTemplates(clock, ids.split("evaluated templates")))
                .operations(),
            new EventApiKeyOperations(store, clock, ids, limits, tolerances).operations(),
            new AppSyncTagOperations(store).operations());
  }
}
