// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The cache of an API. Immutable.
 *
 * @param ttlSeconds 1 to 3600
 * @param type the size of the instance, stored and shown only
 * @param healthMetrics {@code ENABLED} or {@code DISABLED}; null when not given
 * @param flushes how often its content has been flushed: a change of it means that entries made
 *     before no longer count
 */
public record GraphqlCacheRecord(
    long ttlSeconds,
    Behavior behavior,
    String type,
    boolean transitEncryption,
    boolean atRestEncryption,
    @Nullable String healthMetrics,
    long flushes) {
  /** What is cached. */
  public enum Behavior {
    /** The result of every resolver. */
    FULL_REQUEST_CACHING,
    /** The results of resolvers with a caching configuration. */
    PER_RESOLVER_CACHING,
    /** Whole responses. */
    OPERATION_LEVEL_CACHING
  }

  /** The same cache without entries. */
  GraphqlCacheRecord flushed() {
    return new GraphqlCacheRecord(
        ttlSeconds,
        behavior,
        type,
        transitEncryption,
        atRestEncryption,
        healthMetrics,
        flushes + 1);
  }

  /** The form of the API. */
  public ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("ttl", ttlSeconds)
            .put("apiCachingBehavior", behavior.name())
            .put("transitEncryptionEnabled", transitEncryption)
            .put("atRestEncryptionEnabled", atRestEncryption)
            .put("type", type)
            .put("status", "AVAILABLE");
    json.put("healthMetricsConfig", healthMetrics == null ? "DISABLED" : healthMetrics);
    return json;
  }
}
