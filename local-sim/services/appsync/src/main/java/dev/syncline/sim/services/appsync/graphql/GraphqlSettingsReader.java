// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.AuthMode;
import dev.syncline.sim.events.AuthProvider;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import dev.syncline.sim.services.appsync.common.AuthProviders;
import java.util.ArrayList;
import java.util.List;

/** Reads the settings of a GraphQL API. Source of members and bounds: the service's model. */
final class GraphqlSettingsReader {
  private static final int DEFAULT_TTL_SECONDS = 300;
  private static final int MAX_DEPTH = 75;
  private static final int MAX_RESOLVERS = 10_000;
  private static final String AUTHENTICATION_TYPE = "authenticationType";
  private static final String ADDITIONAL = "additionalAuthenticationProviders";
  private static final String POOL = "userPoolConfig";
  private static final String ISSUER = "openIDConnectConfig";
  private static final String AUTHORIZER = "lambdaAuthorizerConfig";
  private static final String TTL = "authorizerResultTtlInSeconds";
  private static final String DEFAULT_ACTION = "defaultAction";
  private static final String LOGS = "logConfig";
  private static final String METRICS = "enhancedMetricsConfig";
  private static final String MERGED = "MERGED";
  private static final String ENABLED = "ENABLED";
  private static final String DISABLED = "DISABLED";

  /** The members of both operations, beside {@code name} and {@code ownerContact}. */
  static final List<String> MEMBERS =
      List.of(
          LOGS,
          AUTHENTICATION_TYPE,
          POOL,
          ISSUER,
          ADDITIONAL,
          "xrayEnabled",
          AUTHORIZER,
          "mergedApiExecutionRoleArn",
          "introspectionConfig",
          "queryDepthLimit",
          "resolverCountLimit",
          METRICS);

  private GraphqlSettingsReader() {}

  /**
   * Reads them; {@code visibility} and {@code apiType} are those of the creation.
   *
   * @throws AwsException naming the member that is missing, wrong or not supported
   */
  static GraphqlApiSettings read(Input input) {
    if (input.text("apiType").filter(MERGED::equals).isPresent()
        || input.has("mergedApiExecutionRoleArn")) {
      throw AppSyncErrors.unsupported("merged APIs");
    }
    ObjectNode json = Json.object();
    var providers = new ArrayList<AuthProvider>();
    providers.add(provider(input, json, true));
    input.structure(LOGS).ifPresent(logs -> json.set(LOGS, logConfig(logs)));
    additional(input, json, providers);
    json.put("xrayEnabled", input.bool("xrayEnabled", false));
    json.put(
        "visibility",
        AppSyncErrors.choice(input, "visibility", List.of("GLOBAL", "PRIVATE")).orElse("GLOBAL"));
    json.put(
        "apiType",
        AppSyncErrors.choice(input, "apiType", List.of("GRAPHQL", MERGED)).orElse("GRAPHQL"));
    json.put(
        "introspectionConfig",
        AppSyncErrors.choice(input, "introspectionConfig", List.of(ENABLED, DISABLED))
            .orElse(ENABLED));
    json.put(
        "queryDepthLimit", AppSyncErrors.within(input, "queryDepthLimit", 0, MAX_DEPTH).orElse(0));
    json.put(
        "resolverCountLimit",
        AppSyncErrors.within(input, "resolverCountLimit", 0, MAX_RESOLVERS).orElse(0));
    input.structure(METRICS).ifPresent(metrics -> json.set(METRICS, metrics(metrics)));
    return new GraphqlApiSettings(json, providers);
  }

  private static void additional(Input input, ObjectNode json, List<AuthProvider> providers) {
    var list = Json.array();
    for (Input item : input.structures(ADDITIONAL)) {
      AppSyncErrors.onlySupported(
          item, ADDITIONAL, List.of(AUTHENTICATION_TYPE, POOL, ISSUER, AUTHORIZER));
      ObjectNode stored = list.addObject();
      AuthProvider provider = provider(item, stored, false);
      boolean single =
          provider.mode() != AuthMode.AMAZON_COGNITO_USER_POOLS
              && provider.mode() != AuthMode.OPENID_CONNECT;
      if (providers.contains(provider)
          || (single && providers.stream().anyMatch(other -> other.mode() == provider.mode()))) {
        throw AppSyncErrors.badRequest(
            "Authentication type "
                + provider.mode()
                + " already specified on the API. It can only be specified once.");
      }
      providers.add(provider);
    }
    if (!list.isEmpty()) {
      json.set(ADDITIONAL, list);
    }
  }

