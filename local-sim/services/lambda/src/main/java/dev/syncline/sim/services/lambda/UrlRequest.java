// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.contract.AccessKeys.AccessKey;
import dev.syncline.sim.service.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request to a function URL and the event that the function gets: payload format 2.0. Source: the
 * Lambda developer guide, "Request and response payloads".
 *
 * @param path below the URL as it was sent: percent-encoded, beginning with a slash
 * @param caller null for an anonymous one
 */
record UrlRequest(
    HttpRequest http,
    FunctionUrl url,
    String region,
    String account,
    String path,
    String requestId,
    String traceId,
    Instant time,
    @Nullable AccessKey caller) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Headers that are between the client and Lambda only. */
  private static final Set<String> NOT_PASSED =
      Set.of("connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "cookie");

  /** Types that are passed as text, besides {@code text/…}. */
  private static final Set<String> TEXTS =
      Set.of("application/json", "application/javascript", "application/xml");

  ObjectNode event() {
    ObjectNode event = Json.object();
    event.put("version", "2.0");
    event.put("routeKey", "$default");
    event.put("rawPath", path);
    event.put("rawQueryString", http.rawQuery());
    var cookies = event.arrayNode();
    for (String header : http.headers().all("Cookie")) {
      for (String cookie : header.split(";", -1)) {
        if (!cookie.isBlank()) {
          cookies.add(cookie.strip());
        }
      }
    }
    if (!cookies.isEmpty()) {
      event.set("cookies", cookies);
    }
    headers(event.putObject("headers"));
    if (!http.query().isEmpty()) {
      ObjectNode parameters = event.putObject("queryStringParameters");
      for (Map.Entry<String, String> parameter : http.query()) {
        String before = parameters.path(parameter.getKey()).asText(null);
        parameters.put(
            parameter.getKey(),
            before == null ? parameter.getValue() : before + "," + parameter.getValue());
      }
    }
    event.set("requestContext", context());
    body(event);
    return event;
  }

  private void headers(ObjectNode headers) {
    http.headers()
        .byName()
        .forEach(
            (name, value) -> {
              if (!NOT_PASSED.contains(name)) {
                headers.put(name, value);
              }
            });
    headers.put("host", url.host(region));
    headers.put("x-amzn-trace-id", traceId.split(";", 2)[0]);
    headers.put("x-forwarded-for", http.remoteAddress());
    headers.put("x-forwarded-port", http.secure() ? "443" : "80");
    headers.put("x-forwarded-proto", http.secure() ? "https" : "http");
  }

  private ObjectNode context() {
    ObjectNode context = Json.object();
    context.put("accountId", caller == null ? "anonymous" : account);
    context.put("apiId", url.id());
    if (caller != null) {
      ObjectNode iam = context.putObject("authorizer").putObject("iam");
      iam.put("accessKey", caller.id());
      iam.put("accountId", account);
      iam.put("callerId", caller.userId());
      iam.putNull("cognitoIdentity");
      iam.putNull("principalOrgId");
      iam.put("userArn", caller.principalArn());
      iam.put("userId", caller.userId());
    }
    context.put("domainName", url.host(region));
    context.put("domainPrefix", url.id());
    context
        .putObject("http")
        .put("method", http.method())
        .put("path", path)
        .put("protocol", "HTTP/1.1")
        .put("sourceIp", http.remoteAddress())
        .put("userAgent", http.headers().first("User-Agent").orElse(""));
    context.put("requestId", requestId);
    context.put("routeKey", "$default");
    context.put("stage", "$default");
    context.put("time", TIME.format(time));
    context.put("timeEpoch", time.toEpochMilli());
    return context;
  }

  private void body(ObjectNode event) {
    byte[] body = http.body();
    if (body.length > 0) {
      Optional<String> text = isText() ? decoded(body) : Optional.empty();
      event.put("body", text.orElseGet(() -> Base64.getEncoder().encodeToString(body)));
      event.put("isBase64Encoded", text.isEmpty());
    } else {
      event.put("isBase64Encoded", false);
    }
  }

  private boolean isText() {
    String type =
        http.headers()
            .first("Content-Type")
            .orElse("application/json")
            .split(";", 2)[0]
            .strip()
            .toLowerCase(Locale.ROOT);
    return type.startsWith("text/")
        || TEXTS.contains(type)
        || type.endsWith("+json")
        || type.endsWith("+xml");
  }

  private static Optional<String> decoded(byte[] body) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }
}
