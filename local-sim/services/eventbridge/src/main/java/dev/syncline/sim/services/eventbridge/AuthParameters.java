// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.syncline.sim.service.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code AuthParameters} of a request. */
final class AuthParameters {
  private static final int MAX_PARAMETERS = 100;
  private static final Set<String> OAUTH_METHODS = Set.of("GET", "POST", "PUT");

  private AuthParameters() {}

  private static final Map<String, String> STRUCTURES =
      Map.of(
          ConnectionAuthorization.ApiKey.TYPE, "ApiKeyAuthParameters",
          ConnectionAuthorization.Basic.TYPE, "BasicAuthParameters",
          ConnectionAuthorization.OAuth.TYPE, "OAuthParameters");

  /** The value of {@code AuthorizationType}, checked. */
  static String type(String value) {
    if (!STRUCTURES.containsKey(value)) {
      throw EventBridgeErrors.violated(
          "authorizationType",
          value,
          "Member must satisfy enum value set: [BASIC, OAUTH_CLIENT_CREDENTIALS, API_KEY]");
    }
    return value;
  }

  /**
   * The authorization of the given type.
   *
   * @param before supplies the members that an update omits; null when every member is required
   */
  static ConnectionAuthorization authorization(
      String type, Input input, @Nullable ConnectionAuthorization before) {
    input.only(
        "ApiKeyAuthParameters",
        "BasicAuthParameters",
        "OAuthParameters",
        "InvocationHttpParameters");
    String wanted = Objects.requireNonNull(STRUCTURES.get(type));
    for (String other : STRUCTURES.values()) {
      if (!other.equals(wanted) && input.has(other)) {
        throw EventBridgeErrors.validation(
            "AuthParameters." + other + " is not allowed with the AuthorizationType " + type + ".");
      }
    }
    Input given = input.structure(wanted).orElse(null);
    if (given == null) {
      if (before != null && before.type().equals(type)) {
        return before;
      }
      throw EventBridgeErrors.validation(
          "AuthParameters." + wanted + " is required by the AuthorizationType " + type + ".");
    }
    return switch (type) {
      case ConnectionAuthorization.ApiKey.TYPE -> apiKey(given, before);
      case ConnectionAuthorization.Basic.TYPE -> basic(given, before);
      default -> oauth(given, before);
    };
  }

  private static ConnectionAuthorization oauth(
      Input given, @Nullable ConnectionAuthorization before) {
    given.only("ClientParameters", "AuthorizationEndpoint", "HttpMethod", "OAuthHttpParameters");
    var kept = before instanceof ConnectionAuthorization.OAuth oauth ? oauth : null;
    String path = "authParameters.oAuthParameters.";
    Input client =
        given
            .structure("ClientParameters")
            .orElseGet(() -> new Input(JsonNodeFactory.instance.objectNode()))
            .only("ClientID", "ClientSecret");
    String method = given.text("HttpMethod").orElseGet(() -> kept == null ? "" : kept.method());
    if (!OAUTH_METHODS.contains(method)) {
      throw method.isEmpty()
          ? EventBridgeErrors.missing(path + "httpMethod")
          : EventBridgeErrors.violated(
              path + "httpMethod", method, "Member must satisfy enum value set: [GET, POST, PUT]");
    }
    String endpoint =
        given.text("AuthorizationEndpoint").orElseGet(() -> kept == null ? "" : kept.endpoint());
    if (endpoint.isEmpty()) {
      throw EventBridgeErrors.missing(path + "authorizationEndpoint");
    }
    return new ConnectionAuthorization.OAuth(
        ConnectionConstraints.httpsEndpoint(path + "authorizationEndpoint", endpoint),
        method,
        member(
            client,
            "ClientID",
            path + "clientParameters.clientID",
            false,
            kept == null ? null : kept.clientId()),
        member(
            client,
            "ClientSecret",
            path + "clientParameters.clientSecret",
            true,
            kept == null ? null : kept.clientSecret()),
        parameters(
            given,
            "OAuthHttpParameters",
            kept == null ? InvocationParameters.NONE : kept.parameters()));
  }

  private static ConnectionAuthorization apiKey(
      Input given, @Nullable ConnectionAuthorization before) {
    given.only("ApiKeyName", "ApiKeyValue");
    var kept = before instanceof ConnectionAuthorization.ApiKey key ? key : null;
    String path = "authParameters.apiKeyAuthParameters.";
    return new ConnectionAuthorization.ApiKey(
        member(given, "ApiKeyName", path + "apiKeyName", false, kept == null ? null : kept.name()),
        member(
            given, "ApiKeyValue", path + "apiKeyValue", true, kept == null ? null : kept.value()));
  }

  private static ConnectionAuthorization basic(
      Input given, @Nullable ConnectionAuthorization before) {
    given.only("Username", "Password");
    var kept = before instanceof ConnectionAuthorization.Basic basic ? basic : null;
    String path = "authParameters.basicAuthParameters.";
    return new ConnectionAuthorization.Basic(
        member(given, "Username", path + "username", false, kept == null ? null : kept.username()),
        member(given, "Password", path + "password", true, kept == null ? null : kept.password()));
  }

  private static String member(
      Input given, String member, String path, boolean secret, @Nullable String kept) {
    String value = given.text(member).orElse(kept);
    if (value == null) {
      throw EventBridgeErrors.missing(path);
    }
    return ConnectionConstraints.authorization(path, value, secret);
  }

  /** The further parameters; {@code before} if the request has none. */
  static InvocationParameters invocation(Input input, InvocationParameters before) {
    return parameters(input, "InvocationHttpParameters", before);
  }

  private static InvocationParameters parameters(
      Input input, String member, InvocationParameters before) {
    Input given = input.structure(member).orElse(null);
    if (given == null) {
      return before;
    }
    given.only("HeaderParameters", "QueryStringParameters", "BodyParameters");
    return new InvocationParameters(
        list(
            given,
            "HeaderParameters",
            ConnectionConstraints::headerKey,
            ConnectionConstraints::headerValue),
        list(
            given,
            "QueryStringParameters",
            ConnectionConstraints::queryKey,
            ConnectionConstraints::queryValue),
        list(given, "BodyParameters", (path, key) -> key, (path, value) -> value));
  }

  private static List<InvocationParameters.Parameter> list(
      Input given, String member, Check key, Check value) {
    String path =
        "authParameters.invocationHttpParameters."
            + Character.toLowerCase(member.charAt(0))
            + member.substring(1);
    List<Input> items = given.structures(member);
    if (items.size() > MAX_PARAMETERS) {
      throw EventBridgeErrors.violated(
          path, "", "Member must have length less than or equal to " + MAX_PARAMETERS);
    }
    var parameters = new ArrayList<InvocationParameters.Parameter>();
    for (Input item : items) {
      item.only("Key", "Value", "IsValueSecret");
      String at = path + "." + (parameters.size() + 1) + ".member.";
      String k = item.text("Key").orElseThrow(() -> EventBridgeErrors.missing(at + "key"));
      String v = item.text("Value").orElseThrow(() -> EventBridgeErrors.missing(at + "value"));
      parameters.add(
          new InvocationParameters.Parameter(
              key.of(at + "key", k), value.of(at + "value", v), item.bool("IsValueSecret", false)));
    }
    return parameters;
  }

  /** Returns the value, or throws when it is invalid. */
  @FunctionalInterface
  private interface Check {
    String of(String path, String value);
  }
}
