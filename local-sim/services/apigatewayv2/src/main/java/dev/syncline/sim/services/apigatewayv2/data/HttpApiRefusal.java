// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** The gateway answers by itself. The client gets the status and AWS's text, not the reason. */
final class HttpApiRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String text;
  private final String challenge;

  private HttpApiRefusal(int status, String text, String reason, String challenge) {
    super(reason, null, false, false);
    this.status = status;
    this.text = text;
    this.challenge = challenge;
  }

  static HttpApiRefusal notFound(String reason) {
    return new HttpApiRefusal(404, "Not Found", reason, "");
  }

  static HttpApiRefusal throttled() {
    return new HttpApiRefusal(429, "Too Many Requests", "the route's rate is used up", "");
  }

  static HttpApiRefusal tooLarge(String reason) {
    return new HttpApiRefusal(413, "Request Entity Too Large", reason, "");
  }

  static HttpApiRefusal unauthorized(String reason) {
    return new HttpApiRefusal(401, "Unauthorized", reason, "");
  }

  /** A refused token, with the value of {@code WWW-Authenticate}. */
  static HttpApiRefusal unauthorized(String reason, String challenge) {
    return new HttpApiRefusal(401, "Unauthorized", reason, challenge);
  }

  static HttpApiRefusal forbidden(String reason) {
    return new HttpApiRefusal(403, "Forbidden", reason, "");
  }

  static HttpApiRefusal failed(String reason) {
    return new HttpApiRefusal(500, "Internal Server Error", reason, "");
  }

  static HttpApiRefusal unavailable(String reason) {
    return new HttpApiRefusal(503, "Service Unavailable", reason, "");
  }

  /** The reason, for the journal and for logs. */
  String reason() {
    return String.valueOf(getMessage());
  }

  HttpResponse response() {
    Headers headers = Headers.of("Content-Type", "application/json");
    return new HttpResponse(
        status,
        challenge.isEmpty() ? headers : headers.with("WWW-Authenticate", challenge),
        ("{\"message\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8));
  }
}
