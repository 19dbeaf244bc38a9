// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.eventbridge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.aws.eventbridge.ConnectionCredentials.Authorization;
import dev.syncline.sim.aws.eventbridge.ConnectionCredentials.Parameter;
import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.aws.service.Input;
import dev.syncline.sim.aws.service.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes the {@code AuthParameters} of a connection. */
final class AuthParameters {
  private AuthParameters() {}

  /**
   * Reads what a request gives; on an update, what it leaves out stays.
   *
   * @throws AwsException for a kind of authorization that is not supported, or a missing member
   */
  static ConnectionCredentials read(
      String type, Input auth, @Nullable ConnectionCredentials before) {
    auth.only("ApiKeyAuthParameters", "BasicAuthParameters", "InvocationHttpParameters");
    Optional<Input> http = auth.structure("InvocationHttpParameters");
    http.ifPresent(
        input -> input.only("HeaderParameters", "QueryStringParameters", "BodyParameters"));
    return new ConnectionCredentials(
        authorization(type, auth, before == null ? null : before.authorization()),
        parameters(http, "HeaderParameters", before == null ? List.of() : before.headers()),
        parameters(http, "QueryStringParameters", before == null ? List.of() : before.query()),
        parameters(http, "BodyParameters", before == null ? List.of() : before.body()));
  }

  private static Authorization authorization(
      String type, Input auth, @Nullable Authorization before) {
    switch (type) {
      case "API_KEY" -> {
        Optional<Input> given = auth.structure("ApiKeyAuthParameters");
        given.ifPresent(input -> input.only("ApiKeyName", "ApiKeyValue"));
        var old = before instanceof Authorization.ApiKey key ? key : null;
        return new Authorization.ApiKey(
            member(given, "ApiKeyName", old == null ? null : old.name(), "ApiKeyAuthParameters"),
            member(given, "ApiKeyValue", old == null ? null : old.value(), "ApiKeyAuthParameters"));
      }
      case "BASIC" -> {
        Optional<Input> given = auth.structure("BasicAuthParameters");
        given.ifPresent(input -> input.only("Username", "Password"));
        var old = before instanceof Authorization.Basic basic ? basic : null;
        return new Authorization.Basic(
            member(given, "Username", old == null ? null : old.username(), "BasicAuthParameters"),
            member(given, "Password", old == null ? null : old.password(), "BasicAuthParameters"));
      }
      default ->
          throw AwsException.badRequest(
              "ValidationException",
              "The simulator does not support the AuthorizationType '"
                  + type
                  + "'; use API_KEY or BASIC.");
    }
  }

  private static String member(
      Optional<Input> given, String name, @Nullable String before, String parent) {
    String value = given.flatMap(input -> input.text(name)).orElse(before);
    if (value == null || value.isEmpty()) {
      throw AwsException.badRequest(
          "ValidationException",
          "Parameter AuthParameters." + parent + "." + name + " is missing in the request.");
    }
    return value;
  }

  private static List<Parameter> parameters(
      Optional<Input> http, String member, List<Parameter> before) {
    if (http.isEmpty() || !http.get().has(member)) {
      return before;
    }
    var parameters = new ArrayList<Parameter>();
    for (Input each : http.get().structures(member)) {
      each.only("Key", "Value", "IsValueSecret");
      parameters.add(
          new Parameter(
              each.requiredText("Key"),
              each.text("Value").orElse(""),
              each.bool("IsValueSecret", false)));
    }
    return List.copyOf(parameters);
  }

  /** As DescribeConnection shows them: never a secret. */
  static ObjectNode described(ConnectionCredentials credentials) {
    ObjectNode json = Json.object();
    switch (credentials.authorization()) {
      case Authorization.ApiKey key ->
          json.putObject("ApiKeyAuthParameters").put("ApiKeyName", key.name());
      case Authorization.Basic basic ->
          json.putObject("BasicAuthParameters").put("Username", basic.username());
    }
    ObjectNode http = http(credentials, false);
    if (!http.isEmpty()) {
      json.set("InvocationHttpParameters", http);
    }
    return json;
  }

  /** As EventBridge keeps them in the connection's secret. */
  static String secret(ConnectionCredentials credentials) {
    ObjectNode json = Json.object();
    switch (credentials.authorization()) {
      case Authorization.ApiKey key ->
          json.put("api_key_name", key.name()).put("api_key_value", key.value());
      case Authorization.Basic basic ->
          json.put("username", basic.username()).put("password", basic.password());
    }
    ObjectNode http = http(credentials, true);
    if (!http.isEmpty()) {
      json.set("invocation_http_parameters", http);
    }
    return Json.write(json);
  }

  private static ObjectNode http(ConnectionCredentials credentials, boolean withSecrets) {
    ObjectNode json = Json.object();
    put(json, "HeaderParameters", credentials.headers(), withSecrets);
    put(json, "QueryStringParameters", credentials.query(), withSecrets);
    put(json, "BodyParameters", credentials.body(), withSecrets);
    return json;
  }

  private static void put(
      ObjectNode json, String member, List<Parameter> parameters, boolean withSecrets) {
    if (parameters.isEmpty()) {
      return;
    }
    ArrayNode list = json.putArray(member);
    for (Parameter parameter : parameters) {
      ObjectNode each = list.addObject().put("Key", parameter.key());
      if (withSecrets || !parameter.secret()) {
        each.put("Value", parameter.value());
      }
      each.put("IsValueSecret", parameter.secret());
    }
  }
}
