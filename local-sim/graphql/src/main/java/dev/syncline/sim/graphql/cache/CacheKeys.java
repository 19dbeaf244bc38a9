// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldCall;
import dev.syncline.sim.graphql.RequestContext;
import dev.syncline.sim.graphql.execution.GraphqlRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Builds the keys of a cache as texts. Stateless. */
final class CacheKeys {
  private static final List<String> DEFAULT =
      List.of("context.arguments", "context.source", "context.identity");

  /** As documented: these headers differ from request to request. */
  private static final Set<String> RESERVED_HEADERS =
      Set.of(
          "authorization",
          "cloudfront-forwarded-proto",
          "cloudfront-is-desktop-viewer",
          "cloudfront-is-mobile-viewer",
          "cloudfront-is-smarttv-viewer",
          "cloudfront-is-tablet-viewer",
          "cloudfront-viewer-asn",
          "cloudfront-viewer-country",
          "content-length",
          "host",
          "priority",
          "sec-ch-ua",
          "sec-ch-ua-mobile",
          "sec-ch-ua-platform",
          "via",
          "x-amz-cf-id",
          "x-amz-date",
          "x-amz-security-token",
          "x-amzn-appsync-is-vpce-request",
          "x-amzn-remote-ip",
          "x-amzn-requestid",
          "x-amzn-trace-id",
          "x-forwarded-for");

  private CacheKeys() {}

  /** The key of a resolver's result. */
  static String ofResolver(
      String type, String field, List<String> keys, FieldCall call, RequestContext request) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    for (String key : keys.isEmpty() ? DEFAULT : keys) {
      String name = normalized(key);
      values.set(name, value(name, call, request));
    }
    return of(type, field, values);
  }

  /** The key that {@code extensions.evictFromApiCache} names. */
  static String ofEviction(String type, String field, JsonNode keys) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    keys.properties().forEach(key -> values.set(normalized(key.getKey()), key.getValue()));
    return of(type, field, values);
  }

  /**
   * The key of a whole response.
   *
   * @param deniedFields the fields that the authorizer denied
   */
  static String ofOperation(
      GraphqlRequest operation, RequestContext request, List<String> deniedFields) {
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    key.put("query", operation.query()).put("operationName", operation.operationName());
    key.set("variables", sorted(operation.variables()));
    key.put("authType", request.authType());
    JsonNode identity = sorted(request.identity());
    if (identity instanceof ObjectNode members) {
      members.remove("sourceIp");
    }
    key.set("identity", identity);
    Map<String, JsonNode> headers = new TreeMap<>();
    for (Map.Entry<String, JsonNode> header : request.headers().properties()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!RESERVED_HEADERS.contains(name)) {
        headers.put(name, header.getValue());
      }
    }
    key.putObject("headers").setAll(headers);
    var denied = key.putArray("deniedFields");
    deniedFields.stream().sorted().forEach(denied::add);
    return key.toString();
  }

  private static String of(String type, String field, ObjectNode values) {
    return type + '.' + field + sorted(values, false);
  }

  /** {@code $ctx.args.id} is {@code context.arguments.id}. */
  private static String normalized(String key) {
    List<String> parts = new ArrayList<>(List.of(key.split("\\.", -1)));
    String first = parts.getFirst();
    if (first.startsWith("$")) {
      first = first.substring(1);
    }
    parts.set(0, first.equals("ctx") ? "context" : first);
    if (parts.size() > 1 && parts.get(1).equals("args")) {
      parts.set(1, "arguments");
    }
    return String.join(".", parts);
  }

  private static JsonNode value(String key, FieldCall call, RequestContext request) {
    String[] parts = key.split("\\.", -1);
    JsonNode value =
        !parts[0].equals("context") || parts.length < 2
            ? MissingNode.getInstance()
            : switch (parts[1]) {
              case "arguments" -> call.arguments();
              case "source" -> call.source();
              case "identity" -> request.identity();
              default -> MissingNode.getInstance();
            };
    for (int index = 2; index < parts.length; index++) {
      value = value.path(parts[index]);
    }
    return value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value;
  }

  private static JsonNode sorted(JsonNode node) {
    return sorted(node, true);
  }

  /** A copy whose members are in the order of their names; the outer ones only if {@code outer}. */
  private static JsonNode sorted(JsonNode node, boolean outer) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (node.isObject()) {
      Map<String, JsonNode> members = outer ? new TreeMap<>() : new LinkedHashMap<>();
      node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
      return nodes.objectNode().setAll(members);
    }
    if (node.isArray()) {
      var copy = nodes.arrayNode();
      node.forEach(member -> copy.add(sorted(member)));
      return copy;
    }
    return node;
  }
}
