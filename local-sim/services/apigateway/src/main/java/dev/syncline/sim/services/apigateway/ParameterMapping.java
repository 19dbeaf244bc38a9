// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values of headers that the gateway sets: {@code 'static'}, {@code context.…}, {@code
 * stageVariables.…}, or something of the request, {@code method.request.header.…}. A value that
 * does not exist is left out.
 */
final class ParameterMapping {
  private static final Pattern SUPPORTED =
      Pattern.compile(
          "'.*'|context\\.[A-Za-z0-9_.-]+|stageVariables\\.[A-Za-z0-9_]+"
              + "|method\\.request\\.(?:header|querystring|path)\\.[^ ]+");
  private static final String REQUEST = "method.request.";

  private ParameterMapping() {}

  static boolean isSupported(String value) {
    return SUPPORTED.matcher(value).matches();
  }

  /**
   * The headers that mappings give.
   *
   * @param mappings values by {@code prefix} and name
   * @param values the values of references
   * @param match null for a request without a matching method
   */
  static List<Map.Entry<String, String>> headers(
      JsonNode mappings,
      String prefix,
      Exchange exchange,
      Map<String, String> values,
      RouteNode.@Nullable Match match) {
    var headers = new ArrayList<Map.Entry<String, String>>();
    for (var mapping : mappings.properties()) {
      if (mapping.getKey().startsWith(prefix)) {
        value(mapping.getValue().asText(), exchange, values, match)
            .ifPresent(
                value ->
                    headers.add(Map.entry(mapping.getKey().substring(prefix.length()), value)));
      }
    }
    return headers;
  }

  private static Optional<String> value(
      String mapping,
      Exchange exchange,
      Map<String, String> values,
      RouteNode.@Nullable Match match) {
    if (mapping.startsWith("'")) {
      return Optional.of(mapping.substring(1, mapping.length() - 1));
    }
    if (!mapping.startsWith(REQUEST)) {
      return Optional.ofNullable(values.get(mapping));
    }
    String[] source = mapping.substring(REQUEST.length()).split("\\.", 2);
    return switch (source[0]) {
      case "header" -> exchange.request().headers().first(source[1]);
      case "querystring" ->
          exchange.request().query().stream()
              .filter(parameter -> parameter.getKey().equals(source[1]))
              .map(Map.Entry::getValue)
              .reduce((first, last) -> last);
      default ->
          match == null ? Optional.empty() : Optional.ofNullable(match.parameters().get(source[1]));
    };
  }
}
