// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.graphql.execution.RequestDeadline;
import dev.syncline.sim.graphql.schema.ApiSchema;
import dev.syncline.sim.graphql.templates.ResolverTemplates;
import dev.syncline.sim.handlers.HandlerEngine;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiRecord;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiStore;
import dev.syncline.sim.services.appsync.graphql.sources.SourceServices;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The executable forms of APIs: made at the first request, dropped when schema, settings or
 * resolvers change. Thread-safe.
 */
final class CompiledApis implements GraphqlApiStore.Listener {
  private final Parts parts;
  private final Map<String, CompiledApi> byId = new ConcurrentHashMap<>();

  CompiledApis(Parts parts) {
    this.parts = parts;
  }

  /**
   * What executable forms share. Thread-safe.
   *
   * @param engine runs code
   * @param templates renders templates
   * @param services carries out the documents of resolvers
   * @param executor runs resolvers that may wait
   * @param deadline ends requests that take too long
   */
  record Parts(
      SimClock clock,
      FaultPlan faults,
      GraphqlRuns runs,
      HandlerEngine engine,
      ResolverTemplates templates,
      SourceServices services,
      Executor executor,
      RequestDeadline deadline) {}

  /** The executable form; empty for an API without a schema. */
  Optional<CompiledApi> of(GraphqlApiRecord api) {
    ApiSchema schema = api.schema();
    if (schema == null) {
      return Optional.empty();
    }
    CompiledApi known = byId.get(api.apiId());
    if (known == null || !known.fits(api)) {
      known = new CompiledApi(api, schema, parts);
      byId.put(api.apiId(), known);
    }
    return Optional.of(known);
  }

  @Override
  public void changed(GraphqlApiRecord before, GraphqlApiRecord after) {
    byId.computeIfPresent(after.apiId(), (id, known) -> known.fits(after) ? known : null);
  }

  @Override
  public void deleted(GraphqlApiRecord api) {
    byId.remove(api.apiId());
  }
}
