// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.http.BodyStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of an operation.
 *
 * @param json the output structure; the protocol encodes it
 * @param status overrides the operation's own status; 0 to keep it
 * @param headers members that are sent as headers, by header name
 * @param raw the body when it is a blob, in place of {@code json}; empty with a {@code stream}
 * @param stream makes the body while it is sent, null for none
 */
public record Output(
    ObjectNode json,
    int status,
    Map<String, String> headers,
    byte @Nullable [] raw,
    @Nullable BodyStream stream) {

  /** An output structure. */
  public static Output of(ObjectNode json) {
    return new Output(json, 0, Map.of(), null, null);
  }

  /** No output. */
  public static Output empty() {
    return of(JsonNodeFactory.instance.objectNode());
  }

  /** A blob with headers. */
  public static Output raw(int status, Map<String, String> headers, byte[] body) {
    return new Output(
        JsonNodeFactory.instance.objectNode(), status, Map.copyOf(headers), body, null);
  }

  /** A blob that is made while it is sent. */
  public static Output streamed(int status, Map<String, String> headers, BodyStream stream) {
    return new Output(
        JsonNodeFactory.instance.objectNode(), status, Map.copyOf(headers), new byte[0], stream);
  }
}
