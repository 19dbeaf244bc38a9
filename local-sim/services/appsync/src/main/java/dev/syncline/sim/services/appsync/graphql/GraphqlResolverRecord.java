// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The resolver of a field. Immutable as long as the nodes are not changed.
 *
 * @param dataSourceName null for a pipeline
 * @param functions ids of the functions of a pipeline, in order; empty for a unit resolver
 * @param syncConfig as received, null without one; stored and shown only
 * @param caching null without a caching configuration
 * @param maxBatchSize 0 to 2000; 0 means that calls are not batched
 * @param metricsConfig {@code ENABLED} or {@code DISABLED}; null when not given
 */
public record GraphqlResolverRecord(
    String typeName,
    String fieldName,
    String arn,
    Kind kind,
    @Nullable String dataSourceName,
    List<String> functions,
    GraphqlStepSource source,
    @Nullable ObjectNode syncConfig,
    @Nullable Caching caching,
    int maxBatchSize,
    @Nullable String metricsConfig) {
  /** Copies the list. */
  public GraphqlResolverRecord {
    functions = List.copyOf(functions);
  }

  /** How a resolver is built. */
  public enum Kind {
    /** It calls one data source. */
    UNIT,
    /** It runs functions in order. */
    PIPELINE
  }

  /**
   * How its results are cached.
   *
   * @param ttlSeconds 0 to 3600
   * @param keys such as {@code $context.arguments.id}; empty for one entry per field
   */
  public record Caching(long ttlSeconds, List<String> keys) {
    /** Copies the list. */
    public Caching {
      keys = List.copyOf(keys);
    }
  }

  /** The key of a resolver in {@link GraphqlApiRecord#resolvers}. */
  public static String key(String typeName, String fieldName) {
    return typeName + "." + fieldName;
  }

  /** The key of this resolver. */
  public String key() {
    return key(typeName, fieldName);
  }

  /** The form of the API. */
  public ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("typeName", typeName)
            .put("fieldName", fieldName)
            .put("resolverArn", arn)
            .put("kind", kind.name());
    Json.putIfPresent(json, "dataSourceName", dataSourceName);
    source.write(json);
    if (kind == Kind.PIPELINE) {
      json.putObject("pipelineConfig").set("functions", Json.texts(functions));
    }
    if (syncConfig != null) {
      json.set("syncConfig", syncConfig);
    }
    if (caching != null) {
      ObjectNode stored = json.putObject("cachingConfig").put("ttl", caching.ttlSeconds());
      if (!caching.keys().isEmpty()) {
        stored.set("cachingKeys", Json.texts(caching.keys()));
      }
    }
    json.put("maxBatchSize", maxBatchSize);
    Json.putIfPresent(json, "metricsConfig", metricsConfig);
    return json;
  }
}
