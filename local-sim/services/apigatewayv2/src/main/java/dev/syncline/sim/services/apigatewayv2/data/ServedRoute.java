// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A route as a deployment has it. Thread-safe; its JSON must not be changed.
 *
 * @param route as GetRoute answers it
 * @param integration as GetIntegration answers it; missing when the route has no target
 * @param authorizer as GetAuthorizer answers it; missing when the route has none
 */
record ServedRoute(
    RouteKey key,
    JsonNode route,
    JsonNode integration,
    JsonNode authorizer,
    RouteThrottle throttle) {
  /**
   * A route and the variables of its path.
   *
   * @param parameters decoded, in order
   */
  record Match(ServedRoute served, Map<String, String> parameters) {}
}
