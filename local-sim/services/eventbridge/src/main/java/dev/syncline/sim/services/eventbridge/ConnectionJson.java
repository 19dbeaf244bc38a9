// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Connections as answers show them: never a password, a key or a value marked secret. */
final class ConnectionJson {
  private ConnectionJson() {}

  /** The answer to a change. */
  static ObjectNode changed(Connection connection) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("ConnectionArn", connection.arn());
    json.put("ConnectionState", connection.state().name());
    times(json, connection);
    return json;
  }

  /** An entry of a list. */
  static ObjectNode summary(Connection connection) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("ConnectionArn", connection.arn());
    json.put("Name", connection.name());
    json.put("ConnectionState", connection.state().name());
    json.put("AuthorizationType", connection.authorizationType());
    times(json, connection);
    return json;
  }

  /** Everything that is shown of it. */
  static ObjectNode described(Connection connection) {
    ObjectNode json = summary(connection);
    Json.putIfPresent(json, "Description", connection.description());
    Json.putIfPresent(json, "SecretArn", connection.secretArn());
    ObjectNode auth = json.putObject("AuthParameters");
    switch (connection.authorization()) {
      case ConnectionAuthorization.ApiKey key ->
          auth.putObject("ApiKeyAuthParameters").put("ApiKeyName", key.name());
      case ConnectionAuthorization.Basic basic ->
          auth.putObject("BasicAuthParameters").put("Username", basic.username());
      case ConnectionAuthorization.OAuth oauth -> {
        ObjectNode shown = auth.putObject("OAuthParameters");
        shown.putObject("ClientParameters").put("ClientID", oauth.clientId());
        shown.put("AuthorizationEndpoint", oauth.endpoint());
        shown.put("HttpMethod", oauth.method());
        if (!oauth.parameters().isEmpty()) {
          parameters(shown.putObject("OAuthHttpParameters"), oauth.parameters());
        }
      }
      case null -> {}
    }
    InvocationParameters parameters = connection.parameters();
    if (!parameters.isEmpty()) {
      parameters(auth.putObject("InvocationHttpParameters"), parameters);
    }
    return json;
  }

  private static void parameters(ObjectNode into, InvocationParameters parameters) {
    parameters.write(
        into,
        "HeaderParameters",
        "QueryStringParameters",
        "BodyParameters",
        (item, parameter) -> {
          item.put("Key", parameter.key());
          if (!parameter.secret()) {
            item.put("Value", parameter.value());
          }
          item.put("IsValueSecret", parameter.secret());
        });
  }

  private static void times(ObjectNode json, Connection connection) {
    time(json, "CreationTime", connection.created());
    time(json, "LastModifiedTime", connection.lastModified());
    time(json, "LastAuthorizedTime", connection.lastAuthorized());
  }

  private static void time(ObjectNode json, String name, @Nullable Instant time) {
    if (time != null) {
      json.put(name, BigDecimal.valueOf(time.toEpochMilli(), 3));
    }
  }
}
