// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.services.apigatewayv2.data.FunctionArn;
import dev.syncline.sim.services.apigatewayv2.data.IdentitySource;
import java.util.List;
import java.util.Set;

/** JWT and Lambda authorizers. */
record HttpAuthorizerOperations(Ids ids, HttpApiStore store) {
  /** How long an authorizer's answer is kept without a member for it, in seconds. */
  private static final int DEFAULT_TTL_SECONDS = 300;

  private static final int MAX_TTL_SECONDS = 3600;

  static final Set<String> MEMBERS =
      Set.of(
          "authorizerCredentialsArn",
          "authorizerPayloadFormatVersion",
          "authorizerResultTtlInSeconds",
          "authorizerType",
          "authorizerUri",
          "enableSimpleResponses",
          "identitySource",
          "jwtConfiguration",
          "name");

  List<Operation> operations() {
    var parts =
        new HttpApiParts(
            store, HttpApiPart.AUTHORIZER, MEMBERS, this::check, json -> ids.lowerAlphanumeric(6));
    return List.of(
        parts.create("CreateAuthorizer"),
        parts.get("GetAuthorizer"),
        parts.list("GetAuthorizers"),
        parts.update("UpdateAuthorizer"),
        parts.delete("DeleteAuthorizer"));
  }

  void check(HttpApi api, ObjectNode authorizer) {
    String name = authorizer.path("name").asText();
    if (name.isEmpty()) {
      throw HttpApiErrors.badRequest("name is required");
    }
    for (ObjectNode other : api.all(HttpApiPart.AUTHORIZER).values()) {
      if (other.path("name").asText().equals(name)
          && !other.path("authorizerId").equals(authorizer.path("authorizerId"))) {
        throw HttpApiErrors.conflict("Authorizer name must be unique in the API: " + name);
      }
    }
    for (JsonNode source : authorizer.path("identitySource")) {
      if (IdentitySource.parse(source.asText()).isEmpty()) {
        throw HttpApiErrors.badRequest("Invalid identity source: " + source.asText());
      }
    }
    String type = authorizer.path("authorizerType").asText();
    switch (type) {
      case "JWT" -> jwt(authorizer);
      case "REQUEST" -> request(authorizer);
      default ->
          throw HttpApiErrors.badRequest(
              "authorizerType must be JWT or REQUEST, not '" + type + "'");
    }
  }

  private static void jwt(ObjectNode authorizer) {
    JsonNode configuration = authorizer.path("jwtConfiguration");
    if (configuration.path("issuer").asText().isEmpty()
        || configuration.path("audience").isEmpty()) {
      throw HttpApiErrors.badRequest("jwtConfiguration needs issuer and audience");
    }
    if (authorizer.path("identitySource").size() != 1) {
      throw HttpApiErrors.badRequest("identitySource of a JWT authorizer must have one entry");
    }
  }

  private static void request(ObjectNode authorizer) {
    String uri = authorizer.path("authorizerUri").asText();
    if (FunctionArn.of(uri).isEmpty()) {
      throw HttpApiErrors.badRequest(
          "authorizerUri must be the invocation ARN of a Lambda function, not '" + uri + "'");
    }
    String version = authorizer.path("authorizerPayloadFormatVersion").asText();
    if (!version.equals("1.0") && !version.equals("2.0")) {
      throw HttpApiErrors.badRequest(
          "authorizerPayloadFormatVersion must be 1.0 or 2.0, not '" + version + "'");
    }
    if (version.equals("1.0") && authorizer.path("enableSimpleResponses").asBoolean()) {
      throw HttpApiErrors.badRequest(
          "enableSimpleResponses needs authorizerPayloadFormatVersion 2.0");
    }
    int seconds =
        authorizer
            .path("authorizerResultTtlInSeconds")
            .asInt(authorizer.path("identitySource").isEmpty() ? 0 : DEFAULT_TTL_SECONDS);
    if (seconds < 0 || seconds > MAX_TTL_SECONDS) {
      throw HttpApiErrors.badRequest(
          "authorizerResultTtlInSeconds must be from 0 to " + MAX_TTL_SECONDS + ", not " + seconds);
    }
    if (seconds > 0 && authorizer.path("identitySource").isEmpty()) {
      throw HttpApiErrors.badRequest(
          "authorizerResultTtlInSeconds needs at least one identitySource");
    }
    authorizer.put("authorizerResultTtlInSeconds", seconds);
  }
}
