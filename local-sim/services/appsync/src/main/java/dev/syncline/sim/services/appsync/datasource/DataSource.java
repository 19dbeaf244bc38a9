// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.datasource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import org.jspecify.annotations.Nullable;

/**
 * A data source. Immutable as long as the nodes are not changed.
 *
 * @param settings further members as received: {@code serviceRoleArn}, {@code metricsConfig}, and
 *     the member with the configuration of the type
 */
public record DataSource(
    String name, String arn, Type type, @Nullable String description, ObjectNode settings) {

  /** The types that the simulator supports. */
  public enum Type {
    AWS_LAMBDA,
    AMAZON_EVENTBRIDGE,
    HTTP,
    NONE;

    /** The member that configures it; empty for a type without one. */
    public String member() {
      return switch (this) {
        case AWS_LAMBDA -> "lambdaConfig";
        case AMAZON_EVENTBRIDGE -> "eventBridgeConfig";
        case HTTP -> "httpConfig";
        case NONE -> "";
      };
    }
  }

  /** A value of the configuration; empty if it is missing. */
  String setting(String member) {
    return settings.path(type.member()).path(member).asText("");
  }

  /** The function of a Lambda data source. */
  public String functionArn() {
    return setting("lambdaFunctionArn");
  }

  /** The form of the API. */
  public ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance.objectNode().put("dataSourceArn", arn).put("name", name);
    Json.putIfPresent(json, "description", description);
    json.put("type", type.name());
    json.setAll(settings.deepCopy());
    return json;
  }
}
