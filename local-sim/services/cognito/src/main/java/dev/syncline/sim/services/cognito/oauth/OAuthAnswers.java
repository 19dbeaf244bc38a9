// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The forms of answers. Stateless. */
final class OAuthAnswers {
  private OAuthAnswers() {}

  /** JSON that is not stored and that every page may read. */
  static HttpResponse json(int status, ObjectNode body) {
    return new HttpResponse(
        status,
        Headers.of(
            "Content-Type",
            "application/json;charset=UTF-8",
            "Cache-Control",
            "no-cache, no-store, max-age=0, must-revalidate",
            "Pragma",
            "no-cache",
            "Access-Control-Allow-Origin",
            "*"),
        Json.writeBytes(body));
  }

  /** An error as JSON. */
  static HttpResponse error(int status, OAuthRefusal refusal) {
    ObjectNode body = Json.object().put("error", refusal.error());
    if (!refusal.description().isEmpty()) {
      body.put("error_description", refusal.description());
    }
    return json(status, body);
  }

  /** Sends the browser to another address. */
  static HttpResponse redirect(String location) {
    return new HttpResponse(
        302,
        Headers.of(
            "Location", location, "Cache-Control", "no-store", "Referrer-Policy", "no-referrer"),
        new byte[0]);
  }

  /**
   * An address with parameters; values that are empty are left out.
   *
   * @param separator {@code ?} for the query, {@code #} for the fragment
   */
  static String with(String address, char separator, Map<String, String> parameters) {
    var text = new StringBuilder(address);
    char next = separator == '?' && address.indexOf('?') >= 0 ? '&' : separator;
    for (var parameter : parameters.entrySet()) {
      if (!parameter.getValue().isEmpty()) {
        text.append(next)
            .append(encode(parameter.getKey()))
            .append('=')
            .append(encode(parameter.getValue()));
        next = '&';
      }
    }
    return text.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
