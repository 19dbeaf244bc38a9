// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

import dev.syncline.sim.service.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The parameters of a request: those of its query, or of its form. Immutable. */
record OAuthParameters(Map<String, String> values) {
  private static final int MAX_LENGTH = 8192;

  /** Of the query. */
  static OAuthParameters ofQuery(HttpRequest request) throws OAuthRefusal {
    return of(request.query());
  }

  /** Of the body, which must be a form. */
  static OAuthParameters ofForm(HttpRequest request) throws OAuthRefusal {
    String type = request.headers().first("content-type").orElse("");
    if (!type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
      throw new OAuthRefusal(
          "invalid_request", "The Content-Type must be application/x-www-form-urlencoded.");
    }
    String body = new String(request.body(), StandardCharsets.UTF_8);
    return of(new HttpRequest("GET", "/", body, request.headers(), new byte[0], "", false).query());
  }

  private static OAuthParameters of(List<Map.Entry<String, String>> pairs) throws OAuthRefusal {
    var values = new LinkedHashMap<String, String>();
    for (Map.Entry<String, String> pair : pairs) {
      if (pair.getValue().length() > MAX_LENGTH) {
        throw new OAuthRefusal(
            "invalid_request",
            "The parameter " + shown(pair.getKey()) + " has more than 8192 characters.");
      }
      // RFC 6749, section 3.1: a parameter comes once.
      if (values.putIfAbsent(pair.getKey(), pair.getValue()) != null) {
        throw new OAuthRefusal(
            "invalid_request", "The parameter " + shown(pair.getKey()) + " is repeated.");
      }
    }
    return new OAuthParameters(values);
  }

  private static String shown(String name) {
    return name.length() > 100 ? name.substring(0, 100) : name;
  }

  /** A parameter that is there and not empty. */
  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /** A parameter; empty without it. */
  String text(String name) {
    return find(name).orElse("");
  }

  @Override
  public String toString() {
    return "OAuthParameters" + values.keySet();
  }
}
