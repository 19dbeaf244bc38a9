// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that a client wants to do, and what it shows for it. Immutable.
 *
 * @param operation what
 * @param credentials who it says it is
 * @param caller where the request comes from
 * @param channel in its normal form; null for connecting
 * @param signedBodies the texts that the client may have signed as the body: what was sent over
 *     HTTP, and for a frame each way in which clients are known to write it down
 */
public record AuthRequest(
    EventOperation operation,
    Credentials credentials,
    Caller caller,
    @Nullable String channel,
    List<String> signedBodies) {
  /** Copies the list. */
  public AuthRequest {
    signedBodies = List.copyOf(signedBodies);
  }

  /** The first segment of the channel; null for connecting. */
  public @Nullable String namespace() {
    String path = channel;
    if (path == null) {
      return null;
    }
    int end = path.indexOf('/', 1);
    return end < 0 ? path.substring(1) : path.substring(1, end);
  }

  /**
   * The transport's side of a caller. Immutable.
   *
   * @param sourceIp its address
   * @param path of the request as it was sent
   * @param headers of the HTTP request or of the upgrade, names in lower case, repeated ones joined
   *     with a comma
   * @param repeated those that came several times, each value by itself
   */
  public record Caller(
      String sourceIp,
      String path,
      Map<String, String> headers,
      Map<String, List<String>> repeated) {
    /** Nobody in particular. */
    public static final Caller UNKNOWN = new Caller("127.0.0.1", "/event", Map.of(), Map.of());

    /** Copies the maps. */
    public Caller {
      headers = Map.copyOf(headers);
      repeated = Map.copyOf(repeated);
    }
  }
}
