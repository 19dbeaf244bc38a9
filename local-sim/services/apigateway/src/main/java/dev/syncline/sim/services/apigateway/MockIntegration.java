// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.BoundedPattern;
import dev.syncline.sim.kernel.PatternTooCostlyException;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.PatternSyntaxException;

/**
 * Mock integrations: the request template gives a status code, an integration response that matches
 * it gives headers and body. Header values are {@code 'static'}.
 */
final class MockIntegration {
  private static final String HEADER = "method.response.header.";

  private MockIntegration() {}

  static HttpResponse call(Exchange exchange, RouteNode.Match match) throws GatewayRejection {
    JsonNode integration = match.method().integration();
    String type =
        exchange
            .request()
            .headers()
            .first("Content-Type")
            .orElse("application/json")
            .split(";", 2)[0]
            .trim()
            .toLowerCase(Locale.ROOT);
    JsonNode templates = integration.path("requestTemplates");
    JsonNode template = templates.path(type);
    if (template.isMissingNode()) {
      boolean passes =
          switch (integration.path("passthroughBehavior").asText()) {
            case "NEVER" -> false;
            case "WHEN_NO_TEMPLATES" -> templates.isEmpty();
            default -> true;
          };
      if (!passes) {
        throw new GatewayRejection(
            GatewayResponseType.UNSUPPORTED_MEDIA_TYPE, "no request template for " + type);
      }
    }
    Map<String, String> values = exchange.context();
    String request =
        template.isMissingNode()
            ? new String(exchange.request().body(), StandardCharsets.UTF_8)
            : Templates.render(template.asText(), values, "");
    JsonNode response = response(integration, status(request));
    return answer(response, exchange, values, match);
  }

  private static String status(String request) throws GatewayRejection {
    OptionalInt status = MockStatus.of(request);
    if (status.isEmpty()) {
      throw configurationError(
          "Unable to parse statusCode. It should be an integer that is defined in the request"
              + " template.");
    }
    return Integer.toString(status.getAsInt());
  }

  private static JsonNode response(JsonNode integration, String status) throws GatewayRejection {
    JsonNode fallback = null;
    for (JsonNode response : integration.path("integrationResponses")) {
      String pattern = response.path("selectionPattern").asText("");
      if (pattern.isEmpty()) {
        fallback = response;
      } else if (matches(pattern, status)) {
        return response;
      }
    }
    if (fallback == null) {
      throw configurationError("No match for output mapping and no default output mapping.");
    }
    return fallback;
  }

  private static boolean matches(String pattern, String status) throws GatewayRejection {
    try {
      return BoundedPattern.of(pattern).matches(status);
    } catch (PatternSyntaxException malformed) {
      throw configurationError(
          "The selectionPattern '"
              + pattern
              + "' is not a regular expression: "
              + malformed.getDescription());
    } catch (PatternTooCostlyException tooCostly) {
      throw configurationError(String.valueOf(tooCostly.getMessage()));
    }
  }

  private static HttpResponse answer(
      JsonNode response, Exchange exchange, Map<String, String> values, RouteNode.Match match) {
    var headers =
        new ArrayList<>(
            ParameterMapping.headers(
                response.path("responseParameters"), HEADER, exchange, values, match));
    String type = "application/json";
    String body = "";
    var templates = response.path("responseTemplates").properties().iterator();
    if (templates.hasNext()) {
      var first = templates.next();
      type = first.getKey();
      body = Templates.render(first.getValue().asText(), values, "");
    }
    headers.add(Map.entry("Content-Type", type));
    return new HttpResponse(
        Integer.parseInt(response.get("statusCode").asText()),
        new Headers(headers),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static GatewayRejection configurationError(String reason) {
    return new GatewayRejection(
        GatewayResponseType.API_CONFIGURATION_ERROR,
        "Execution failed due to configuration error: " + reason);
  }
}
