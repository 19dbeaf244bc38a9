// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.http;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an API Gateway proxy event that the bridge uses, of a REST API or of an HTTP API in
 * either payload format. Immutable and thread-safe.
 *
 * @param method the HTTP method, upper case
 * @param path the path without the stage
 * @param resource the resource's path pattern as the API defines it; empty if the event has none
 * @param contextPath the path as the caller sees it, with the stage; empty if the event has none
 * @param requestId the gateway's id of this request; empty if the event has none
 * @param receivedAt epoch milliseconds at which the gateway received the request
 * @param caller the caller that the gateway authenticated
 * @param headers by lower-case name; several values joined by commas
 * @param body the original body; null if it is missing
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

  /** Omits the body and the headers: this text may be logged. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
