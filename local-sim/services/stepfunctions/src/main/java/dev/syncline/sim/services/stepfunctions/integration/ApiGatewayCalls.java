// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.Effect;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.OutgoingRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code apigateway:invoke}: a request to a deployed API. Source: the Step Functions guide. */
record ApiGatewayCalls(HttpHosts hosts, IntegrationCalls services) implements Integration {
  private static final Set<String> METHODS =
      Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
  private static final Set<String> AUTH_TYPES = Set.of("NO_AUTH", "IAM_ROLE", "RESOURCE_POLICY");
  private static final List<String> PARAMETERS =
      List.of(
          "ApiEndpoint",
          "Method",
          "Headers",
          "Stage",
          "Path",
          "QueryParameters",
          "RequestBody",
          "AllowNullValues",
          "AuthType");

  @Override
  public JsonNode call(Effect.ScheduleTask task) throws TaskFailedException {
    JsonNode parameters = task.parameters().json();
    TaskFailedException.requireSupported(parameters, PARAMETERS);
    String method = required(parameters, "Method").toUpperCase(Locale.ROOT);
    String auth = parameters.path("AuthType").asText("NO_AUTH");
    if (!METHODS.contains(method) || !AUTH_TYPES.contains(auth)) {
      throw invalid(parameters, METHODS.contains(method) ? "AuthType" : "Method");
    }
    var headers = pairs(parameters, "Headers");
    if (headers.stream().noneMatch(header -> header.getKey().equalsIgnoreCase("content-type"))) {
      headers.add(Map.entry("Content-Type", "application/json"));
    }
    var query = new ArrayList<String>();
    for (Map.Entry<String, String> pair : pairs(parameters, "QueryParameters")) {
      query.add(HttpText.encode(pair.getKey()) + "=" + HttpText.encode(pair.getValue()));
    }
    var request =
        new OutgoingRequest(
            method, endpoint(parameters), String.join("&", query), headers, body(parameters));
    HttpResponse response =
        hosts.send(auth.equals("IAM_ROLE") ? services.signed(request, "execute-api") : request);
    String text = new String(response.body(), StandardCharsets.UTF_8);
    if (response.status() < 200 || response.status() > 299) {
      JsonNode cause = HttpText.jsonOrText(text);
      throw new TaskFailedException(
          "ApiGateway." + response.status(), cause.isTextual() ? text : Json.write(cause));
    }
    return HttpText.result(response, HttpText.jsonOrText(text));
  }

  private static URI endpoint(JsonNode parameters) throws TaskFailedException {
    String host = required(parameters, "ApiEndpoint");
    var url = new StringBuilder("https://").append(host);
    for (String part : List.of("Stage", "Path")) {
      String text = parameters.path(part).asText("");
      if (!text.isEmpty()) {
        url.append(text.startsWith("/") ? "" : "/").append(text);
      }
    }
    URI endpoint;
    try {
      endpoint = URI.create(url.toString());
    } catch (IllegalArgumentException malformed) {
      throw invalid(parameters, "ApiEndpoint");
    }
    if (endpoint.getHost() == null || !endpoint.getHost().equalsIgnoreCase(host)) {
      throw invalid(parameters, "ApiEndpoint");
    }
    return endpoint;
  }

  private static byte[] body(JsonNode parameters) {
    JsonNode body = parameters.path("RequestBody");
    if (body.isMissingNode() || body.isNull()) {
      return new byte[0];
    }
    String text = body.isTextual() ? body.textValue() : Json.write(body);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Names with a value or an array of them. */
  private static ArrayList<Map.Entry<String, String>> pairs(JsonNode parameters, String field)
      throws TaskFailedException {
    JsonNode given = parameters.path(field);
    var pairs = new ArrayList<Map.Entry<String, String>>();
    if (given.isMissingNode() || given.isNull()) {
      return pairs;
    }
    if (!given.isObject()) {
      throw invalid(parameters, field);
    }
    for (Map.Entry<String, JsonNode> one : given.properties()) {
      Iterable<JsonNode> values =
          one.getValue().isArray() ? one.getValue() : List.of(one.getValue());
      for (JsonNode value : values) {
        if (value.isContainerNode()) {
          throw invalid(parameters, field);
        }
        pairs.add(Map.entry(one.getKey(), value.asText()));
      }
    }
    return pairs;
  }

  private static String required(JsonNode parameters, String field) throws TaskFailedException {
    JsonNode value = parameters.path(field);
    if (!value.isTextual()) {
      throw TaskFailedException.badParameters(
          parameters,
          value.isMissingNode()
              ? "The field '" + field + "' is required but was missing"
              : "The value for the field '" + field + "' must be a STRING");
    }
    return value.textValue();
  }

  private static TaskFailedException invalid(JsonNode parameters, String field) {
    return TaskFailedException.badParameters(
        parameters, "The value of the field '" + field + "' has an invalid format");
  }
}
