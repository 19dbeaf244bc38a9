// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql.data;

import dev.syncline.sim.graphql.cache.CachingBehavior;
import dev.syncline.sim.graphql.cache.ResolverCache;
import dev.syncline.sim.graphql.execution.RequestDeadline;
import dev.syncline.sim.graphql.schema.ApiSchema;
import dev.syncline.sim.graphql.templates.ResolverTemplates;
import dev.syncline.sim.handlers.HandlerEngine;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiRecord;
import dev.syncline.sim.services.appsync.graphql.GraphqlApiStore;
import dev.syncline.sim.services.appsync.graphql.GraphqlCacheRecord;
import dev.syncline.sim.services.appsync.graphql.sources.SourceServices;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The executable forms of APIs: made at the first request, dropped when schema, settings or
 * resolvers change. Thread-safe.
 */
final class CompiledApis implements GraphqlApiStore.Listener {
  private final Parts parts;
  private final Map<String, CompiledApi> byId = new ConcurrentHashMap<>();
  private final Map<String, Cache> caches = new ConcurrentHashMap<>();

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
      known = new CompiledApi(api, schema, parts, cache(api));
      byId.put(api.apiId(), known);
    }
    return Optional.of(known);
  }

  /** A cache with the settings that it was made for. */
  private record Cache(GraphqlCacheRecord settings, ResolverCache content) {}

  /** The cache stays when schema or resolvers change; other settings and a flush empty it. */
  private @Nullable ResolverCache cache(GraphqlApiRecord api) {
    GraphqlCacheRecord settings = api.cache();
    if (settings == null) {
      caches.remove(api.apiId());
      return null;
    }
    return caches
        .compute(
            api.apiId(),
            (id, known) ->
                known != null && known.settings().equals(settings)
                    ? known
                    : new Cache(settings, made(settings)))
        .content();
  }

  private ResolverCache made(GraphqlCacheRecord settings) {
    CachingBehavior behavior =
        switch (settings.behavior()) {
          case FULL_REQUEST_CACHING -> CachingBehavior.FULL_REQUEST_CACHING;
          case PER_RESOLVER_CACHING -> CachingBehavior.PER_RESOLVER_CACHING;
          case OPERATION_LEVEL_CACHING -> CachingBehavior.OPERATION_LEVEL_CACHING;
        };
    return new ResolverCache(parts.clock(), behavior, Duration.ofSeconds(settings.ttlSeconds()));
  }

  @Override
  public void changed(GraphqlApiRecord before, GraphqlApiRecord after) {
    byId.computeIfPresent(after.apiId(), (id, known) -> known.fits(after) ? known : null);
  }

  @Override
  public void deleted(GraphqlApiRecord api) {
    byId.remove(api.apiId());
    caches.remove(api.apiId());
  }
}
