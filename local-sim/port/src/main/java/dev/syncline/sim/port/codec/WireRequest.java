// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import dev.syncline.sim.service.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a request that codecs read.
 *
 * @param rawPath as sent, still percent-encoded
 * @param query decoded, in order
 * @param headers in order
 */
public record WireRequest(
    String method,
    String rawPath,
    List<Map.Entry<String, String>> query,
    List<Map.Entry<String, String>> headers,
    byte[] body) {

  /** A request as it came. */
  public static WireRequest of(HttpRequest request) {
    return new WireRequest(
        request.method(),
        request.rawPath(),
        request.query(),
        request.headers().entries(),
        request.body());
  }

  /** The first value of the header, compared case-insensitively. */
  public Optional<String> header(String name) {
    for (Map.Entry<String, String> header : headers) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return Optional.of(header.getValue());
      }
    }
    return Optional.empty();
  }

  /** The Host header without its port, in lower case; empty without a Host header. */
  public String hostName() {
    return HttpRequest.hostName(header("host").orElse(""));
  }
}
