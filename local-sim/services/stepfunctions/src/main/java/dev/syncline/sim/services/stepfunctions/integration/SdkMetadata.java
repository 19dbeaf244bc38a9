// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code SdkHttpMetadata} and {@code SdkResponseMetadata}, which the optimized integrations add to
 * a service's answer. Which headers a service sends: as recorded.
 */
public final class SdkMetadata {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private SdkMetadata() {}

  /**
   * The headers of a service that answers JSON or XML.
   *
   * @param contentLength of the body on the wire
   */
  public static Map<String, String> headers(
      String contentType, int contentLength, Instant now, String requestId) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("connection", "keep-alive");
    headers.put("Content-Length", Integer.toString(contentLength));
    headers.put("Content-Type", contentType);
    headers.put("Date", HTTP_DATE.format(now));
    headers.put("x-amzn-RequestId", requestId);
    return headers;
  }

  /** Adds both members to an answer, whose members are put in order of their names, as recorded. */
  public static ObjectNode added(
      JsonNode answer, int status, Map<String, String> headers, String requestId) {
    var members = new TreeMap<String, JsonNode>();
    answer.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    ObjectNode http = Json.object();
    ObjectNode all = http.putObject("AllHttpHeaders");
    ObjectNode single = http.putObject("HttpHeaders");
    headers.forEach(
        (name, value) -> {
          ArrayNode values = all.putArray(name);
          values.add(value);
          single.put(name, value);
        });
    http.put("HttpStatusCode", status);
    members.put("SdkHttpMetadata", http);
    members.put("SdkResponseMetadata", Json.object().put("RequestId", requestId));
    ObjectNode result = Json.object();
    members.forEach(result::set);
    return result;
  }
}
