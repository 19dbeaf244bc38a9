// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.bridge.http.CallerIdentity;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * An authenticated caller and its members in the request context.
 *
 * @param name of the caller; empty if not authenticated
 */
record Caller(Kind kind, String name) {

  /** Ways to authenticate. */
  enum Kind {
    NONE,
    USER_POOL,
    JWT,
    IAM,
    LAMBDA,
    API_KEY
  }

  static final Caller NOBODY = new Caller(Kind.NONE, "");

  /** Adds the caller's members to a request context. */
  void authenticated(ObjectNode context) {
    switch (kind) {
      case NONE -> {}
      case USER_POOL ->
          context.putObject("authorizer").putObject("claims").put("sub", name).put("iss", "pool");
      case JWT ->
          context
              .putObject("authorizer")
              .putObject("jwt")
              .putObject("claims")
              .put("sub", name)
              .put("iss", "issuer");
      case IAM ->
          context
              .putObject("identity")
              .put("userArn", "arn:aws:sts::1:assumed-role/App/CognitoIdentityCredentials")
              .put("cognitoIdentityId", name);
      case LAMBDA ->
          context.putObject("authorizer").put("principalId", "user").put("customer", name);
      case API_KEY -> context.putObject("identity").put("apiKeyId", name);
    }
  }

  /** The scope that the bridge derives. */
  String scope() {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    authenticated(context);
    Map<String, String> members = new HashMap<>();
    flatten("", context, members);
    return new CallerIdentity(members).scope(Set.of());
  }

  private static void flatten(String path, JsonNode node, Map<String, String> members) {
    node.properties()
        .forEach(
            field -> {
              String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
              if (field.getValue().isObject()) {
                flatten(name, field.getValue(), members);
              } else {
                members.put(name, field.getValue().asText());
              }
            });
  }
}
