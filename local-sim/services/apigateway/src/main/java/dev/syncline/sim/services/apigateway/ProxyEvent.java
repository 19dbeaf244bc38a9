// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Builds the event that a Lambda proxy integration gives to its function. */
final class ProxyEvent {
  /** Headers that are between client and gateway only. */
  private static final Set<String> NOT_PASSED =
      Set.of(
          "connection",
          "content-length",
          "content-md5",
          "expect",
          "keep-alive",
          "max-forwards",
          "proxy-authenticate",
          "proxy-connection",
          "server",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "www-authenticate");

  private static final Map<String, String> SPELLING =
      Map.of("authorization", "Authorization", "user-agent", "User-Agent", "host", "Host");

  private static final List<String> UNKNOWN_IDENTITY =
      List.of(
          "cognitoIdentityPoolId",
          "accountId",
          "cognitoIdentityId",
          "caller",
          "principalOrgId",
          "accessKey",
          "cognitoAuthenticationType",
          "cognitoAuthenticationProvider",
          "userArn",
          "user");

  private ProxyEvent() {}

  static ObjectNode of(Exchange exchange, RouteNode.Match match) {
    HttpRequest request = exchange.request();
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("resource", match.method().resourcePath());
    event.put("path", exchange.eventPath());
    event.put("httpMethod", request.method());
    headers(event, exchange);
    parameters(event, request);
    texts(event, "pathParameters", match.parameters());
    texts(event, "stageVariables", exchange.stage().variables());
    event.set("requestContext", requestContext(exchange, match));
    body(event, exchange);
    return event;
  }

  /** The event of a REQUEST authorizer: the same without a body, and empty where that is null. */
  static ObjectNode forAuthorizer(Exchange exchange, RouteNode.Match match, String methodArn) {
    ObjectNode event = of(exchange, match);
    event.remove(List.of("body", "isBase64Encoded"));
    for (String name : names(event)) {
      if (event.get(name).isNull()) {
        event.putObject(name);
      }
    }
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.put("type", "REQUEST");
    all.put("methodArn", methodArn);
    return all.setAll(event);
  }

  private static void headers(ObjectNode event, Exchange exchange) {
    ObjectNode single = event.putObject("headers");
    ObjectNode multiple = event.putObject("multiValueHeaders");
    for (Map.Entry<String, String> header : exchange.request().headers().entries()) {
      String lower = header.getKey().toLowerCase(Locale.ROOT);
      if (!NOT_PASSED.contains(lower)) {
        add(single, multiple, SPELLING.getOrDefault(lower, header.getKey()), header.getValue());
      }
    }
    set(single, multiple, "X-Amzn-Trace-Id", exchange.traceId());
    String forwarded =
        exchange
            .request()
            .headers()
            .first("X-Forwarded-For")
            .map(before -> before + ", " + exchange.request().remoteAddress())
            .orElse(exchange.request().remoteAddress());
    set(single, multiple, "X-Forwarded-For", forwarded);
    set(single, multiple, "X-Forwarded-Port", exchange.request().secure() ? "443" : "80");
    set(single, multiple, "X-Forwarded-Proto", exchange.request().secure() ? "https" : "http");
  }

  private static void add(ObjectNode single, ObjectNode multiple, String name, String value) {
    single.put(name, value);
    ArrayNode values =
        multiple.get(name) instanceof ArrayNode there ? there : multiple.putArray(name);
    values.add(value);
  }

  private static void set(ObjectNode single, ObjectNode multiple, String name, String value) {
    for (String other : List.copyOf(names(single))) {
      if (other.equalsIgnoreCase(name)) {
        single.remove(other);
        multiple.remove(other);
      }
    }
    add(single, multiple, name, value);
  }

  private static List<String> names(ObjectNode node) {
    var names = new java.util.ArrayList<String>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void parameters(ObjectNode event, HttpRequest request) {
    var query = request.query();
    if (query.isEmpty()) {
      event.putNull("queryStringParameters");
      event.putNull("multiValueQueryStringParameters");
      return;
    }
    ObjectNode single = event.putObject("queryStringParameters");
    ObjectNode multiple = event.putObject("multiValueQueryStringParameters");
    query.forEach(parameter -> add(single, multiple, parameter.getKey(), parameter.getValue()));
  }

  private static void texts(ObjectNode event, String member, Map<String, String> values) {
    if (values.isEmpty()) {
      event.putNull(member);
      return;
    }
    ObjectNode map = event.putObject(member);
    values.forEach(map::put);
  }

  private static ObjectNode requestContext(Exchange exchange, RouteNode.Match match) {
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    context.put("resourceId", match.method().resourceId());
    context.put("resourcePath", match.method().resourcePath());
    if (!exchange.facts().authorizer().isEmpty()) {
      texts(context, "authorizer", exchange.facts().authorizer());
    }
    if (!exchange.facts().claims().isEmpty()) {
      texts(context.putObject("authorizer"), "claims", exchange.facts().claims());
    }
    context.put("httpMethod", exchange.request().method());
    context.put("extendedRequestId", exchange.extendedRequestId());
    context.put("requestTime", exchange.requestTime());
    context.put("path", "/" + exchange.stage().name() + exchange.path());
    context.put("accountId", exchange.account());
    context.put("protocol", exchange.protocol());
    context.put("stage", exchange.stage().name());
    context.put("domainPrefix", exchange.apiId());
    context.put("requestTimeEpoch", exchange.started().toEpochMilli());
    context.put("requestId", exchange.requestId());
    ObjectNode identity = context.putObject("identity");
    UNKNOWN_IDENTITY.forEach(identity::putNull);
    exchange.facts().caller().forEach(identity::put);
    if (!exchange.facts().apiKeyId().isEmpty()) {
      identity.put("apiKey", exchange.facts().apiKey());
      identity.put("apiKeyId", exchange.facts().apiKeyId());
    }
    identity.put("sourceIp", exchange.request().remoteAddress());
    if (exchange.userAgent().isEmpty()) {
      identity.putNull("userAgent");
    } else {
      identity.put("userAgent", exchange.userAgent());
    }
    context.put("domainName", exchange.domainName());
    context.put("deploymentId", exchange.stage().deploymentId());
    context.put("apiId", exchange.apiId());
    return context;
  }

  private static void body(ObjectNode event, Exchange exchange) {
    byte[] body = exchange.request().body();
    if (body.length == 0) {
      event.putNull("body");
      event.put("isBase64Encoded", false);
      return;
    }
    String type = exchange.request().headers().first("Content-Type").orElse("application/json");
    if (!exchange.stage().api().isBinary(type)) {
      try {
        event.put(
            "body", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        event.put("isBase64Encoded", false);
        return;
      } catch (CharacterCodingException notText) {
        // Then it is sent as binary; its content type does not matter.
      }
    }
    event.put("body", Base64.getEncoder().encodeToString(body));
    event.put("isBase64Encoded", true);
  }
}
