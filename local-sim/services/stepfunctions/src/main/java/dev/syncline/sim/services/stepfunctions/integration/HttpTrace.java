// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.OutgoingRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The request and the response of an HTTP Task, for TestState's level TRACE. Source: the API
 * reference, InspectionData; that headers are one text in brackets is from the guide's examples.
 * Thread-safe.
 */
public final class HttpTrace {
  private final boolean secrets;
  private @Nullable OutgoingRequest request;
  private @Nullable HttpResponse response;

  /**
   * An empty trace.
   *
   * @param secrets whether to show the additions of the connection to the request's headers, query
   *     and body
   */
  public HttpTrace(boolean secrets) {
    this.secrets = secrets;
  }

  /** Records the request as sent and without the additions of the connection. */
  synchronized void sent(OutgoingRequest whole, OutgoingRequest withoutSecrets) {
    request = secrets ? whole : withoutSecrets;
    response = null;
  }

  /** Records a token in the request, which is a secret too. */
  synchronized void authorized(OutgoingRequest whole) {
    if (secrets) {
      request = whole;
    }
  }

  synchronized void answered(HttpResponse answer) {
    response = answer;
  }

  /** Adds {@code request} and {@code response}, as far as there are any. */
  public synchronized void addTo(ObjectNode inspectionData) {
    if (request != null) {
      String query = request.query();
      ObjectNode json = inspectionData.putObject("request");
      json.put("protocol", "https");
      json.put("method", request.method());
      json.put(
          "url",
          "https://"
              + request.endpoint().getRawAuthority()
              + request.path()
              + (query.isEmpty() ? "" : "?" + query));
      json.put("headers", headers(request.headers()));
      if (request.body().length > 0) {
        json.put("body", text(request.body()));
      }
    }
    if (response != null) {
      ObjectNode json = inspectionData.putObject("response");
      json.put("protocol", "https");
      json.put("statusCode", String.valueOf(response.status()));
      json.put("statusMessage", HttpText.phrase(response.status()));
      json.put("headers", headers(response.headers().entries()));
      json.put("body", text(response.body()));
    }
  }

  private static String headers(List<Map.Entry<String, String>> headers) {
    return headers.stream()
        .map(header -> header.getKey() + ": " + header.getValue())
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
