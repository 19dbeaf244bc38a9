// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.services.apigateway.mapping.JsonBody;
import dev.syncline.sim.vtl.TemplateFault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The values of mapping expressions: {@code 'static'}, {@code context.…}, {@code stageVariables.…},
 * {@code method.request.…} and {@code integration.response.…}. An expression without a value has an
 * empty list.
 */
final class ParameterSource {
  private static final String REQUEST = "method.request.";
  private static final String RESPONSE = "integration.response.";

  private ParameterSource() {}

  /**
   * The values of an expression in a request.
   *
   * @param values those of references
   */
  static List<String> request(String expression, MappingScope scope, Map<String, String> values) {
    if (!expression.startsWith(REQUEST)) {
      return constant(expression, values);
    }
    HttpRequest request = scope.exchange().request();
    String[] source = expression.substring(REQUEST.length()).split("\\.", 2);
    String name = source.length > 1 ? source[1] : "";
    return switch (source[0]) {
      case "header" -> last(request.headers().all(name));
      case "multivalueheader" -> request.headers().all(name);
      case "querystring" -> last(query(request, name));
      case "multivaluequerystring" -> query(request, name);
      case "path" -> {
        String value = scope.match().parameters().get(name);
        yield value == null ? List.of() : List.of(value);
      }
      default -> body(request.body(), expression.substring((REQUEST + "body").length()));
    };
  }

  /** The values of an expression in a response. */
  static List<String> response(
      String expression, IntegrationAnswer answer, Map<String, String> values) {
    if (!expression.startsWith(RESPONSE)) {
      return constant(expression, values);
    }
    String source = expression.substring(RESPONSE.length());
    if (source.startsWith("header.")) {
      return last(answer.headers().all(source.substring("header.".length())));
    }
    if (source.startsWith("multivalueheader.")) {
      return answer.headers().all(source.substring("multivalueheader.".length()));
    }
    return body(answer.body(), source.substring("body".length()));
  }

  private static List<String> constant(String expression, Map<String, String> values) {
    if (expression.startsWith("'")) {
      return List.of(expression.substring(1, expression.length() - 1));
    }
    String value = values.get(expression);
    return value == null ? List.of() : List.of(value);
  }

  private static List<String> last(List<String> values) {
    return values.isEmpty() ? values : List.of(values.getLast());
  }

  private static List<String> query(HttpRequest request, String name) {
    return request.query().stream()
        .filter(pair -> pair.getKey().equals(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The whole body, or what a path such as {@code .a.b[0]} leads to in it. */
  private static List<String> body(byte[] body, String path) {
    String text = new String(body, StandardCharsets.UTF_8);
    if (path.isEmpty()) {
      return List.of(text);
    }
    try {
      Object found = JsonBody.read(JsonBody.parse(text), "$" + path);
      return found == null || found.equals("") ? List.of() : List.of(JsonBody.text(found));
    } catch (JsonBody.NotJsonException | TemplateFault nothing) {
      // As on AWS, a mapping that leads nowhere sets nothing.
      return List.of();
    }
  }
}
