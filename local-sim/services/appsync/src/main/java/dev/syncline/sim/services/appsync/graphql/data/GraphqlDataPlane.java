// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.events.EventsLimits;
import dev.syncline.sim.graphql.templates.ResolverTemplates;
import dev.syncline.sim.handlers.HandlerEngine;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.service.http.WebSocketEndpoint;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiStore;
import dev.syncline.sim.services.appsync.graphql.GraphqlUrls;
import java.util.Map;

/** The data plane of all GraphQL APIs, wired together. Thread-safe. */
public final class GraphqlDataPlane {
  private static final Fault THROTTLE =
      new Fault.Refuse(429, "LimitExceededError", "Rate limit exceeded");

  private final HttpEndpoint httpEndpoint;
  private final WebSocketEndpoint webSocketEndpoint;

  /**
   * The data plane of the APIs of a store.
   *
   * @param engine runs code
   * @param logs takes the log lines of APIs
   * @param timing of connections: keep-alive, lifetime, size of frames
   */
  public GraphqlDataPlane(
      SimClock clock,
      Ids ids,
      Journal journal,
      FaultPlan faults,
      GraphqlApiStore store,
      GraphqlUrls urls,
      HandlerEngine engine,
      LogSink logs,
      EventsLimits timing,
      GraphqlOutside outside) {
    faults.declare(GraphqlFaults.places());
    faults.declare(
        GraphqlRealtimeFaults.places(
            Map.of("expired-key", GraphqlFaults.expiredKey(), "throttle", THROTTLE)));
    var runs = new GraphqlRuns(journal);
    var compiled =
        new CompiledApis(
            new CompiledApis.Parts(
                clock,
                faults,
                runs,
                engine,
                new ResolverTemplates(clock, ids.split("templates")),
                outside.services(),
                new ActivityExecutor(clock),
                new GraphqlDeadline(clock, GraphqlDeadline.LIMIT)));
    store.listen(compiled);
    store.listen(urls);
    var finder = new GraphqlFinder(store, urls);
    var admissions = new GraphqlAdmissions(outside.verifier());
    var executions = new GraphqlExecutions(compiled);
    var metrics = new GraphqlMetrics(outside.metrics());
    var subscriptions =
        new GraphqlSubscriptions(
            clock,
            ids,
            journal,
            faults,
            new GraphqlSubscriptionGate(store, finder, admissions, compiled, executions, runs, ids),
            metrics,
            timing);
    store.listen(subscriptions);
    this.webSocketEndpoint = subscriptions.endpoint();
    this.httpEndpoint =
        new GraphqlEndpoint(
            clock,
            ids,
            journal,
            faults,
            finder,
            admissions,
            executions,
            new GraphqlObserver(clock, runs, metrics, () -> logs),
            subscriptions);
  }

  /** The endpoint of subscriptions. */
  public WebSocketEndpoint webSocketEndpoint() {
    return webSocketEndpoint;
  }

  /** The endpoint of queries and mutations; it must be tried before that of Event APIs. */
  public HttpEndpoint httpEndpoint() {
    return httpEndpoint;
  }
}
