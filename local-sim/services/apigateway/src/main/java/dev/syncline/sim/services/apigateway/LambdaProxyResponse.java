// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads what a function returned to a Lambda proxy integration. Any other shape than the documented
 * one is malformed, and the client gets only that error.
 */
final class LambdaProxyResponse {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> MEMBERS =
      Set.of("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded");

  /** Headers that a function may not set; the gateway passes them on under another name. */
  private static final Set<String> REMAPPED =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "content-md5",
          "date",
          "host",
          "server",
          "trailer",
          "upgrade",
          "user-agent",
          "www-authenticate");

  private LambdaProxyResponse() {}

  /** The shape is wrong. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String reason) {
      super(reason, null, false, false);
    }
  }

  static HttpResponse read(byte[] payload, DeployedApi api, String accept)
      throws MalformedException {
    JsonNode answer;
    try {
      answer = JSON.readTree(payload);
    } catch (IOException notJson) {
      throw new MalformedException("not JSON");
    }
    if (!answer.isObject()) {
      throw new MalformedException("not an object");
    }
    for (var member : answer.properties()) {
      if (!MEMBERS.contains(member.getKey())) {
        throw new MalformedException("unknown member " + member.getKey());
      }
    }
    JsonNode encoded = answer.path("isBase64Encoded");
    if (!encoded.isMissingNode() && !encoded.isNull() && !encoded.isBoolean()) {
      throw new MalformedException("isBase64Encoded is not a boolean");
    }
    var headers = headers(answer);
    if (headers.stream().noneMatch(header -> header.getKey().equalsIgnoreCase("Content-Type"))) {
      headers.add(Map.entry("Content-Type", "application/json"));
    }
    return new HttpResponse(
        status(answer),
        new Headers(headers),
        body(answer.path("body"), encoded.asBoolean() && acceptsBinary(api, accept)));
  }

  /** Only the first media type in Accept counts, as on AWS. */
  private static boolean acceptsBinary(DeployedApi api, String accept) {
    return api.isBinary(accept.split(",")[0]);
  }

  private static int status(JsonNode answer) throws MalformedException {
    JsonNode status = answer.path("statusCode");
    if (status.isMissingNode() || status.isNull()) {
      return 200;
    }
    try {
      int code = Integer.parseInt(status.asText());
      if (status.isValueNode() && code >= 100 && code <= 599) {
        return code;
      }
    } catch (NumberFormatException notANumber) {
      // Malformed, below.
    }
    throw new MalformedException("statusCode " + status);
  }

  private static List<Map.Entry<String, String>> headers(JsonNode answer)
      throws MalformedException {
    var entries = new ArrayList<Map.Entry<String, String>>();
    var seen = new TreeSet<String>();
    JsonNode multiple = answer.path("multiValueHeaders");
    requireObject(multiple, "multiValueHeaders");
    for (var header : multiple.properties()) {
      if (!header.getValue().isArray()) {
        throw new MalformedException("multiValueHeaders." + header.getKey() + " is not a list");
      }
      for (JsonNode value : header.getValue()) {
        add(entries, header.getKey(), text(value, header.getKey()));
        seen.add(header.getKey().toLowerCase(Locale.ROOT) + ":" + value.asText());
      }
    }
    JsonNode single = answer.path("headers");
    requireObject(single, "headers");
    for (var header : single.properties()) {
      String value = text(header.getValue(), header.getKey());
      if (!seen.contains(header.getKey().toLowerCase(Locale.ROOT) + ":" + value)) {
        add(entries, header.getKey(), value);
      }
    }
    return entries;
  }

  private static void add(List<Map.Entry<String, String>> entries, String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("transfer-encoding")) {
      return;
    }
    entries.add(Map.entry(passed(name), value));
  }

  /** The name under which a header of a backend reaches the client. */
  static String passed(String name) {
    return REMAPPED.contains(name.toLowerCase(Locale.ROOT)) ? "x-amzn-Remapped-" + name : name;
  }

  private static String text(JsonNode value, String name) throws MalformedException {
    if (!value.isTextual() && !value.isBoolean()) {
      throw new MalformedException("the value of header " + name);
    }
    return value.asText();
  }

  private static void requireObject(JsonNode node, String name) throws MalformedException {
    if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
      throw new MalformedException(name + " is not an object");
    }
  }

  private static byte[] body(JsonNode body, boolean decode) throws MalformedException {
    if (body.isMissingNode() || body.isNull()) {
      return new byte[0];
    }
    if (!body.isTextual()) {
      throw new MalformedException("body is not a string");
    }
    if (decode) {
      try {
        return Base64.getDecoder().decode(body.asText());
      } catch (IllegalArgumentException notBase64) {
        throw new MalformedException("body is not base64");
      }
    }
    return body.asText().getBytes(StandardCharsets.UTF_8);
  }
}
