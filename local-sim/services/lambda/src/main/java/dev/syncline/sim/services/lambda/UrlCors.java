// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Constraints;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The CORS settings of a function URL. They answer preflight requests without the function, and
 * replace the function's own CORS headers. Source: the Lambda developer guide, "Cross-origin
 * resource sharing".
 */
record UrlCors(ObjectNode settings) {
  private static final String PREFIX = "access-control-";
  private static final List<String> LISTS =
      List.of("AllowHeaders", "AllowMethods", "AllowOrigins", "ExposeHeaders");
  private static final int MAX_AGE = 86_400;

  /**
   * The member {@code Cors}; without it, {@code before}.
   *
   * @return null for no CORS, which an empty structure means too
   */
  static @Nullable ObjectNode read(Input input, @Nullable ObjectNode before) {
    if (!input.has("Cors")) {
      return before;
    }
    Input given = input.structure("Cors").orElse(new Input(Json.object()));
    given.only(
        "AllowCredentials",
        "AllowHeaders",
        "AllowMethods",
        "AllowOrigins",
        "ExposeHeaders",
        "MaxAge");
    Constraints.of(given)
        .range("MaxAge", 0, MAX_AGE)
        .texts("AllowHeaders", 0, 100, 0, 1024)
        .texts("AllowMethods", 0, 6, 0, 6)
        .texts("AllowOrigins", 0, 100, 1, 253)
        .texts("ExposeHeaders", 0, 100, 0, 1024)
        .verify();
    ObjectNode cors = Json.object();
    if (given.has("AllowCredentials")) {
      cors.put("AllowCredentials", given.bool("AllowCredentials", false));
    }
    for (String list : LISTS) {
      if (given.has(list)) {
        cors.set(list, Json.texts(given.texts(list)));
      }
    }
    given.integer("MaxAge").ifPresent(age -> cors.put("MaxAge", age));
    return cors.isEmpty() ? null : cors;
  }

  /** Whether it is a preflight request. */
  static boolean isPreflight(HttpRequest request) {
    return request.method().equals("OPTIONS")
        && request.headers().first("Origin").isPresent()
        && request.headers().first("Access-Control-Request-Method").isPresent();
  }

  /** The answer to a preflight request; without CORS headers when it is not allowed. */
  HttpResponse preflight(HttpRequest request) {
    String method = request.headers().first("Access-Control-Request-Method").orElse("");
    Optional<String> origin = origin(request);
    if (origin.isEmpty() || !allows("AllowMethods", method, false)) {
      return new HttpResponse(200, Headers.EMPTY, new byte[0]);
    }
    var headers = new ArrayList<Map.Entry<String, String>>();
    headers.add(Map.entry("Access-Control-Allow-Origin", origin.get()));
    headers.add(Map.entry("Access-Control-Allow-Methods", join("AllowMethods").orElse(method)));
    String asked = request.headers().first("Access-Control-Request-Headers").orElse("");
    List<String> allowed = new ArrayList<>();
    for (String header : asked.split(",", -1)) {
      if (!header.isBlank() && allows("AllowHeaders", header.strip(), true)) {
        allowed.add(header.strip());
      }
    }
    if (!allowed.isEmpty()) {
      headers.add(Map.entry("Access-Control-Allow-Headers", String.join(",", allowed)));
    }
    if (settings.has("MaxAge")) {
      headers.add(Map.entry("Access-Control-Max-Age", settings.get("MaxAge").asText()));
    }
    credentials(headers);
    headers.add(Map.entry("Vary", "Origin"));
    return new HttpResponse(200, new Headers(headers), new byte[0]);
  }

  /** The response with the settings' headers in place of the function's. */
  HttpResponse onto(HttpResponse response, HttpRequest request) {
    var headers = new ArrayList<Map.Entry<String, String>>();
    for (Map.Entry<String, String> header : response.headers().entries()) {
      if (!header.getKey().toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
        headers.add(header);
      }
    }
    origin(request)
        .ifPresent(
            origin -> {
              headers.add(Map.entry("Access-Control-Allow-Origin", origin));
              join("ExposeHeaders")
                  .ifPresent(
                      names -> headers.add(Map.entry("Access-Control-Expose-Headers", names)));
              credentials(headers);
              headers.add(Map.entry("Vary", "Origin"));
            });
    return response.with(new Headers(headers));
  }

  /** What {@code Access-Control-Allow-Origin} says; empty for an origin that is not allowed. */
  private Optional<String> origin(HttpRequest request) {
    Optional<String> origin = request.headers().first("Origin");
    if (origin.isEmpty() || !allows("AllowOrigins", origin.get(), true)) {
      return Optional.empty();
    }
    boolean credentials = settings.path("AllowCredentials").asBoolean();
    return lists("AllowOrigins", "*") && !credentials ? Optional.of("*") : origin;
  }

  private void credentials(List<Map.Entry<String, String>> headers) {
    if (settings.path("AllowCredentials").asBoolean()) {
      headers.add(Map.entry("Access-Control-Allow-Credentials", "true"));
    }
  }

  private boolean allows(String member, String value, boolean anyCase) {
    for (JsonNode item : settings.path(member)) {
      String allowed = item.asText();
      boolean same = anyCase ? allowed.equalsIgnoreCase(value) : allowed.equals(value);
      if (same || allowed.equals("*")) {
        return true;
      }
    }
    return false;
  }

  private boolean lists(String member, String value) {
    for (JsonNode item : settings.path(member)) {
      if (item.asText().equals(value)) {
        return true;
      }
    }
    return false;
  }

  private Optional<String> join(String member) {
    var names = new ArrayList<String>();
    settings.path(member).forEach(name -> names.add(name.asText()));
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(",", names));
  }
}
