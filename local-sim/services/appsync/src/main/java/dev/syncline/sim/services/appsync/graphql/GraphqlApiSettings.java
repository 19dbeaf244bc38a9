// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.events.AuthMode;
import dev.syncline.sim.events.AuthProvider;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a GraphQL API, validated. Immutable as long as the nodes are not changed.
 *
 * @param json the members of the API, with the defaults that AppSync shows
 * @param authProviders the primary provider first, then the additional ones in the caller's order
 */
public record GraphqlApiSettings(ObjectNode json, List<AuthProvider> authProviders) {
  /** Copies the list. */
  public GraphqlApiSettings {
    authProviders = List.copyOf(authProviders);
  }

  /** The provider of fields without an authorization directive. */
  public AuthProvider primaryProvider() {
    return authProviders.getFirst();
  }

  /** The primary authorization mode. */
  public AuthMode authenticationType() {
    return primaryProvider().mode();
  }

  /** Providers beside the primary one, in the caller's order. */
  public List<AuthProvider> additionalProviders() {
    return authProviders.subList(1, authProviders.size());
  }

  /** Every mode that the API verifies. */
  public Set<AuthMode> modes() {
    return authProviders.stream().map(AuthProvider::mode).collect(Collectors.toSet());
  }

  /** The providers of a mode, in the caller's order; only Cognito and OIDC can have several. */
  public List<AuthProvider> providers(AuthMode mode) {
    return authProviders.stream().filter(provider -> provider.mode() == mode).toList();
  }

  /**
   * Whether the primary user pool refuses fields without a directive ({@code defaultAction} is
   * {@code DENY}).
   */
  public boolean denysByDefault() {
    return "DENY".equals(json.path("userPoolConfig").path("defaultAction").asText());
  }

  /** Whether introspection queries are answered. */
  public boolean introspectionEnabled() {
    return !"DISABLED".equals(json.path("introspectionConfig").asText());
  }

  /** The maximum depth of a query, 1 to 75; 0 for no limit. */
  public int queryDepthLimit() {
    return json.path("queryDepthLimit").asInt();
  }

  /** The maximum number of resolvers that one request may run, 1 to 10000; 0 for the default. */
  public int resolverCountLimit() {
    return json.path("resolverCountLimit").asInt();
  }

  /** The log configuration; null without one. */
  public @Nullable LogConfig logConfig() {
    JsonNode logs = json.path("logConfig");
    return logs.isMissingNode()
        ? null
        : new LogConfig(
            logs.path("fieldLogLevel").asText(),
            logs.path("cloudWatchLogsRoleArn").asText(),
            logs.path("excludeVerboseContent").asBoolean());
  }

  /** Whether X-Ray tracing is on; stored and shown only. */
  public boolean xrayEnabled() {
    return json.path("xrayEnabled").asBoolean();
  }

  /**
   * What is logged.
   *
   * @param fieldLogLevel NONE, ERROR, INFO, DEBUG or ALL
   * @param cloudWatchLogsRoleArn the role that may write; not assumed by the simulator
   * @param excludeVerboseContent whether headers, context and templates are left out
   */
  public record LogConfig(
      String fieldLogLevel, String cloudWatchLogsRoleArn, boolean excludeVerboseContent) {}
}
