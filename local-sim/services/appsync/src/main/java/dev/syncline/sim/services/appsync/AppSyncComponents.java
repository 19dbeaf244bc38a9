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
import dev.syncline.sim.services.appsync.graphql.DomainNameOperations;
import dev.syncline.sim.services.appsync.graphql.DomainNameStore;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiRecord;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiStore;
import dev.syncline.sim.services.appsync.graphql.GraphqlApisState;
import dev.syncline.sim.services.appsync.graphql.GraphqlOperations;
import dev.syncline.sim.services.appsync.graphql.GraphqlUrls;
import dev.syncline.sim.services.appsync.graphql.data.GraphqlDataPlane;
import dev.syncline.sim.services.appsync.graphql.data.GraphqlOutside;
import java.util.List;
import java.util.function.Function;

/** The store, the data planes and the operations of the room, wired together. Thread-safe. */
final class AppSyncComponents {
  final HandlerEngine engine;
  final List<HttpEndpoint> httpEndpoints;
  final List<WebSocketEndpoint> webSocketEndpoints;
  final ServiceParts parts;
  final GraphqlUrls urls;

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
   * @param outside what GraphQL APIs need of the simulator
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
      Tolerances tolerances,
      GraphqlOutside outside) {
    this.engine = engine;
    var store = new ApiStore(clock, ids, account, region, limits);
    var handlers = new RunningHandlers(clock, store, engine, sources, logs, limits);
    var rules = new PublishRules(limits, ids);
    faults.declare(EventsFaults.places());
    Verifier verifies = verifier.apply(store::hosts);
    var broadcaster = new Broadcaster(clock, journal, faults);
    var gate = new PublishGate(clock, faults, verifies, handlers, broadcaster);
    var finder = new ApiFinder(store);
    var realtime =
        new RealtimeEndpoint(
            ids,
            finder,
            rules,
            new RealtimeParts(clock, journal, faults, gate, verifies, handlers, limits));
    var graphql = new GraphqlApiStore(clock, ids, account, region, limits.apis());
    var domains = new DomainNameStore();
    graphql.listen(
        new GraphqlApiStore.Listener() {
          @Override
          public void deleted(GraphqlApiRecord api) {
            domains.forget(api.apiId());
          }
        });
    this.urls = new GraphqlUrls(outside.ports(), outside.endpoint());
    var data =
        new GraphqlDataPlane(
            clock, ids, journal, faults, graphql, urls, engine, logs, limits, outside);
    this.httpEndpoints =
        List.of(data.httpEndpoint(), new PublishEndpoint(clock, ids, journal, finder, rules, gate));
    this.webSocketEndpoints = List.of(realtime, data.webSocketEndpoint());
    var apis = new SharedApis(store, graphql);
    this.parts =
        ServiceParts.of(
                new AppSyncState(
                    new ApisState(store, engine),
                    new GraphqlApisState(graphql, domains),
                    () -> urls.open(graphql.all().keySet())),
                new EventApiOperations(store, domains).operations(),
                new NamespaceOperations(store, engine, limits).operations(),
                new DataSourceOperations(apis, limits).operations(),
                new CodeOperations(engine, limits).operations(),
                new MappingTemplateOperations(
                        new ResolverTemplates(clock, ids.split("evaluated templates")))
                    .operations(),
                new AppSyncKeyOperations(apis, clock, ids, limits, tolerances).operations(),
                new AppSyncTagOperations(apis, domains).operations(),
                new GraphqlOperations(graphql, urls, engine, ids).operations(),
                new DomainNameOperations(domains, ids, account, region, apis::require).operations())
            .with(AppSyncAccess.access());
  }
}
