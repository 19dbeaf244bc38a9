// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Maps what a function returned to the answer of its URL. Source: the Lambda developer guide,
 * "Response payload format".
 */
final class UrlResponse {
  /** The type of a streamed answer that begins with its status and headers, as JSON. */
  static final String WITH_PRELUDE = "application/vnd.awslambda.http-integration-response";

  private static final byte[] NOTHING = {};
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  private static final String FORBIDDEN =
      "Forbidden. For troubleshooting Function URL authorization issues, see:"
          + " https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html";

  /** Headers that belong to the connection. */
  private static final Set<String> NOT_PASSED =
      Set.of("connection", "content-length", "keep-alive", "transfer-encoding", "upgrade");

  private UrlResponse() {}

  /** The answer to a buffered invocation. */
  static HttpResponse buffered(byte[] payload) {
    JsonNode value;
    try {
      value = Json.MAPPER.readTree(payload);
    } catch (IOException notJson) {
      return broken();
    }
    if (!value.isObject() || !value.has("statusCode")) {
      return typed(200, "application/json", payload);
    }
    HttpResponse mapped = mapped(value, null);
    return mapped == null ? broken() : mapped;
  }

  /**
   * The head of a streamed answer that begins with a prelude, which has no body yet.
   *
   * @param prelude the JSON before the delimiter
   * @return null when it cannot be a head
   */
  static @Nullable HttpResponse head(byte[] prelude) {
    try {
      JsonNode value = Json.MAPPER.readTree(prelude);
      return value.isObject() ? mapped(value, NOTHING) : null;
    } catch (IOException notJson) {
      return null;
    }
  }

  /** Status, headers, cookies and, unless {@code streamed} is it, the body; null if malformed. */
  private static @Nullable HttpResponse mapped(JsonNode value, byte @Nullable [] streamed) {
    int status = status(value.path("statusCode"));
    if (status == 0 || !(value.path("headers").isObject() || !value.hasNonNull("headers"))) {
      return null;
    }
    var headers = new ArrayList<Map.Entry<String, String>>();
    var names = new TreeSet<String>();
    for (Map.Entry<String, JsonNode> header : value.path("headers").properties()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!isHeader(header.getKey(), header.getValue().asText())) {
        return null;
      }
      if (!NOT_PASSED.contains(name) && header.getValue().isValueNode()) {
        names.add(name);
        headers.add(Map.entry(header.getKey(), header.getValue().asText()));
      }
    }
    if (!names.contains("content-type")) {
      headers.add(
          Map.entry(
              "Content-Type", streamed == null ? "application/json" : "application/octet-stream"));
    }
    for (JsonNode cookie : value.path("cookies")) {
      if (!isHeader("Set-Cookie", cookie.asText())) {
        return null;
      }
      headers.add(Map.entry("Set-Cookie", cookie.asText()));
    }
    byte[] body = streamed == null ? body(value) : streamed;
    return body == null ? null : new HttpResponse(status, new Headers(headers), body);
  }

  /** Whether HTTP can carry the header. */
  private static boolean isHeader(String name, String value) {
    return NAME.matcher(name).matches()
        && value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f));
  }

  private static int status(JsonNode code) {
    if (code.isMissingNode() || code.isNull()) {
      return 200;
    }
    try {
      int status = Integer.parseInt(code.asText());
      return status >= 100 && status <= 599 ? status : 0;
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }

  private static byte @Nullable [] body(JsonNode value) {
    JsonNode body = value.path("body");
    if (body.isMissingNode() || body.isNull()) {
      return new byte[0];
    }
    String text = body.isTextual() ? body.asText() : Json.write(body);
    if (!value.path("isBase64Encoded").asBoolean()) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  /** The function failed, or returned what cannot be an answer. */
  static HttpResponse broken() {
    return typed(502, "application/json", "Internal Server Error".getBytes(StandardCharsets.UTF_8));
  }

  /** No permission. */
  static HttpResponse forbidden() {
    return error(403, "AccessDeniedException", "Message", FORBIDDEN);
  }

  /** No such URL. */
  static HttpResponse unknown() {
    return error(403, "AccessDeniedException", "Message", null);
  }

  static HttpResponse error(int status, String type, String member, @Nullable String message) {
    HttpResponse response =
        HttpResponse.json(status, Json.object().put(member, message).toString());
    return new HttpResponse(
        status, response.headers().with("x-amzn-ErrorType", type), response.body());
  }

  private static HttpResponse typed(int status, String contentType, byte[] body) {
    return new HttpResponse(status, Headers.of("Content-Type", contentType), body);
  }
}
