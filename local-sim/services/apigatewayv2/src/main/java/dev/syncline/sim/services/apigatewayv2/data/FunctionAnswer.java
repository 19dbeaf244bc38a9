// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.TreeSet;

/** Maps what a function returned to a response. A shape that does not fit is an error 500. */
final class FunctionAnswer {
  private FunctionAnswer() {}

  /**
   * The response.
   *
   * @param version the payload format: with 2.0 a result without {@code statusCode} is the body of
   *     a 200
   */
  static HttpResponse read(byte[] payload, String version) throws HttpApiRefusal {
    JsonNode result;
    try {
      result = Json.MAPPER.readTree(payload);
    } catch (JsonProcessingException notJson) {
      throw HttpApiRefusal.failed("the function's result is not JSON");
    } catch (IOException impossible) {
      throw new IllegalStateException("an array that cannot be read", impossible);
    }
    if (version.equals("2.0") && !result.has("statusCode")) {
      byte[] body = result.isTextual() ? result.asText().getBytes(StandardCharsets.UTF_8) : payload;
      return new HttpResponse(200, Headers.of("Content-Type", "application/json"), body);
    }
    JsonNode status = result.path("statusCode");
    int code = status.isTextual() ? number(status.asText()) : status.asInt();
    if (!status.isValueNode() || code < 100 || code > 599) {
      throw HttpApiRefusal.failed("the function's statusCode is not valid: " + status);
    }
    return new HttpResponse(code, headers(result), body(result));
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }

  private static Headers headers(JsonNode result) throws HttpApiRefusal {
    var entries = new ArrayList<Map.Entry<String, String>>();
    var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<String, JsonNode> header : result.path("multiValueHeaders").properties()) {
      names.add(header.getKey());
      for (JsonNode value : header.getValue()) {
        entries.add(Map.entry(header.getKey(), value.asText()));
      }
    }
    for (Map.Entry<String, JsonNode> header : result.path("headers").properties()) {
      if (!header.getValue().isValueNode()) {
        throw HttpApiRefusal.failed("the function's header " + header.getKey() + " is not a value");
      }
      if (names.add(header.getKey())) {
        entries.add(Map.entry(header.getKey(), header.getValue().asText()));
      }
    }
    for (JsonNode cookie : result.path("cookies")) {
      entries.add(Map.entry("Set-Cookie", cookie.asText()));
    }
    if (!names.contains("Content-Type")) {
      entries.add(Map.entry("Content-Type", "text/plain; charset=utf-8"));
    }
    entries.removeIf(
        header ->
            header.getKey().equalsIgnoreCase("Content-Length")
                || header.getKey().equalsIgnoreCase("Transfer-Encoding"));
    return new Headers(entries);
  }

  private static byte[] body(JsonNode result) throws HttpApiRefusal {
    JsonNode body = result.path("body");
    if (body.isMissingNode() || body.isNull()) {
      return new byte[0];
    }
    String text = body.isTextual() ? body.asText() : Json.write(body);
    if (!result.path("isBase64Encoded").asBoolean()) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      throw HttpApiRefusal.failed("the function's body is not base64");
    }
  }
}
