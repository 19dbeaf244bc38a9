// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.cache;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.graphql.FieldResolver;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.graphql.RequestEffects;
import dev.syncline.sim.graphql.execution.GraphqlRequest;
import dev.syncline.sim.kernel.SimClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cache of an API. It keeps at most 64 MB of keys and values; beyond that, what was not used
 * for the longest time goes. Behaviour as in AWS's guide to caching. Thread-safe.
 */
public final class ResolverCache {
  /** Larger responses are not kept, in characters. */
  public static final int MAX_RESPONSE = 15_000_000;

  private final CachingBehavior behavior;
  private final Duration ttl;
  private final CacheEntries entries;

  /**
   * An empty cache.
   *
   * @param ttl of results and responses without a time of their own, 1 to 3,600 s
   */
  public ResolverCache(SimClock clock, CachingBehavior behavior, Duration ttl) {
    this(clock, behavior, ttl, CacheEntries.MAX_SIZE);
  }

  ResolverCache(SimClock clock, CachingBehavior behavior, Duration ttl, long maxSize) {
    this.behavior = behavior;
    this.ttl = ttl;
    this.entries = new CacheEntries(clock, maxSize);
  }

  /**
   * The resolver with the cache before it, or the resolver itself if the cache does not apply. Not
   * for fields of the mutation and subscription types.
   *
   * @param caching the resolver's caching configuration; null without one
   */
  public FieldResolver around(FieldResolver resolver, @Nullable ResolverCaching caching) {
    return switch (behavior) {
      case FULL_REQUEST_CACHING ->
          new CachedFieldResolver(resolver, entries, new ResolverCaching(ttl, List.of()));
      case PER_RESOLVER_CACHING ->
          caching == null ? resolver : new CachedFieldResolver(resolver, entries, caching);
      case OPERATION_LEVEL_CACHING -> resolver;
    };
  }

  /**
   * The key of a query's response; empty if responses are not cached.
   *
   * @param deniedFields the fields that the authorizer denied
   */
  public Optional<String> responseKey(
      GraphqlRequest query, RequestContext request, List<String> deniedFields) {
    return behavior == CachingBehavior.OPERATION_LEVEL_CACHING
        ? Optional.of(CacheKeys.ofOperation(query, request, deniedFields))
        : Optional.empty();
  }

  /** A response that was kept. */
  public Optional<JsonNode> response(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** Keeps a response, unless it has errors or is too large. It must not be changed later. */
  public void keep(String key, JsonNode response) {
    if (!response.has("errors") && response.toString().length() <= MAX_RESPONSE) {
      entries.put(key, response, ttl);
    }
  }

  /**
   * Removes what the resolvers of a mutation evicted.
   *
   * @return {@code extensions.apiCacheEntriesDeleted}, which is shown if it is greater than 0
   */
  public int evict(RequestEffects effects) {
    int deleted = 0;
    for (RequestEffects.Effect effect : effects.all()) {
      if (effect instanceof RequestEffects.Effect.CacheEviction eviction
          && entries.evict(
              CacheKeys.ofEviction(eviction.type(), eviction.field(), eviction.keys()))) {
        deleted++;
      }
    }
    return deleted;
  }

  /** Removes everything. */
  public void flush() {
    entries.clear();
  }
}
