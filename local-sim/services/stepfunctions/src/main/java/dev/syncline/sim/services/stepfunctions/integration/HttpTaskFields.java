// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts the fields of an HTTP Task to the parts of a request: first merges the connection's
 * parameters, which take precedence, then encodes them. Source: the Step Functions guide.
 */
final class HttpTaskFields {
  private static final Set<String> FORBIDDEN_HEADERS =
      Set.of(
          "a-im",
          "accept-charset",
          "accept-datetime",
          "accept-encoding",
          "authorization",
          "cache-control",
          "connection",
          "content-encoding",
          "content-md5",
          "date",
          "expect",
          "forwarded",
          "from",
          "host",
          "http2-settings",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-range",
          "if-unmodified-since",
          "max-forwards",
          "origin",
          "pragma",
          "proxy-authorization",
          "referer",
          "server",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via",
          "warning");
  private static final List<String> FORBIDDEN_PREFIXES =
      List.of("x-forwarded-", "x-amz-", "x-amzn-");

  private enum ArrayFormat {
    INDICES,
    REPEAT,
    COMMAS,
    BRACKETS
  }

  private HttpTaskFields() {}

  /** Headers whose values are strings or arrays of strings; refuses those that AWS reserves. */
  static Map<String, List<String>> headers(JsonNode field) throws TaskFailedException {
    requireObject("Headers", field);
    var headers = new LinkedHashMap<String, List<String>>();
    for (Map.Entry<String, JsonNode> entry : field.properties()) {
      String name = entry.getKey().toLowerCase(Locale.ROOT);
      if (FORBIDDEN_HEADERS.contains(name)
          || FORBIDDEN_PREFIXES.stream().anyMatch(name::startsWith)) {
        throw TaskFailedException.runtime(
            "The header '" + entry.getKey() + "' is not allowed in the field 'Headers'");
      }
      var values = new ArrayList<String>();
      for (JsonNode value : each(entry.getValue())) {
        if (value.isContainerNode() || value.isNull()) {
          throw TaskFailedException.runtime(
              "The field 'Headers." + entry.getKey() + "' must be a string or an array of strings");
        }
        values.add(value.asText());
      }
      headers.put(entry.getKey(), values);
    }
    return headers;
  }

  /**
   * The query string: the endpoint's own, the task's parameters, and the connection's over them. A
   * value is a string, an array, which repeats the name, or an object, which goes as JSON.
   */
  static String query(
      @Nullable String ofEndpoint, JsonNode field, List<Map.Entry<String, String>> ofConnection)
      throws TaskFailedException {
    requireObject("QueryParameters", field);
    var pairs = new ArrayList<String>();
    if (ofEndpoint != null && !ofEndpoint.isEmpty()) {
      pairs.add(ofEndpoint);
    }
    for (Map.Entry<String, JsonNode> entry : field.properties()) {
      if (ofConnection.stream().noneMatch(over -> over.getKey().equals(entry.getKey()))) {
        for (JsonNode value : each(entry.getValue())) {
          pairs.add(pair(entry.getKey(), text(value)));
        }
      }
    }
    for (Map.Entry<String, String> over : ofConnection) {
      pairs.add(pair(over.getKey(), over.getValue()));
    }
    return String.join("&", pairs);
  }

  /** The body: merged with the connection's body parameters, then encoded as Transform asks. */
  static byte[] body(JsonNode field, Map<String, String> ofConnection, JsonNode transform)
      throws TaskFailedException {
    @Nullable ArrayFormat form = form(transform);
    JsonNode merged = field;
    if (!ofConnection.isEmpty()) {
      if (!field.isMissingNode() && !field.isObject()) {
        throw TaskFailedException.runtime(
            "The field 'RequestBody' must be a JSON object because the connection adds body"
                + " parameters to it");
      }
      ObjectNode object = field instanceof ObjectNode own ? own.deepCopy() : Json.object();
      ofConnection.forEach(object::put);
      merged = object;
    }
    if (merged.isMissingNode()) {
      return new byte[0];
    }
    if (form != null && merged.isObject()) {
      var pairs = new ArrayList<String>();
      for (Map.Entry<String, JsonNode> entry : merged.properties()) {
        encode(entry.getKey(), entry.getValue(), form, pairs);
      }
      return String.join("&", pairs).getBytes(StandardCharsets.UTF_8);
    }
    return text(merged).getBytes(StandardCharsets.UTF_8);
  }

  /** How arrays of a form are written; null when the body is no form. */
  private static @Nullable ArrayFormat form(JsonNode transform) throws TaskFailedException {
    only("Transform", transform, Set.of("RequestBodyEncoding", "RequestEncodingOptions"));
    String encoding = transform.path("RequestBodyEncoding").asText("NONE");
    JsonNode options = transform.path("RequestEncodingOptions");
    only("Transform.RequestEncodingOptions", options, Set.of("ArrayFormat"));
    String format = options.path("ArrayFormat").asText("INDICES");
    ArrayFormat arrays = null;
    for (ArrayFormat known : ArrayFormat.values()) {
      arrays = known.name().equals(format) ? known : arrays;
    }
    if (arrays == null) {
      throw TaskFailedException.runtime(
          "The field 'Transform.RequestEncodingOptions.ArrayFormat' must be INDICES, REPEAT,"
              + " COMMAS or BRACKETS but was '"
              + format
              + "'");
    }
    return switch (encoding) {
      case "NONE" -> null;
      case "URL_ENCODED" -> arrays;
      default ->
          throw TaskFailedException.runtime(
              "The field 'Transform.RequestBodyEncoding' must be NONE or URL_ENCODED but was '"
                  + encoding
                  + "'");
    };
  }

  private static void encode(String name, JsonNode value, ArrayFormat arrays, List<String> pairs) {
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        encode(name + "[" + entry.getKey() + "]", entry.getValue(), arrays, pairs);
      }
      return;
    }
    if (!value.isArray()) {
      pairs.add(pair(name, value.asText()));
      return;
    }
    var commas = new ArrayList<String>();
    for (int i = 0; i < value.size(); i++) {
      switch (arrays) {
        case INDICES -> encode(name + "[" + i + "]", value.get(i), arrays, pairs);
        case REPEAT -> encode(name, value.get(i), arrays, pairs);
        case BRACKETS -> encode(name + "[]", value.get(i), arrays, pairs);
        case COMMAS -> commas.add(HttpText.encode(text(value.get(i))));
      }
    }
    if (arrays == ArrayFormat.COMMAS) {
      pairs.add(HttpText.encode(name) + "=" + String.join(",", commas));
    }
  }

  /** Refuses members of a structure that are not known. */
  static void only(String field, JsonNode given, Set<String> known) throws TaskFailedException {
    requireObject(field, given);
    for (Map.Entry<String, JsonNode> member : given.properties()) {
      if (!known.contains(member.getKey())) {
        throw TaskFailedException.runtime(
            "The field '"
                + (field.isEmpty() ? "" : field + ".")
                + member.getKey()
                + "' is not supported by http:invoke");
      }
    }
  }

  private static void requireObject(String field, JsonNode given) throws TaskFailedException {
    if (!given.isMissingNode() && !given.isObject()) {
      throw TaskFailedException.runtime("The field '" + field + "' must be an object");
    }
  }

  private static Iterable<JsonNode> each(JsonNode value) {
    return value.isArray() ? value : List.of(value);
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : Json.write(value);
  }

  private static String pair(String name, String value) {
    return HttpText.encode(name) + "=" + HttpText.encode(value);
  }
}
