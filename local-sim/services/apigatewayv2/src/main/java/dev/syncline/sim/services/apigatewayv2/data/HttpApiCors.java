// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The CORS configuration of an API. With one, the gateway answers preflight requests by itself and
 * replaces the CORS headers of integrations. Immutable.
 *
 * @param configuration as GetApi answers it; missing without a configuration
 */
record HttpApiCors(JsonNode configuration) {
  private static final String PREFIX = "access-control-";

  static HttpApiCors of(JsonNode configuration) {
    return new HttpApiCors(configuration);
  }

  /** The answer to a preflight request; empty for any other request. */
  Optional<HttpResponse> preflight(HttpRequest request) {
    boolean meant =
        !configuration.isEmpty()
            && request.method().equals("OPTIONS")
            && request.headers().first("Origin").isPresent()
            && request.headers().first("Access-Control-Request-Method").isPresent();
    if (!meant) {
      return Optional.empty();
    }
    var headers = new ArrayList<Map.Entry<String, String>>();
    allowedOrigin(request)
        .ifPresent(
            origin -> {
              headers.add(Map.entry("access-control-allow-origin", origin));
              add(headers, "access-control-allow-methods", "allowMethods");
              add(headers, "access-control-allow-headers", "allowHeaders");
              if (configuration.has("maxAge")) {
                headers.add(
                    Map.entry("access-control-max-age", configuration.get("maxAge").asText()));
              }
              credentials(headers);
            });
    return Optional.of(new HttpResponse(204, new Headers(headers), new byte[0]));
  }

  /** The answer with the configuration's headers in place of its own. */
  HttpResponse apply(HttpRequest request, HttpResponse answer) {
    if (configuration.isEmpty()) {
      return answer;
    }
    var headers = new ArrayList<Map.Entry<String, String>>();
    for (Map.Entry<String, String> header : answer.headers().entries()) {
      if (!header.getKey().toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
        headers.add(header);
      }
    }
    allowedOrigin(request)
        .ifPresent(
            origin -> {
              headers.add(Map.entry("access-control-allow-origin", origin));
              add(headers, "access-control-expose-headers", "exposeHeaders");
              credentials(headers);
            });
    return new HttpResponse(answer.status(), new Headers(headers), answer.body());
  }

  private void credentials(List<Map.Entry<String, String>> headers) {
    if (configuration.path("allowCredentials").asBoolean()) {
      headers.add(Map.entry("access-control-allow-credentials", "true"));
    }
  }

  private void add(List<Map.Entry<String, String>> headers, String name, String member) {
    var values = new ArrayList<String>();
    configuration.path(member).forEach(value -> values.add(value.asText()));
    if (!values.isEmpty()) {
      headers.add(Map.entry(name, String.join(",", values)));
    }
  }

  /** The origin to allow; empty when the request has none or it is not allowed. */
  private Optional<String> allowedOrigin(HttpRequest request) {
    Optional<String> origin = request.headers().first("Origin");
    if (origin.isEmpty()) {
      return Optional.empty();
    }
    for (JsonNode allowed : configuration.path("allowOrigins")) {
      String text = allowed.asText();
      if (text.equals("*")) {
        return Optional.of("*");
      }
      boolean anyHost = text.endsWith("://*");
      if (text.equalsIgnoreCase(origin.get())
          || (anyHost && origin.get().startsWith(text.substring(0, text.length() - 1)))) {
        return origin;
      }
    }
    return Optional.empty();
  }
}
