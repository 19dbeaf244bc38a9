// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.service.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of parameter mappings: {@code $request.header.x}, {@code $request.querystring.x}, {@code
 * $request.path.x}, {@code $request.body.x}, {@code $context.x}, {@code $stageVariables.x}, and
 * static text in which such references may stand as <code>${…}</code>.
 */
final class RequestValues {
  private static final Pattern WHOLE =
      Pattern.compile(
          "\\$(request\\.(?:header|querystring|path|body)|context|stageVariables)(?:\\.([A-Za-z0-9_.\\[\\]'-]+))?");
  private static final Pattern EMBEDDED = Pattern.compile("\\$\\{([^}]+)}");

  private RequestValues() {}

  /** The value of a mapping; missing when the request does not have it. */
  static JsonNode value(HttpApiCall call, String mapping) {
    Matcher whole = WHOLE.matcher(mapping);
    if (whole.matches()) {
      return reference(call, whole.group(1), whole.group(2) == null ? "" : whole.group(2));
    }
    return TextNode.valueOf(
        EMBEDDED
            .matcher(mapping)
            .replaceAll(
                match -> {
                  JsonNode value = value(call, "$" + match.group(1));
                  return Matcher.quoteReplacement(
                      value.isContainerNode() ? Json.write(value) : value.asText());
                }));
  }

  private static JsonNode reference(HttpApiCall call, String kind, String name) {
    return switch (kind) {
      case "request.header" -> text(String.join(",", call.request().headers().all(name)));
      case "request.querystring" ->
          text(
              String.join(
                  ",",
                  call.request().query().stream()
                      .filter(one -> one.getKey().equals(name))
                      .map(java.util.Map.Entry::getValue)
                      .toList()));
      case "request.path" ->
          text(name.isEmpty() ? call.path() : call.match().parameters().getOrDefault(name, ""));
      case "request.body" -> body(call, name);
      case "context" -> text(call.context().getOrDefault(name, ""));
      default -> text(call.stage().variables().getOrDefault(name, ""));
    };
  }

  private static JsonNode text(String value) {
    return value.isEmpty() ? MissingNode.getInstance() : TextNode.valueOf(value);
  }

  private static JsonNode body(HttpApiCall call, String path) {
    String body = new String(call.request().body(), StandardCharsets.UTF_8);
    if (path.isEmpty()) {
      return TextNode.valueOf(body);
    }
    JsonNode value;
    try {
      value = Json.MAPPER.readTree(body);
    } catch (IOException notJson) {
      return MissingNode.getInstance();
    }
    for (String name :
        path.replace("['", ".")
            .replace("']", "")
            .replace("[", ".")
            .replace("]", "")
            .split("\\.", -1)) {
      value =
          value.isArray() && name.matches("\\d{1,9}")
              ? value.path(Integer.parseInt(name))
              : value.path(name);
    }
    return value;
  }
}
