// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The gateway's own answers, as configured or as they are by default. */
final class GatewayResponses {
  private static final String HEADER = "gatewayresponse.header.";
  private static final String DEFAULT_TEMPLATE = "{\"message\":$context.error.messageString}";

  private GatewayResponses() {}

  static HttpResponse of(
      Exchange exchange, RouteNode.@Nullable Match match, GatewayRejection refusal) {
    Map<GatewayResponseType, JsonNode> configured = exchange.stage().api().gatewayResponses();
    int status = refusal.status();
    JsonNode own = configured.get(refusal.type());
    if (own == null) {
      own =
          configured.get(
              status >= 500 ? GatewayResponseType.DEFAULT_5XX : GatewayResponseType.DEFAULT_4XX);
    }
    if (own != null && own.path("statusCode").asText("").matches("\\d{3}")) {
      status = own.get("statusCode").asInt();
    }
    Map<String, String> values = new LinkedHashMap<>(exchange.context());
    values.putAll(refusal.context());
    values.put("context.status", Integer.toString(status));
    var headers = new ArrayList<Map.Entry<String, String>>();
    headers.add(Map.entry("x-amzn-ErrorType", refusal.type().errorType()));
    String type = "application/json";
    // AWS spells the member differently where an authorizer denies.
    String template =
        refusal.type() == GatewayResponseType.ACCESS_DENIED
            ? DEFAULT_TEMPLATE.replace("message\"", "Message\"")
            : DEFAULT_TEMPLATE;
    if (own != null) {
      headers.addAll(
          ParameterMapping.headers(
              own.path("responseParameters"), HEADER, exchange, values, match));
      Map.@Nullable Entry<String, JsonNode> chosen = template(own, exchange);
      if (chosen != null) {
        type = chosen.getKey();
        template = chosen.getValue().asText();
      }
    }
    headers.add(Map.entry("Content-Type", type));
    return new HttpResponse(
        status,
        new Headers(headers),
        Templates.render(template, values, "").getBytes(StandardCharsets.UTF_8));
  }

  private static Map.@Nullable Entry<String, JsonNode> template(JsonNode own, Exchange exchange) {
    String accept = exchange.request().headers().first("Accept").orElse("application/json");
    Map.Entry<String, JsonNode> first = null;
    for (var template : own.path("responseTemplates").properties()) {
      if (accept.contains(template.getKey())) {
        return template;
      }
      if (first == null || template.getKey().equals("application/json")) {
        first = template;
      }
    }
    return first;
  }
}
