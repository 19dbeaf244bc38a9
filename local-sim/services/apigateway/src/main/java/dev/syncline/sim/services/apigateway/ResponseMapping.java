// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.BoundedPattern;
import dev.syncline.sim.kernel.PatternTooCostlyException;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.services.apigateway.mapping.MappingReferences;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Maps the answer of a backend to the response to the client. */
final class ResponseMapping {
  private static final String HEADER = "method.response.header.";
  private static final String JSON = "application/json";

  private ResponseMapping() {}

  static HttpResponse of(MappingScope scope, IntegrationAnswer answer) throws GatewayRejection {
    JsonNode response = chosen(scope.match().method().integration(), answer.selection());
    String type = JSON;
    byte[] body;
    Map.Entry<String, String> template =
        template(
            response.path("responseTemplates"),
            scope.exchange().request().headers().first("Accept").orElse(JSON));
    if (template == null) {
      body = converted(scope, response, answer);
    } else {
      type = template.getKey();
      body = rendered(scope, template.getValue(), answer).getBytes(StandardCharsets.UTF_8);
    }
    var headers = new ArrayList<Map.Entry<String, String>>();
    Map<String, String> values = scope.values();
    for (var mapping : response.path("responseParameters").properties()) {
      String name = mapping.getKey().substring(HEADER.length());
      for (String value : ParameterSource.response(mapping.getValue().asText(), answer, values)) {
        headers.add(Map.entry(name, value));
      }
    }
    MappingReferences override = scope.responseOverride();
    override
        .child("header")
        .forEach(
            (name, value) -> {
              headers.removeIf(header -> header.getKey().equalsIgnoreCase(name));
              List<?> all = value instanceof List<?> several ? several : List.of(value);
              all.forEach(one -> headers.add(Map.entry(name, String.valueOf(one))));
            });
    if (headers.stream().noneMatch(header -> header.getKey().equalsIgnoreCase("Content-Type"))) {
      headers.add(Map.entry("Content-Type", type));
    }
    return new HttpResponse(status(response, override), new Headers(headers), body);
  }

  private static int status(JsonNode response, MappingReferences override) throws GatewayRejection {
    String status = String.valueOf(override.get("status"));
    if (status.isEmpty()) {
      status = response.path("statusCode").asText();
    }
    if (!status.matches("[1-5]\\d\\d")) {
      throw RequestMapping.configurationError("Invalid response override status " + status);
    }
    return Integer.parseInt(status);
  }

  /** The integration response whose pattern matches, else the one without a pattern. */
  private static JsonNode chosen(JsonNode integration, String selection) throws GatewayRejection {
    JsonNode fallback = null;
    for (JsonNode response : integration.path("integrationResponses")) {
      String pattern = response.path("selectionPattern").asText("");
      if (pattern.isEmpty()) {
        fallback = response;
      } else if (matches(pattern, selection)) {
        return response;
      }
    }
    if (fallback == null) {
      throw RequestMapping.configurationError(
          "No match for output mapping and no default output mapping.");
    }
    return fallback;
  }

  private static boolean matches(String pattern, String selection) throws GatewayRejection {
    try {
      return BoundedPattern.of(pattern).matches(selection);
    } catch (PatternSyntaxException malformed) {
      throw RequestMapping.configurationError(
          "The selectionPattern '"
              + pattern
              + "' is not a regular expression: "
              + malformed.getDescription());
    } catch (PatternTooCostlyException tooCostly) {
      throw RequestMapping.configurationError(String.valueOf(tooCostly.getMessage()));
    }
  }

  /** The template for the first media type that the client accepts, else JSON's, else the first. */
  private static Map.@Nullable Entry<String, String> template(JsonNode templates, String accept) {
    String wanted = accept.split(",", 2)[0].split(";", 2)[0].strip();
    Map.Entry<String, String> found = null;
    for (var template : templates.properties()) {
      var entry = Map.entry(template.getKey(), template.getValue().asText());
      if (template.getKey().equalsIgnoreCase(wanted)) {
        return entry;
      }
      if (found == null || template.getKey().equals(JSON)) {
        found = entry;
      }
    }
    return found;
  }

  private static String rendered(MappingScope scope, String template, IntegrationAnswer answer)
      throws GatewayRejection {
    try {
      return scope.render(template, new String(answer.body(), StandardCharsets.UTF_8));
    } catch (MappingScope.FailedException failed) {
      throw RequestMapping.configurationError(
          "Unable to transform response: " + failed.getMessage());
    }
  }

  /** The body without a template, converted as AWS's table of content types says. */
  private static byte[] converted(MappingScope scope, JsonNode response, IntegrationAnswer answer)
      throws GatewayRejection {
    DeployedApi api = scope.exchange().stage().api();
    byte[] body = answer.body();
    boolean binary = api.isBinary(answer.headers().first("Content-Type").orElse(JSON));
    String accept = scope.exchange().request().headers().first("Accept").orElse(JSON);
    boolean wantsBinary = api.isBinary(accept.split(",", 2)[0]);
    return switch (response.path("contentHandling").asText("")) {
      case "CONVERT_TO_BINARY" -> binary ? body : decoded(body);
      case "CONVERT_TO_TEXT" -> binary ? Base64.getEncoder().encode(body) : text(body);
      default -> {
        if (binary) {
          yield wantsBinary ? body : Base64.getEncoder().encode(body);
        }
        yield wantsBinary ? decoded(body) : text(body);
      }
    };
  }

  private static byte[] decoded(byte[] body) throws GatewayRejection {
    try {
      return Base64.getDecoder().decode(new String(body, StandardCharsets.UTF_8).strip());
    } catch (IllegalArgumentException notBase64) {
      throw RequestMapping.configurationError("Unable to base64 decode the body.");
    }
  }

  /** Bytes that are no UTF-8 are replaced, as on AWS. */
  private static byte[] text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
  }
}
