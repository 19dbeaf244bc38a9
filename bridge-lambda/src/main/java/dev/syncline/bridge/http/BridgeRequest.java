// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the bridge needs of an API Gateway proxy event: of a REST API, or of an HTTP API in either
 * payload format. Immutable and thread-safe.
 *
 * @param method the HTTP method, upper case
 * @param path the path without the stage
 * @param resource the resource's path pattern as the API defines it; empty if the event has none
 * @param contextPath the path as the caller sees it, with the stage; empty if the event has none
 * @param requestId the gateway's id of this request; empty if the event has none
 * @param receivedAt epoch milliseconds at which the gateway took the request
 * @param caller whom the gateway authenticated
 * @param headers by lower-case name; several values joined by commas
 * @param body as it came; null if there is none
 * @param base64 whether the body is base64
 */
public record BridgeRequest(
    String method,
    String path,
    String resource,
    String contextPath,
    String requestId,
    OptionalLong receivedAt,
    CallerIdentity caller,
    Map<String, String> headers,
    @Nullable String body,
    boolean base64) {

  public BridgeRequest {
    headers = Map.copyOf(headers);
  }

  /**
   * A header's value.
   *
   * @param name in lower case
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Never the body or a header's value: this may end up in a log. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
