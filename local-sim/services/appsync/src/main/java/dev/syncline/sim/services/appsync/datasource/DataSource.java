// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.datasource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A data source. Immutable as long as the nodes are not changed.
 *
 * @param settings further members as received: {@code serviceRoleArn}, {@code metricsConfig}, and
 *     the member with the configuration of the type
 */
public record DataSource(
    String name, String arn, Type type, @Nullable String description, ObjectNode settings) {

  /** The types of AWS. */
  public enum Type {
    AWS_LAMBDA,
    AMAZON_EVENTBRIDGE,
    HTTP,
    NONE,
    AMAZON_DYNAMODB,
    RELATIONAL_DATABASE,
    AMAZON_OPENSEARCH_SERVICE,
    AMAZON_ELASTICSEARCH,
    AMAZON_BEDROCK_RUNTIME;

    /** The types that handlers of Event APIs can use in the simulator. */
    public static final Set<Type> OF_EVENTS = Set.of(AWS_LAMBDA, AMAZON_EVENTBRIDGE, HTTP, NONE);

    /** The types that are stored, and that fail when a resolver uses them. */
    public static final Set<Type> STORED_ONLY =
        Set.of(
            RELATIONAL_DATABASE,
            AMAZON_OPENSEARCH_SERVICE,
            AMAZON_ELASTICSEARCH,
            AMAZON_BEDROCK_RUNTIME);

    /** The member that configures it; empty for a type without one. */
    public String member() {
      return switch (this) {
        case AWS_LAMBDA -> "lambdaConfig";
        case AMAZON_EVENTBRIDGE -> "eventBridgeConfig";
        case HTTP -> "httpConfig";
        case AMAZON_DYNAMODB -> "dynamodbConfig";
        case RELATIONAL_DATABASE -> "relationalDatabaseConfig";
        case AMAZON_OPENSEARCH_SERVICE -> "openSearchServiceConfig";
        case AMAZON_ELASTICSEARCH -> "elasticsearchConfig";
        case NONE, AMAZON_BEDROCK_RUNTIME -> "";
      };
    }
  }

  /** A value of the configuration; empty if it is missing. */
  public String setting(String member) {
    return config().path(member).asText("");
  }

  /** The configuration of its type; a missing node without one. */
  public JsonNode config() {
    return settings.path(type.member());
  }

  /** The role that AppSync assumes to use it; empty without one. */
  public String role() {
    return settings.path("serviceRoleArn").asText("");
  }

  /** The API that has it. */
  public String apiArn() {
    int end = arn.indexOf("/datasources/");
    return end < 0 ? arn : arn.substring(0, end);
  }

  /** Who calls for it: the session of its role, or AppSync itself when it has none. */
  public CallPrincipal caller(String account) {
    return role().isEmpty()
        ? new CallPrincipal.Service(AppSyncPrincipal.NAME, apiArn(), account)
        : new CallPrincipal.RoleSession(role(), AppSyncPrincipal.SESSION);
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
