// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.eventbridge;

import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.aws.service.Input;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the {@code AuthParameters} of a request. */
final class AuthParameters {
  private static final int MOST_PARAMETERS = 100;

  private AuthParameters() {}

  /** The value of {@code AuthorizationType}, checked. */
  static String type(String value) {
    switch (value) {
      case Authorization.ApiKey.TYPE, Authorization.Basic.TYPE -> {
        return value;
      }
      case "OAUTH_CLIENT_CREDENTIALS" ->
          throw AwsException.badRequest(
              "ValidationException",
              "The simulator does not support the AuthorizationType OAUTH_CLIENT_CREDENTIALS.");
      default ->
          throw Constraints.violated(
              "authorizationType",
              value,
              "Member must satisfy enum value set: [BASIC, OAUTH_CLIENT_CREDENTIALS, API_KEY]");
    }
  }

  /**
   * The authorization of the given type.
   *
   * @param before what an update leaves in place where a member is absent; null when every member
   *     is required
   */
  static Authorization authorization(String type, Input input, @Nullable Authorization before) {
    input.only("ApiKeyAuthParameters", "BasicAuthParameters", "InvocationHttpParameters");
    boolean apiKey = type.equals(Authorization.ApiKey.TYPE);
    String wanted = apiKey ? "ApiKeyAuthParameters" : "BasicAuthParameters";
    String other = apiKey ? "BasicAuthParameters" : "ApiKeyAuthParameters";
    if (input.has(other)) {
      throw AwsException.badRequest(
          "ValidationException",
          "AuthParameters." + other + " does not go with the AuthorizationType " + type + ".");
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
    return apiKey ? apiKey(given, before) : basic(given, before);
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
    Input given = input.structure("InvocationHttpParameters").orElse(null);
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
