// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.graphql.templates.ResolverTemplates;
import dev.syncline.sim.handlers.HandlerEngine;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.contract.LogSink;
import dev.syncline.sim.service.http.HttpEndpoint;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiStore;
import dev.syncline.sim.services.appsync.graphql.GraphqlUrls;

/** The data plane of all GraphQL APIs, wired together. Thread-safe. */
public final class GraphqlDataPlane {
  private final HttpEndpoint httpEndpoint;

  /**
   * The data plane of the APIs of a store.
   *
   * @param engine runs code
   * @param logs takes the log lines of APIs
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
      GraphqlOutside outside) {
    faults.declare(GraphqlFaults.places());
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
    this.httpEndpoint =
        new GraphqlEndpoint(
            clock,
            ids,
            journal,
            faults,
            finder,
            new GraphqlAdmissions(outside.verifier()),
            new GraphqlExecutions(compiled),
            new GraphqlObserver(clock, runs, new GraphqlMetrics(outside.metrics()), () -> logs),
            MutationListener.NONE);
  }

  /** The endpoint of queries and mutations; it must be tried before that of Event APIs. */
  public HttpEndpoint httpEndpoint() {
    return httpEndpoint;
  }
}
