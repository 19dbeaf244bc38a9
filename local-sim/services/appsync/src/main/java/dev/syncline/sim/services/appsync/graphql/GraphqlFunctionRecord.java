// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import org.jspecify.annotations.Nullable;

/**
 * A function of pipeline resolvers. Immutable as long as the nodes are not changed.
 *
 * @param functionVersion the template version, such as {@code 2018-05-29}; null with code
 * @param syncConfig as received, null without one; stored and shown only
 * @param maxBatchSize 0 to 2000; 0 means that calls are not batched
 */
public record GraphqlFunctionRecord(
    String functionId,
    String arn,
    String name,
    @Nullable String description,
    String dataSourceName,
    GraphqlStepSource source,
    @Nullable String functionVersion,
    @Nullable ObjectNode syncConfig,
    int maxBatchSize) {
  /** The form of the API. */
  public ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("functionId", functionId)
            .put("functionArn", arn)
            .put("name", name);
    Json.putIfPresent(json, "description", description);
    json.put("dataSourceName", dataSourceName);
    source.write(json);
    Json.putIfPresent(json, "functionVersion", functionVersion);
    if (syncConfig != null) {
      json.set("syncConfig", syncConfig);
    }
    return json.put("maxBatchSize", maxBatchSize);
  }
}
