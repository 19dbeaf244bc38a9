// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stage with the routes of its deployment, from the most specific to the least. Thread-safe.
 *
 * @param variables stage variables
 * @param logGroup the name of the log group of access logs; empty without access logs
 * @param logFormat the format of an access log entry
 */
record ServedStage(
    String name,
    Map<String, String> variables,
    List<ServedRoute> routes,
    String logGroup,
    String logFormat) {
  static ServedStage of(JsonNode stage, JsonNode deployed) {
    var variables = new LinkedHashMap<String, String>();
    stage
        .path("stageVariables")
        .properties()
        .forEach(entry -> variables.put(entry.getKey(), entry.getValue().asText()));
    var routes = new ArrayList<ServedRoute>();
    for (JsonNode route : deployed.path("ROUTE")) {
      RouteKey.parse(route.path("routeKey").asText())
          .ifPresent(key -> routes.add(served(key, route, stage, deployed)));
    }
    routes.sort(Comparator.comparing(ServedRoute::key));
    String destination = stage.at("/accessLogSettings/destinationArn").asText();
    int group = destination.indexOf(":log-group:");
    return new ServedStage(
        stage.path("stageName").asText(),
        variables,
        List.copyOf(routes),
        group < 0
            ? ""
            : destination.substring(group + ":log-group:".length()).replaceFirst(":\\*$", ""),
        stage.at("/accessLogSettings/format").asText());
  }

  private static ServedRoute served(
      RouteKey key, JsonNode route, JsonNode stage, JsonNode deployed) {
    String target = route.path("target").asText();
    String authorizer = route.path("authorizerId").asText();
    return new ServedRoute(
        key,
        route,
        deployed.path("INTEGRATION").path(target.substring(target.indexOf('/') + 1)),
        authorizer.isEmpty()
            ? MissingNode.getInstance()
            : deployed.path("AUTHORIZER").path(authorizer),
        RouteThrottle.of(
            stage.path("routeSettings").path(key.text()), stage.path("defaultRouteSettings")));
  }

  /** The route of a request; empty when there is not even a default route. */
  Optional<ServedRoute.Match> match(String method, String path) {
    List<String> segments = RouteKey.segments(path);
    for (ServedRoute route : routes) {
      Optional<Map<String, String>> parameters = route.key().match(method, segments);
      if (parameters.isPresent()) {
        return Optional.of(new ServedRoute.Match(route, parameters.get()));
      }
    }
    return Optional.empty();
  }
}
