// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.services.apigateway.mapping.MappingReferences;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Maps a request of a client to the request of its integration. */
final class RequestMapping {
  private static final String TARGET = "integration.request.";
  private static final String JSON = "application/json";

  private RequestMapping() {}

  static IntegrationRequest of(MappingScope scope) throws GatewayRejection {
    JsonNode integration = scope.match().method().integration();
    HttpRequest request = scope.exchange().request();
    String sent = request.headers().first("Content-Type").orElse(JSON);
    String media = sent.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    Optional<String> template = template(integration, media);
    byte[] body = converted(scope, integration, sent);
    if (template.isPresent()) {
      body =
          rendered(scope, template.get(), new String(body, StandardCharsets.UTF_8))
              .getBytes(StandardCharsets.UTF_8);
    }
    var headers = new LinkedHashMap<String, List<String>>();
    var query = new LinkedHashMap<String, List<String>>();
    var path = new LinkedHashMap<String, List<String>>();
    Map<String, String> values = scope.values();
    for (var mapping : integration.path("requestParameters").properties()) {
      String[] target = mapping.getKey().substring(TARGET.length()).split("\\.", 2);
      List<String> found = ParameterSource.request(mapping.getValue().asText(), scope, values);
      if (!found.isEmpty()) {
        switch (target[0]) {
          case "header" -> headers.put(target[1], found);
          case "querystring" -> query.put(target[1], found);
          default -> path.put(target[1], found);
        }
      }
    }
    MappingReferences overrides = scope.requestOverride();
    overrides.child("header").forEach((name, value) -> set(headers, name, value));
    overrides.child("querystring").forEach((name, value) -> set(query, name, value));
    overrides.child("path").forEach((name, value) -> set(path, name, value));
    if (headers.keySet().stream().noneMatch(name -> name.equalsIgnoreCase("Content-Type"))) {
      headers.put("Content-Type", List.of(template.isPresent() ? media : sent));
    }
    var variables = new LinkedHashMap<String, String>();
    path.forEach((name, all) -> variables.put(name, all.getLast()));
    return new IntegrationRequest(pairs(headers), pairs(query), variables, body);
  }

  /** The template for a content type; refuses the request where it may not pass without one. */
  private static Optional<String> template(JsonNode integration, String media)
      throws GatewayRejection {
    JsonNode templates = integration.path("requestTemplates");
    for (var template : templates.properties()) {
      if (template.getKey().toLowerCase(Locale.ROOT).equals(media)) {
        return Optional.of(template.getValue().asText());
      }
    }
    boolean passes =
        switch (integration.path("passthroughBehavior").asText().toUpperCase(Locale.ROOT)) {
          case "NEVER" -> false;
          case "WHEN_NO_TEMPLATES" -> templates.isEmpty();
          default -> true;
        };
    if (!passes) {
      throw new GatewayRejection(
          GatewayResponseType.UNSUPPORTED_MEDIA_TYPE, "no request template for " + media);
    }
    return Optional.empty();
  }

  private static byte[] converted(MappingScope scope, JsonNode integration, String type)
      throws GatewayRejection {
    byte[] body = scope.exchange().request().body();
    boolean binary = scope.exchange().stage().api().isBinary(type);
    String handling = integration.path("contentHandling").asText("");
    if (handling.equals("CONVERT_TO_TEXT") && binary) {
      return Base64.getEncoder().encode(body);
    }
    if (handling.equals("CONVERT_TO_BINARY") && !binary) {
      try {
        return Base64.getDecoder().decode(new String(body, StandardCharsets.UTF_8).strip());
      } catch (IllegalArgumentException notBase64) {
        throw configurationError("Unable to base64 decode the body.");
      }
    }
    return body;
  }

  private static String rendered(MappingScope scope, String template, String body)
      throws GatewayRejection {
    try {
      return scope.render(template, body);
    } catch (MappingScope.FailedException failed) {
      if (!failed.parseError().isEmpty()) {
        String text = "Could not parse request body into json: " + failed.parseError();
        throw new GatewayRejection(GatewayResponseType.BAD_REQUEST_BODY, 400, text, text);
      }
      throw configurationError("Unable to transform request: " + failed.getMessage());
    }
  }

  private static void set(Map<String, List<String>> all, String name, Object value) {
    all.keySet().removeIf(other -> other.equalsIgnoreCase(name));
    var values = new ArrayList<String>();
    if (value instanceof List<?> several) {
      several.forEach(one -> values.add(String.valueOf(one)));
    } else {
      values.add(String.valueOf(value));
    }
    all.put(name, values);
  }

  private static List<Map.Entry<String, String>> pairs(Map<String, List<String>> all) {
    var pairs = new ArrayList<Map.Entry<String, String>>();
    all.forEach((name, values) -> values.forEach(value -> pairs.add(Map.entry(name, value))));
    return pairs;
  }

  static GatewayRejection configurationError(String reason) {
    return new GatewayRejection(
        GatewayResponseType.API_CONFIGURATION_ERROR,
        "Execution failed due to configuration error: " + reason);
  }
}
