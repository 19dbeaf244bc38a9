// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an authorizer's function returned. Immutable.
 *
 * @param values the principal and the context, as {@code $context.authorizer} has them
 * @param document the policy as it was returned
 */
record AuthorizerResult(
    String principalId, AuthorizerPolicy policy, Map<String, String> values, JsonNode document) {
  /**
   * Reads a function's result.
   *
   * @throws AuthorizerPolicy.MalformedException for another shape than the documented one
   */
  static AuthorizerResult read(byte[] payload) throws AuthorizerPolicy.MalformedException {
    JsonNode result;
    try {
      result = Json.MAPPER.readTree(payload);
    } catch (IOException notJson) {
      throw new AuthorizerPolicy.MalformedException("not JSON");
    }
    JsonNode principal = result.path("principalId");
    if (!principal.isValueNode() || principal.isNull()) {
      throw new AuthorizerPolicy.MalformedException("no principalId");
    }
    var values = new LinkedHashMap<String, String>();
    values.put("principalId", principal.asText());
    JsonNode context = result.path("context");
    for (var member : context.properties()) {
      if (member.getValue().isContainerNode()) {
        throw new AuthorizerPolicy.MalformedException(
            "the context's " + member.getKey() + " is not a text, a number or a boolean");
      }
      if (!member.getValue().isNull()) {
        values.put(member.getKey(), member.getValue().asText());
      }
    }
    return new AuthorizerResult(
        principal.asText(),
        AuthorizerPolicy.of(result.path("policyDocument")),
        values,
        result.path("policyDocument"));
  }
}
