// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The events of payload formats 1.0 and 2.0, for integrations and for authorizers. Source: the
 * developer guide, "Create AWS Lambda proxy integrations for HTTP APIs" and "Control access to HTTP
 * APIs with AWS Lambda authorizers".
 */
final class RequestPayload {
  private static final Set<String> TEXT_TYPES =
      Set.of("application/json", "application/javascript", "application/xml");
  private static final Set<String> NOT_PASSED =
      Set.of("connection", "expect", "keep-alive", "te", "transfer-encoding", "upgrade");

  private RequestPayload() {}

  /**
   * The event of an integration.
   *
   * @param version 1.0 or 2.0
   * @param authorizer the member {@code authorizer} of the request context; missing without one
   */
  static ObjectNode ofIntegration(HttpApiCall call, String version, JsonNode authorizer) {
    ObjectNode event = version.equals("2.0") ? second(call) : first(call);
    if (!authorizer.isMissingNode()) {
      event.withObject("/requestContext").set("authorizer", authorizer);
    }
    body(event, call.request());
    return event;
  }

  /** The event of an authorizer of type REQUEST, which has no body. */
  static ObjectNode ofAuthorizer(HttpApiCall call, String version, List<String> identity) {
    boolean second = version.equals("2.0");
    ObjectNode event = second ? second(call) : first(call);
    event.put("type", "REQUEST");
    if (second) {
      event.put("routeArn", call.requestArn());
      event.set("identitySource", Json.texts(identity));
    } else {
      event.put("methodArn", call.requestArn());
      event.put("identitySource", String.join(",", identity));
      event.put("authorizationToken", String.join(",", identity));
    }
    return event;
  }

  private static ObjectNode second(HttpApiCall call) {
    HttpRequest request = call.request();
    ObjectNode event = Json.object();
    event.put("version", "2.0");
    event.put("routeKey", call.key().text());
    event.put("rawPath", call.fullPath());
    event.put("rawQueryString", request.rawQuery());
    ObjectNode headers = Json.object();
    request
        .headers()
        .byName()
        .forEach(
            (name, value) -> {
              if (name.equals("cookie")) {
                event.set("cookies", Json.texts(List.of(value.split(";\\s*", -1))));
              } else if (!NOT_PASSED.contains(name)) {
                headers.put(name, value);
              }
            });
    forwarded(headers, request, "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto");
    event.set("headers", headers);
    ObjectNode parameters = Json.object();
    request
        .query()
        .forEach(
            one ->
                parameters.put(
                    one.getKey(),
                    parameters.has(one.getKey())
                        ? parameters.get(one.getKey()).asText() + "," + one.getValue()
                        : one.getValue()));
    setUnlessEmpty(event, "queryStringParameters", parameters);
    ObjectNode context = event.putObject("requestContext");
    context.put("accountId", call.account());
    context.put("apiId", call.api().id());
    context.put("domainName", call.domainName());
    context.put("domainPrefix", call.api().id());
    ObjectNode http = context.putObject("http");
    http.put("method", request.method());
    http.put("path", call.fullPath());
    http.put("protocol", "HTTP/1.1");
    http.put("sourceIp", request.remoteAddress());
    http.put("userAgent", call.header("User-Agent"));
    context.put("requestId", call.requestId());
    context.put("routeKey", call.key().text());
    context.put("stage", call.stage().name());
    context.put("time", call.time());
    context.put("timeEpoch", call.started().toEpochMilli());
    Json.putUnlessEmpty(event, "pathParameters", call.match().parameters());
    Json.putUnlessEmpty(event, "stageVariables", call.stage().variables());
    return event;
  }

  private static ObjectNode first(HttpApiCall call) {
    HttpRequest request = call.request();
    ObjectNode event = Json.object();
    event.put("version", "1.0");
    event.put("resource", call.key().path());
    event.put("path", call.fullPath());
    event.put("httpMethod", request.method());
    ObjectNode headers = event.putObject("headers");
    ObjectNode allHeaders = event.putObject("multiValueHeaders");
    for (Map.Entry<String, String> header : request.headers().entries()) {
      if (!NOT_PASSED.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        add(headers, allHeaders, header);
      }
    }
    forwarded(headers, request, "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto");
    if (request.query().isEmpty()) {
      event.putNull("queryStringParameters");
      event.putNull("multiValueQueryStringParameters");
    } else {
      ObjectNode parameters = event.putObject("queryStringParameters");
      ObjectNode allParameters = event.putObject("multiValueQueryStringParameters");
      request.query().forEach(parameter -> add(parameters, allParameters, parameter));
    }
    ObjectNode context = event.putObject("requestContext");
    context.put("accountId", call.account());
    context.put("apiId", call.api().id());
    context.put("domainName", call.domainName());
    context.put("domainPrefix", call.api().id());
    context.put("extendedRequestId", call.requestId());
    context.put("httpMethod", request.method());
    ObjectNode identity = context.putObject("identity");
    identity.put("sourceIp", request.remoteAddress());
    identity.put("userAgent", call.header("User-Agent"));
    context.put("path", call.fullPath());
    context.put("protocol", "HTTP/1.1");
    context.put("requestId", call.requestId());
    context.put("requestTime", call.time());
    context.put("requestTimeEpoch", call.started().toEpochMilli());
    context.put("resourceId", call.key().text());
    context.put("resourcePath", call.key().path());
    context.put("stage", call.stage().name());
    texts(event, "pathParameters", call.match().parameters());
    texts(event, "stageVariables", call.stage().variables());
    return event;
  }

  private static void add(ObjectNode single, ObjectNode all, Map.Entry<String, String> entry) {
    single.put(entry.getKey(), entry.getValue());
    ArrayNode values =
        all.get(entry.getKey()) instanceof ArrayNode there ? there : all.putArray(entry.getKey());
    values.add(entry.getValue());
  }

  private static void forwarded(
      ObjectNode headers, HttpRequest request, String origin, String port, String scheme) {
    headers.put(
        origin,
        request
            .headers()
            .first(origin)
            .map(before -> before + ", " + request.remoteAddress())
            .orElse(request.remoteAddress()));
    headers.put(port, request.secure() ? "443" : "80");
    headers.put(scheme, request.secure() ? "https" : "http");
  }

  private static void setUnlessEmpty(ObjectNode event, String member, ObjectNode value) {
    if (!value.isEmpty()) {
      event.set(member, value);
    }
  }

  private static void texts(ObjectNode event, String member, Map<String, String> values) {
    if (values.isEmpty()) {
      event.putNull(member);
    } else {
      Json.putUnlessEmpty(event, member, values);
    }
  }

  private static void body(ObjectNode event, HttpRequest request) {
    boolean text = isText(request.headers().first("Content-Type").orElse("text/plain"));
    if (request.body().length > 0) {
      event.put(
          "body",
          text
              ? new String(request.body(), StandardCharsets.UTF_8)
              : Base64.getEncoder().encodeToString(request.body()));
    } else if (event.path("version").asText().equals("1.0")) {
      event.putNull("body");
    }
    event.put("isBase64Encoded", request.body().length > 0 && !text);
  }

  private static boolean isText(String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.startsWith("text/")
        || TEXT_TYPES.contains(type)
        || type.endsWith("+json")
        || type.endsWith("+xml");
  }
}
