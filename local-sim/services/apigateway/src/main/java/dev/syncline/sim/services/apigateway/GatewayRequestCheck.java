// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.kernel.MatchBudget;
import dev.syncline.sim.kernel.PatternTooCostlyException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Request validation: required parameters, and the body against its model. */
final class GatewayRequestCheck {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GatewayRequestCheck() {}

  static void check(Exchange exchange, RouteNode.Match match) throws GatewayRejection {
    DeployedMethod method = match.method();
    if (method.validateParameters()) {
      parameters(exchange, match);
    }
    if (method.validateBody()) {
      body(exchange, method);
    }
  }

  private static void parameters(Exchange exchange, RouteNode.Match match) throws GatewayRejection {
    var missing = new ArrayList<String>();
    for (String parameter : match.method().requiredParameters()) {
      String[] parts = parameter.split("\\.", 4);
      if (parts.length < 4) {
        continue;
      }
      String name = parts[3];
      boolean there =
          switch (parts[2]) {
            case "header" ->
                exchange.request().headers().first(name).filter(v -> !v.isEmpty()).isPresent();
            case "querystring" ->
                exchange.request().query().stream()
                    .anyMatch(e -> e.getKey().equals(name) && !e.getValue().isEmpty());
            default -> match.parameters().containsKey(name);
          };
      if (!there) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      throw new GatewayRejection(
          GatewayResponseType.BAD_REQUEST_PARAMETERS,
          400,
          "Missing required request parameters: " + missing,
          "missing parameters " + missing);
    }
  }

  private static void body(Exchange exchange, DeployedMethod method) throws GatewayRejection {
    String type = exchange.request().headers().first("Content-Type").orElse("application/json");
    String media = type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    ModelSchema schema = method.models().get(media);
    if (schema == null) {
      schema = method.models().get("$default");
    }
    if (schema == null) {
      return;
    }
    byte[] body = exchange.request().body();
    JsonNode value;
    try {
      value = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (IOException notJson) {
      throw GatewayRejection.badBody("[Invalid JSON]");
    }
    if (value == null || value.isMissingNode()) {
      throw GatewayRejection.badBody("[Invalid JSON]");
    }
    List<String> findings;
    try {
      findings = ModelValidator.check(schema, value, body.length);
    } catch (PatternTooCostlyException pattern) {
      throw GatewayRejection.uncheckedBody(String.valueOf(pattern.getMessage()));
    } catch (MatchBudget.ExhaustedException schemas) {
      throw GatewayRejection.uncheckedBody("The model's schemas take too many steps");
    }
    if (!findings.isEmpty()) {
      throw GatewayRejection.badBody("[" + String.join(", ", findings) + "]");
    }
  }
}
