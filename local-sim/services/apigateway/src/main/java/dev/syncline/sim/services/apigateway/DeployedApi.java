// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A snapshot of a REST API at its deployment: later edits take effect at the next deployment.
 * Immutable.
 */
record DeployedApi(
    String apiId,
    RouteNode routes,
    List<String> binaryMediaTypes,
    Map<GatewayResponseType, JsonNode> gatewayResponses) {

  static DeployedApi of(RestApi api) {
    var routes = new RouteNode();
    int count = 0;
    for (ObjectNode resource : api.resources.values()) {
      for (JsonNode method : resource.path("resourceMethods")) {
        routes.add(DeployedMethod.of(api, resource, (ObjectNode) method));
        count++;
      }
    }
    if (count == 0) {
      throw GatewayErrors.badRequest("The REST API doesn't contain any methods");
    }
    return of(api, routes);
  }

  /** As {@link #of(RestApi)}, with these methods only. */
  static DeployedApi of(RestApi api, RouteNode routes) {
    var binary = new ArrayList<String>();
    api.json.path("binaryMediaTypes").forEach(type -> binary.add(type.asText()));
    var responses = new EnumMap<GatewayResponseType, JsonNode>(GatewayResponseType.class);
    api.gatewayResponses.forEach(
        (name, response) -> responses.put(GatewayResponseType.valueOf(name), response.deepCopy()));
    return new DeployedApi(api.id, routes, binary, responses);
  }

  /** Whether a media type, as in Content-Type or Accept, is one of the binary ones. */
  boolean isBinary(String mediaType) {
    int parameters = mediaType.indexOf(';');
    String type =
        (parameters < 0 ? mediaType : mediaType.substring(0, parameters))
            .trim()
            .toLowerCase(Locale.ROOT);
    for (String binary : binaryMediaTypes) {
      String pattern = binary.toLowerCase(Locale.ROOT);
      if (pattern.equals("*/*")
          || pattern.equals(type)
          || (pattern.endsWith("/*")
              && type.startsWith(pattern.substring(0, pattern.length() - 1)))) {
        return true;
      }
    }
    return false;
  }
}
