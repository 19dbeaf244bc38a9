// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.aws.service.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the fields of an HTTP Task become the parts of a request: merged with the connection's
 * parameters first, the connection winning, and encoded after. Source: the Step Functions guide.
 */
final class HttpTaskFields {
  private enum ArrayFormat {
    INDICES,
    REPEAT,
    COMMAS,
    BRACKETS
  }

  private HttpTaskFields() {}

  /** Headers whose values are strings or arrays of strings. */
  static Map<String, List<String>> headers(JsonNode field) throws TaskFailedException {
    var headers = new LinkedHashMap<String, List<String>>();
    for (Map.Entry<String, JsonNode> entry : field.properties()) {
      headers.put(entry.getKey(), scalars("Headers." + entry.getKey(), entry.getValue()));
    }
    return headers;
  }

  /**
   * The query string: the endpoint's own, the task's parameters, and the connection's over them.
   */
  static String query(
      @Nullable String ofEndpoint, JsonNode field, List<Map.Entry<String, String>> ofConnection)
      throws TaskFailedException {
    var pairs = new ArrayList<String>();
    if (ofEndpoint != null && !ofEndpoint.isEmpty()) {
      pairs.add(ofEndpoint);
    }
    for (Map.Entry<String, JsonNode> entry : field.properties()) {
      if (ofConnection.stream().noneMatch(over -> over.getKey().equals(entry.getKey()))) {
        for (String value : scalars("QueryParameters." + entry.getKey(), entry.getValue())) {
          pairs.add(encode(entry.getKey()) + "=" + encode(value));
        }
      }
    }
    for (Map.Entry<String, String> over : ofConnection) {
      pairs.add(encode(over.getKey()) + "=" + encode(over.getValue()));
    }
    return String.join("&", pairs);
  }

  /** The body: merged with the connection's body parameters, then encoded as Transform asks. */
  static byte[] body(JsonNode field, Map<String, String> ofConnection, JsonNode transform)
      throws TaskFailedException {
    JsonNode merged = field;
    if (!ofConnection.isEmpty()) {
      if (!field.isMissingNode() && !field.isObject()) {
        throw HttpInvoke.runtime(
            "The field 'RequestBody' must be a JSON object because the connection adds body"
                + " parameters to it");
      }
      ObjectNode object = field instanceof ObjectNode own ? own.deepCopy() : Json.object();
      ofConnection.forEach(object::put);
      merged = object;
    }
    if (merged.isMissingNode() || merged.isNull()) {
      return new byte[0];
    }
    if (transform.path("RequestBodyEncoding").asText("NONE").equals("URL_ENCODED")) {
      var pairs = new ArrayList<String>();
      String format =
          transform.path("RequestEncodingOptions").path("ArrayFormat").asText("INDICES");
      ArrayFormat arrays;
      try {
        arrays = ArrayFormat.valueOf(format);
      } catch (IllegalArgumentException unknown) {
        throw HttpInvoke.runtime(
            "The field 'Transform.RequestEncodingOptions.ArrayFormat' must be INDICES, REPEAT,"
                + " COMMAS or BRACKETS but was '"
                + format
                + "'");
      }
      for (Map.Entry<String, JsonNode> entry : merged.properties()) {
        form(entry.getKey(), entry.getValue(), arrays, pairs);
      }
      return String.join("&", pairs).getBytes(StandardCharsets.UTF_8);
    }
    String text = merged.isTextual() ? merged.asText() : merged.toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void form(String name, JsonNode value, ArrayFormat arrays, List<String> pairs) {
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        form(name + "[" + entry.getKey() + "]", entry.getValue(), arrays, pairs);
      }
      return;
    }
    if (!value.isArray()) {
      pairs.add(encode(name) + "=" + encode(value.asText()));
      return;
    }
    var commas = new ArrayList<String>();
    for (int i = 0; i < value.size(); i++) {
      switch (arrays) {
        case INDICES -> form(name + "[" + i + "]", value.get(i), arrays, pairs);
        case REPEAT -> form(name, value.get(i), arrays, pairs);
        case BRACKETS -> form(name + "[]", value.get(i), arrays, pairs);
        case COMMAS -> commas.add(encode(value.get(i).asText()));
      }
    }
    if (arrays == ArrayFormat.COMMAS) {
      pairs.add(encode(name) + "=" + String.join(",", commas));
    }
  }

  private static List<String> scalars(String field, JsonNode value) throws TaskFailedException {
    var values = new ArrayList<String>();
    if (value.isArray()) {
      for (JsonNode item : value) {
        values.add(scalar(field, item));
      }
    } else {
      values.add(scalar(field, value));
    }
    return values;
  }

  private static String scalar(String field, JsonNode value) throws TaskFailedException {
    if (value.isContainerNode()) {
      throw HttpInvoke.runtime("The field '" + field + "' must be a string or an array of strings");
    }
    return value.asText();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
