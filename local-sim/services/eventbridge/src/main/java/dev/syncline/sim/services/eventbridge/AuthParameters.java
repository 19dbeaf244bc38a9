// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code AuthParameters} of a request. */
final class AuthParameters {
  private static final int MOST_PARAMETERS = 100;
  private static final Set<String> OAUTH_METHODS = Set.of("GET", "POST", "PUT");

  private AuthParameters() {}

  private static final Map<String, String> STRUCTURES =
      Map.of(
          Authorization.ApiKey.TYPE, "ApiKeyAuthParameters",
          Authorization.Basic.TYPE, "BasicAuthParameters",
          Authorization.OAuth.TYPE, "OAuthParameters");

  /** The value of {@code AuthorizationType}, checked. */
  static String type(String value) {
    if (!STRUCTURES.containsKey(value)) {
      throw Constraints.violated(
          "authorizationType",
          value,
          "Member must satisfy enum value set: [BASIC, OAUTH_CLIENT_CREDENTIALS, API_KEY]");
    }
    return value;
  }

  /**
   * The authorization of the given type.
   *
   * @param before what an update leaves in place where a member is absent; null when every member
   *     is required
   */
  static Authorization authorization(String type, Input input, @Nullable Authorization before) {
    input.only(
        "ApiKeyAuthParameters",
        "BasicAuthParameters",
        "OAuthParameters",
        "InvocationHttpParameters");
    String wanted = Objects.requireNonNull(STRUCTURES.get(type));
    for (String other : STRUCTURES.values()) {
      if (!other.equals(wanted) && input.has(other)) {
        throw AwsException.badRequest(
            "ValidationException",
            "AuthParameters." + other + " does not go with the AuthorizationType " + type + ".");
      }
    }
    Input given = input.structure(wanted).orElse(null);
    if (given == null) {
      if (before != null && before.type().equals(type)) {
        return before;
      }
      throw AwsException.badRequest(
          "ValidationException",
          "AuthParameters." + wanted + " is required by the AuthorizationType " + type + ".");
    }
    return switch (type) {
      case Authorization.ApiKey.TYPE -> apiKey(given, before);
      case Authorization.Basic.TYPE -> basic(given, before);
      default -> oauth(given, before);
    };
  }

  private static Authorization oauth(Input given, @Nullable Authorization before) {
    given.only("ClientParameters", "AuthorizationEndpoint", "HttpMethod", "OAuthHttpParameters");
    var kept = before instanceof Authorization.OAuth oauth ? oauth : null;
    String path = "authParameters.oAuthParameters.";
    Input client =
        given
            .structure("ClientParameters")
            .orElseGet(() -> new Input(JsonNodeFactory.instance.objectNode()))
            .only("ClientID", "ClientSecret");
    String method = given.text("HttpMethod").orElseGet(() -> kept == null ? "" : kept.method());
    if (!OAUTH_METHODS.contains(method)) {
      throw method.isEmpty()
          ? Constraints.missing(path + "httpMethod")
          : Constraints.violated(
              path + "httpMethod", method, "Member must satisfy enum value set: [GET, POST, PUT]");
    }
    String endpoint =
        given.text("AuthorizationEndpoint").orElseGet(() -> kept == null ? "" : kept.endpoint());
    if (endpoint.isEmpty()) {
      throw Constraints.missing(path + "authorizationEndpoint");
    }
    return new Authorization.OAuth(
        Constraints.httpsEndpoint(path + "authorizationEndpoint", endpoint),
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

  private static Authorization apiKey(Input given, @Nullable Authorization before) {
    given.only("ApiKeyName", "ApiKeyValue");
    var kept = before instanceof Authorization.ApiKey key ? key : null;
    String path = "authParameters.apiKeyAuthParameters.";
    return new Authorization.ApiKey(
        member(given, "ApiKeyName", path + "apiKeyName", false, kept == null ? null : kept.name()),
        member(
            given, "ApiKeyValue", path + "apiKeyValue", true, kept == null ? null : kept.value()));
  }

  private static Authorization basic(Input given, @Nullable Authorization before) {
    given.only("Username", "Password");
    var kept = before instanceof Authorization.Basic basic ? basic : null;
    String path = "authParameters.basicAuthParameters.";
    return new Authorization.Basic(
        member(given, "Username", path + "username", false, kept == null ? null : kept.username()),
        member(given, "Password", path + "password", true, kept == null ? null : kept.password()));
  }

  private static String member(
      Input given, String member, String path, boolean secret, @Nullable String kept) {
    String value = given.text(member).orElse(kept);
    if (value == null) {
      throw Constraints.missing(path);
    }
    return Constraints.authorization(path, value, secret);
  }

  /** The further parameters; {@code before} when there are none in the request. */
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
        list(given, "HeaderParameters", Constraints::headerKey, Constraints::headerValue),
        list(given, "QueryStringParameters", Constraints::queryKey, Constraints::queryValue),
        list(given, "BodyParameters", (path, key) -> key, (path, value) -> value));
  }

  private static List<InvocationParameters.Parameter> list(
      Input given, String member, Check key, Check value) {
    String path =
        "authParameters.invocationHttpParameters."
            + Character.toLowerCase(member.charAt(0))
            + member.substring(1);
    List<Input> items = given.structures(member);
    if (items.size() > MOST_PARAMETERS) {
      throw Constraints.violated(
          path, "", "Member must have length less than or equal to " + MOST_PARAMETERS);
    }
    var parameters = new ArrayList<InvocationParameters.Parameter>();
    for (Input item : items) {
      item.only("Key", "Value", "IsValueSecret");
      String at = path + "." + (parameters.size() + 1) + ".member.";
      String k = item.text("Key").orElseThrow(() -> Constraints.missing(at + "key"));
      String v = item.text("Value").orElseThrow(() -> Constraints.missing(at + "value"));
      parameters.add(
          new InvocationParameters.Parameter(
              key.of(at + "key", k), value.of(at + "value", v), item.bool("IsValueSecret", false)));
    }
    return parameters;
  }

  /** Gives the value back or refuses it. */
  @FunctionalInterface
  private interface Check {
    String of(String path, String value);
  }
}
