// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.PoolItems;
import dev.syncline.sim.services.cognito.pool.SchemaAttributes;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The settings of an app client from the input of CreateUserPoolClient or UpdateUserPoolClient:
 * members that were not sent stay absent, but for those with a default in AWS's answer. Stateless.
 */
final class ClientSettings {
  /** The members of both operations, without the ids and names. */
  static final String MEMBERS =
      """
      RefreshTokenValidity, AccessTokenValidity, IdTokenValidity, TokenValidityUnits,
        ReadAttributes, WriteAttributes, ExplicitAuthFlows, SupportedIdentityProviders,
        CallbackURLs, LogoutURLs, DefaultRedirectURI, AllowedOAuthFlows, AllowedOAuthScopes,
        AllowedOAuthFlowsUserPoolClient, AnalyticsConfiguration, PreventUserExistenceErrors,
        EnableTokenRevocation, EnablePropagateAdditionalUserContextData, AuthSessionValidity,
        RefreshTokenRotation
      """;

  private static final String FLOWS = "ExplicitAuthFlows";
  private static final String OAUTH_FLOWS = "AllowedOAuthFlows";
  private static final String OAUTH_SCOPES = "AllowedOAuthScopes";
  private static final String CALLBACKS = "CallbackURLs";
  private static final String UNITS = "TokenValidityUnits";

  private static final List<String> LISTS =
      List.of(
          "ReadAttributes",
          "WriteAttributes",
          "SupportedIdentityProviders",
          CALLBACKS,
          "LogoutURLs",
          OAUTH_FLOWS,
          OAUTH_SCOPES);

  private static final List<String> COPIED =
      List.of(
          "AccessTokenValidity",
          "IdTokenValidity",
          "DefaultRedirectURI",
          "AnalyticsConfiguration",
          "PreventUserExistenceErrors",
          "RefreshTokenRotation");

  /** The order in which AWS shows them. */
  private static final List<String> FLOW_ORDER =
      List.of(
          "USER_PASSWORD_AUTH",
          "ADMIN_NO_SRP_AUTH",
          "CUSTOM_AUTH_FLOW_ONLY",
          "ALLOW_USER_PASSWORD_AUTH",
          "ALLOW_ADMIN_USER_PASSWORD_AUTH",
          "ALLOW_CUSTOM_AUTH",
          "ALLOW_USER_AUTH",
          "ALLOW_USER_SRP_AUTH",
          "ALLOW_REFRESH_TOKEN_AUTH");

  private static final Set<String> STANDARD_SCOPES =
      Set.of("phone", "email", "openid", "profile", "aws.cognito.signin.user.admin");

  private static final Set<String> PLAIN_HTTP_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

  private ClientSettings() {}

  /**
   * The settings.
   *
   * @param secret whether the client has a secret
   */
  static ObjectNode of(Input input, UserPool pool, PoolItems items, boolean secret) {
    ObjectNode settings = Json.object();
    settings.put("RefreshTokenValidity", orDefault(input, "RefreshTokenValidity", 30));
    settings.set(UNITS, units(input));
    for (String member : COPIED) {
      input.node(member).ifPresent(value -> settings.set(member, value));
    }
    for (String member : LISTS) {
      if (!input.list(member).isEmpty()) {
        settings.set(member, input.json().get(member));
      }
    }
    if (!input.list(FLOWS).isEmpty()) {
      settings.set(FLOWS, Json.texts(flows(input.texts(FLOWS))));
    }
    settings.put(
        "AllowedOAuthFlowsUserPoolClient", input.bool("AllowedOAuthFlowsUserPoolClient", false));
    settings.put("EnableTokenRevocation", input.bool("EnableTokenRevocation", true));
    settings.put(
        "EnablePropagateAdditionalUserContextData",
        input.bool("EnablePropagateAdditionalUserContextData", false));
    settings.put("AuthSessionValidity", input.integer("AuthSessionValidity").orElse(3));
    requireValidities(settings);
    requireAttributes(settings, pool);
    requireProviders(settings, pool, items);
    requireOauth(settings, pool, items, secret);
    return settings;
  }

