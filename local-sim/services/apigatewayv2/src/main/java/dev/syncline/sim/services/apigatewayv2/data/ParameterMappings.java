// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.apigatewayv2.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.http.Headers;
import dev.syncline.sim.service.http.HttpRequest;
import dev.syncline.sim.service.http.HttpResponse;
import dev.syncline.sim.service.http.PercentCoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Parameter mappings: {@code append}, {@code overwrite} and {@code remove} of headers, of query
 * parameters and of the path. Source: the developer guide, "Transform API requests and responses
 * for HTTP APIs".
 */
final class ParameterMappings {
  private ParameterMappings() {}

  static HttpRequest ofRequest(HttpApiCall call, JsonNode mappings, HttpRequest request) {
    var headers = new ArrayList<>(request.headers().entries());
    var query = new ArrayList<Map.Entry<String, String>>(request.query());
    String path = request.rawPath();
    for (Map.Entry<String, JsonNode> mapping : mappings.properties()) {
      String name = mapping.getKey();
      String value = value(call, mapping.getValue().asText());
      if (name.equals("overwrite:path")) {
        path = value.startsWith("/") ? value : "/" + value;
      } else if (name.contains(":header.")) {
        edit(headers, name, value, true);
      } else if (name.contains(":querystring.")) {
        edit(query, name, value, false);
      }
    }
    return new HttpRequest(
        request.method(),
        path,
        mappings.isEmpty() ? request.rawQuery() : rawQuery(query),
        new Headers(headers),
        request.body(),
        request.remoteAddress(),
        request.secure());
  }

  /**
   * Applies the mappings of the answer's status.
   *
   * @param mappings by {@code append:header.x} and so on; missing without mappings
   */
  static HttpResponse ofResponse(HttpApiCall call, JsonNode mappings, HttpResponse answer) {
    var headers = new ArrayList<>(answer.headers().entries());
    int status = answer.status();
    for (Map.Entry<String, JsonNode> mapping : mappings.properties()) {
      String name = mapping.getKey();
      String value = responseValue(call, mapping.getValue().asText(), answer);
      if (name.equals("overwrite:statuscode")) {
        status = value.matches("[1-5]\\d\\d") ? Integer.parseInt(value) : status;
      } else if (name.contains(":header.")) {
        edit(headers, name, value, true);
      }
    }
    return new HttpResponse(status, new Headers(headers), answer.body());
  }

  private static String responseValue(HttpApiCall call, String mapping, HttpResponse answer) {
    String header = "$response.header.";
    return mapping.startsWith(header)
        ? answer.headers().first(mapping.substring(header.length())).orElse("")
        : value(call, mapping);
  }

  private static String value(HttpApiCall call, String mapping) {
    JsonNode value = RequestValues.value(call, mapping);
    return value.isContainerNode() ? Json.write(value) : value.asText();
  }

  private static void edit(
      List<Map.Entry<String, String>> entries, String mapping, String value, boolean ignoreCase) {
    String action = mapping.substring(0, mapping.indexOf(':'));
    String name = mapping.substring(mapping.indexOf('.') + 1);
    if (!action.equals("append")) {
      entries.removeIf(
          entry ->
              ignoreCase ? entry.getKey().equalsIgnoreCase(name) : entry.getKey().equals(name));
    }
    if (!action.equals("remove") && !value.isEmpty()) {
      entries.add(Map.entry(name, value));
    }
  }

  private static String rawQuery(List<Map.Entry<String, String>> query) {
    var pairs = new ArrayList<String>();
    query.forEach(
        one ->
            pairs.add(
                PercentCoding.encode(one.getKey(), "")
                    + "="
                    + PercentCoding.encode(one.getValue(), "")));
    return String.join("&", pairs);
  }
}