  /** Reads a provider, and puts its type and configuration into {@code json}. */
  private static AuthProvider provider(Input input, ObjectNode json, boolean primary) {
    String name = AppSyncErrors.required(input, AUTHENTICATION_TYPE);
    AuthMode mode =
        AuthMode.named(name)
            .orElseThrow(
                () ->
                    AppSyncErrors.badRequest(
                        "'" + name + "' is not an '" + AUTHENTICATION_TYPE + "'."));
    json.put(AUTHENTICATION_TYPE, name);
    String member =
        switch (mode) {
          case API_KEY, AWS_IAM -> "";
          case AMAZON_COGNITO_USER_POOLS -> POOL;
          case OPENID_CONNECT -> ISSUER;
          case AWS_LAMBDA -> AUTHORIZER;
        };
    for (String other : List.of(POOL, ISSUER, AUTHORIZER)) {
      if (!other.equals(member) && input.has(other)) {
        throw AppSyncErrors.badRequest(
            "'" + other + "' is not allowed with the authenticationType " + mode + ".");
      }
    }
    if (member.isEmpty()) {
      return mode == AuthMode.API_KEY ? new AuthProvider.ApiKeys() : new AuthProvider.Iam();
    }
    Input config = AuthProviders.config(input, member, mode);
    ObjectNode stored = config.json().deepCopy();
    stored.properties().removeIf(entry -> entry.getValue().isNull());
    json.set(member, stored);
    return switch (mode) {
      case AMAZON_COGNITO_USER_POOLS -> userPool(config, primary);
      case OPENID_CONNECT -> AuthProviders.openIdConnect(config);
      default -> {
        if (!stored.has(TTL)) {
          stored.put(TTL, DEFAULT_TTL_SECONDS);
        }
        yield AuthProviders.lambda(config, DEFAULT_TTL_SECONDS);
      }
    };
  }

  private static AuthProvider userPool(Input config, boolean primary) {
    var supported = new ArrayList<>(List.of("userPoolId", "awsRegion", "appIdClientRegex"));
    if (primary) {
      supported.add(DEFAULT_ACTION);
      AppSyncErrors.required(config, DEFAULT_ACTION);
      AppSyncErrors.choice(config, DEFAULT_ACTION, List.of("ALLOW", "DENY"));
    }
    AppSyncErrors.onlySupported(config, POOL, supported);
    return AuthProviders.cognito(config);
  }

  private static JsonNode logConfig(Input logs) {
    AppSyncErrors.onlySupported(
        logs, LOGS, List.of("fieldLogLevel", "cloudWatchLogsRoleArn", "excludeVerboseContent"));
    AppSyncErrors.required(logs, "fieldLogLevel");
    String level =
        AppSyncErrors.choice(
                logs, "fieldLogLevel", List.of("NONE", "ERROR", "ALL", "INFO", "DEBUG"))
            .orElseThrow();
    return Json.object()
        .put("fieldLogLevel", level)
        .put("cloudWatchLogsRoleArn", AppSyncErrors.required(logs, "cloudWatchLogsRoleArn"))
        .put("excludeVerboseContent", logs.bool("excludeVerboseContent", false));
  }

  private static JsonNode metrics(Input metrics) {
    String resolvers = "resolverLevelMetricsBehavior";
    String sources = "dataSourceLevelMetricsBehavior";
    String operations = "operationLevelMetricsConfig";
    AppSyncErrors.onlySupported(metrics, METRICS, List.of(resolvers, sources, operations));
    List.of(resolvers, sources, operations)
        .forEach(member -> AppSyncErrors.required(metrics, member));
    AppSyncErrors.choice(
        metrics, resolvers, List.of("FULL_REQUEST_RESOLVER_METRICS", "PER_RESOLVER_METRICS"));
    AppSyncErrors.choice(
        metrics, sources, List.of("FULL_REQUEST_DATA_SOURCE_METRICS", "PER_DATA_SOURCE_METRICS"));
    AppSyncErrors.choice(metrics, operations, List.of(ENABLED, DISABLED));
    return metrics.json().deepCopy();
  }
}