  private static int orDefault(Input input, String member, int otherwise) {
    int value = input.integer(member).orElse(0);
    return value == 0 ? otherwise : value;
  }

  private static ObjectNode units(Input input) {
    ObjectNode units = Json.object();
    input
        .structure(UNITS)
        .filter(given -> !given.json().isEmpty())
        .ifPresent(
            given ->
                units
                    .put("AccessToken", given.text("AccessToken").orElse("hours"))
                    .put("IdToken", given.text("IdToken").orElse("hours"))
                    .put("RefreshToken", given.text("RefreshToken").orElse("days")));
    return units;
  }

  private static List<String> flows(List<String> given) {
    long current = given.stream().filter(flow -> flow.startsWith("ALLOW_")).count();
    if (current != 0 && current != given.size()) {
      throw CognitoErrors.invalidParameter(
          "ExplicitAuthFlows cannot have legacy values together with values that begin with"
              + " ALLOW_.");
    }
    if (given.contains("ALLOW_USER_PASSWORD_AUTH") && given.contains("USER_PASSWORD_AUTH")) {
      throw CognitoErrors.invalidParameter("ExplicitAuthFlows has one value twice.");
    }
    return FLOW_ORDER.stream().filter(given::contains).toList();
  }

  private static void requireValidities(ObjectNode settings) {
    Duration day = Duration.ofDays(1);
    Duration access = life(settings, "AccessTokenValidity", "AccessToken", "hours");
    Duration id = life(settings, "IdTokenValidity", "IdToken", "hours");
    Duration refresh = life(settings, "RefreshTokenValidity", "RefreshToken", "days");
    boolean fits =
        within(access, Duration.ofMinutes(5), day)
            && within(id, Duration.ofMinutes(5), day)
            && within(refresh, Duration.ofMinutes(60), Duration.ofDays(3650));
    if (!fits) {
      throw CognitoErrors.invalidParameter("Invalid range for token validity.");
    }
    if (refresh.compareTo(orHour(access)) < 0 || refresh.compareTo(orHour(id)) < 0) {
      throw CognitoErrors.invalidParameter(
          "RefreshTokenValidity must be greater than AccessTokenValidity and IdTokenValidity.");
    }
  }

  private static Duration orHour(Duration life) {
    return life.isZero() ? Duration.ofHours(1) : life;
  }

  private static boolean within(Duration life, Duration min, Duration max) {
    return life.isZero() || (life.compareTo(min) >= 0 && life.compareTo(max) <= 0);
  }

  private static Duration life(ObjectNode settings, String member, String unit, String otherwise) {
    long value = settings.path(member).asLong(0);
    return switch (settings.path(UNITS).path(unit).asText(otherwise)) {
      case "seconds" -> Duration.ofSeconds(value);
      case "minutes" -> Duration.ofMinutes(value);
      case "days" -> Duration.ofDays(value);
      default -> Duration.ofHours(value);
    };
  }

  private static void requireAttributes(ObjectNode settings, UserPool pool) {
    Map<String, ObjectNode> schema = SchemaAttributes.of(pool);
    for (JsonNode name : settings.path("ReadAttributes")) {
      if (!schema.containsKey(name.asText()) && !name.asText().equals("identities")) {
        throw CognitoErrors.invalidParameter(
            "Invalid read attributes specified while creating a client");
      }
    }
    Set<String> written = new HashSet<>();
    settings.path("WriteAttributes").forEach(name -> written.add(name.asText()));
    boolean readOnly =
        written.contains("sub")
            || written.contains("email_verified")
            || written.contains("phone_number_verified");
    if (readOnly || !schema.keySet().containsAll(written)) {
      throw CognitoErrors.invalidParameter(
          "Invalid write attributes specified while creating a client");
    }
    boolean lacksRequired =
        !written.isEmpty()
            && schema.entrySet().stream()
                .anyMatch(
                    entry ->
                        !entry.getKey().equals("sub")
                            && entry.getValue().path("Required").asBoolean()
                            && !written.contains(entry.getKey()));
    if (lacksRequired) {
      throw CognitoErrors.invalidParameter(
          "Invalid write attributes specified while creating a client");
    }
  }

