// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.services.apigatewayv2.data.RouteKey;
import java.util.List;
import java.util.Set;

/** Routes. */
record HttpRouteOperations(Ids ids, HttpApiStore store) {
  /** Members of WebSocket APIs are missing, so they are refused by name. */
  static final Set<String> MEMBERS =
      Set.of(
          "apiKeyRequired",
          "authorizationScopes",
          "authorizationType",
          "authorizerId",
          "operationName",
          "routeKey",
          "target");

  List<Operation> operations() {
    var parts =
        new HttpApiParts(
            store, HttpApiPart.ROUTE, MEMBERS, this::check, json -> ids.lowerAlphanumeric(7));
    return List.of(
        parts.create("CreateRoute"),
        parts.get("GetRoute"),
        parts.list("GetRoutes"),
        parts.update("UpdateRoute"),
        parts.delete("DeleteRoute"));
  }

  void check(HttpApi api, ObjectNode route) {
    String key = route.path("routeKey").asText();
    if (RouteKey.parse(key).isEmpty()) {
      throw HttpApiErrors.badRequest("Invalid routeKey: " + key);
    }
    String id = route.path("routeId").asText();
    for (ObjectNode other : api.all(HttpApiPart.ROUTE).values()) {
      if (other.path("routeKey").asText().equals(key)
          && !other.path("routeId").asText().equals(id)) {
        throw HttpApiErrors.conflict("Route with key " + key + " already exists for this API");
      }
    }
    if (route.path("apiKeyRequired").asBoolean()) {
      throw HttpApiErrors.badRequest("apiKeyRequired is only supported for WebSocket APIs");
    }
    route.put("apiKeyRequired", false);
    String target = route.path("target").asText();
    if (!target.isEmpty()) {
      if (!target.startsWith("integrations/")) {
        throw HttpApiErrors.badRequest("target must be integrations/ID, not '" + target + "'");
      }
      api.one(HttpApiPart.INTEGRATION, target.substring("integrations/".length()));
    }
    authorization(api, route);
  }

  private static void authorization(HttpApi api, ObjectNode route) {
    String type = route.path("authorizationType").asText("NONE");
    String authorizer = route.path("authorizerId").asText();
    switch (type) {
      case "NONE" -> {
        if (!authorizer.isEmpty()) {
          throw HttpApiErrors.badRequest("authorizerId needs authorizationType JWT or CUSTOM");
        }
      }
      case "JWT", "CUSTOM" -> {
        String wanted = type.equals("JWT") ? "JWT" : "REQUEST";
        String found = api.one(HttpApiPart.AUTHORIZER, authorizer).path("authorizerType").asText();
        if (!found.equals(wanted)) {
          throw HttpApiErrors.badRequest(
              "authorizationType " + type + " needs an authorizer of type " + wanted);
        }
      }
      case "AWS_IAM" -> throw HttpApiErrors.unsupported("authorizationType AWS_IAM at HTTP APIs");
      default ->
          throw HttpApiErrors.badRequest(
              "authorizationType must be NONE, JWT, CUSTOM or AWS_IAM, not '" + type + "'");
    }
    route.put("authorizationType", type);
  }
}
