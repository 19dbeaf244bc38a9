// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A complete received request.
 *
 * @param rawPath the path as sent, still percent-encoded, always beginning with a slash
 * @param rawQuery the query as sent without the question mark, empty without a query
 * @param remoteAddress the peer's IP address
 * @param secure whether it came over TLS
 */
public record HttpRequest(
    String method,
    String rawPath,
    String rawQuery,
    Headers headers,
    byte[] body,
    String remoteAddress,
    boolean secure) {

  /** The Host header without its port, in lower case; empty without a Host header. */
  public String hostName() {
    return hostName(headers.first("host").orElse(""));
  }

  /** A Host header without its port, in lower case. */
  public static String hostName(String host) {
    int colon = host.startsWith("[") ? host.indexOf(':', host.indexOf(']')) : host.indexOf(':');
    return (colon < 0 ? host : host.substring(0, colon)).toLowerCase(java.util.Locale.ROOT);
  }

  /** The query parameters in order, decoded; a parameter without {@code =} has an empty value. */
  public List<Map.Entry<String, String>> query() {
    var parameters = new ArrayList<Map.Entry<String, String>>();
    if (rawQuery.isEmpty()) {
      return parameters;
    }
    for (String pair : rawQuery.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      parameters.add(Map.entry(decode(name), decode(value)));
    }
    return parameters;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }
}