  private static void requireProviders(ObjectNode settings, UserPool pool, PoolItems items) {
    for (JsonNode provider : settings.path("SupportedIdentityProviders")) {
      String name = provider.asText();
      if (!name.equals("COGNITO")
          && items.find(pool.id(), PoolItems.Kind.PROVIDER, name).isEmpty()) {
        throw CognitoErrors.invalidParameter(
            "The provider " + name + " does not exist for User Pool " + pool.id() + ".");
      }
    }
  }

  private static void requireOauth(
      ObjectNode settings, UserPool pool, PoolItems items, boolean secret) {
    Set<String> flows = new HashSet<>();
    settings.path(OAUTH_FLOWS).forEach(flow -> flows.add(flow.asText()));
    boolean allowed = settings.path("AllowedOAuthFlowsUserPoolClient").asBoolean();
    if (allowed && (flows.isEmpty() || settings.path(OAUTH_SCOPES).isEmpty())) {
      throw CognitoErrors.invalidOauthFlow(
          "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to"
              + " use OAuth flows.");
    }
    if (!allowed && !flows.isEmpty()) {
      throw CognitoErrors.invalidParameter(
          "AllowedOAuthFlowsUserPoolClient must be true when AllowedOAuthFlows is set.");
    }
    if (flows.contains("client_credentials")) {
      if (flows.size() > 1) {
        throw CognitoErrors.invalidOauthFlow(
            "client_credentials flow can not be selected along with code flow or implicit flow.");
      }
      if (!secret) {
        throw CognitoErrors.invalidOauthFlow(
            "client_credentials flow can not be selected if client does not have a client"
                + " secret.");
      }
    }
    requireScopes(settings, pool, items);
    var callbacks = new ArrayList<String>();
    settings.path(CALLBACKS).forEach(url -> callbacks.add(url.asText()));
    callbacks.forEach(ClientSettings::requireRedirect);
    settings.path("LogoutURLs").forEach(url -> requireRedirect(url.asText()));
    String standard = settings.path("DefaultRedirectURI").asText("");
    if (!standard.isEmpty() && !callbacks.contains(standard)) {
      throw CognitoErrors.invalidParameter("DefaultRedirectURI must be one of the CallbackURLs.");
    }
  }

  private static void requireScopes(ObjectNode settings, UserPool pool, PoolItems items) {
    var known = new HashSet<>(STANDARD_SCOPES);
    for (ObjectNode server : items.list(pool.id(), PoolItems.Kind.RESOURCE_SERVER)) {
      for (JsonNode scope : server.path("Scopes")) {
        known.add(server.path("Identifier").asText() + "/" + scope.path("ScopeName").asText());
      }
    }
    for (JsonNode scope : settings.path(OAUTH_SCOPES)) {
      if (!known.contains(scope.asText())) {
        throw CognitoErrors.noScope("Invalid scope requested: " + scope.asText());
      }
    }
  }

  private static void requireRedirect(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException notAUri) {
      throw CognitoErrors.invalidParameter(url + " is not a valid URL.");
    }
    if (uri.getScheme() == null) {
      throw CognitoErrors.invalidParameter(url + " is not a valid URL.");
    }
    if (uri.getRawFragment() != null) {
      throw CognitoErrors.invalidParameter(url + " cannot have a fragment.");
    }
    boolean plain = uri.getScheme().toLowerCase(Locale.ROOT).equals("http");
    if (plain && (uri.getHost() == null || !PLAIN_HTTP_HOSTS.contains(uri.getHost()))) {
      throw CognitoErrors.invalidParameter(url + " cannot use the HTTP protocol.");
    }
  }
}
