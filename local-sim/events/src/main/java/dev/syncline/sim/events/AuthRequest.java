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
   * The transport's side of a caller. Immutable. A connection keeps its caller for as long as it
   * lasts, and few ask for headers: how they are kept is left to who makes it.
   */
  public interface Caller {
    /** An unknown caller. */
    Caller UNKNOWN = new Unknown();

    /** Its address. */
    String sourceIp();

    /** The path of the request as it was sent. */
    String path();

    /**
     * The headers of the HTTP request or of the upgrade, names in lower case, repeated ones joined
     * with a comma.
     */
    Map<String, String> headers();

    /** Those of the headers that came several times, each value by itself. */
    Map<String, List<String>> repeated();
  }

  private record Unknown() implements Caller {
    @Override
    public String sourceIp() {
      return "127.0.0.1";
    }

    @Override
    public String path() {
      return "/event";
    }

    @Override
    public Map<String, String> headers() {
      return Map.of();
    }

    @Override
    public Map<String, List<String>> repeated() {
      return Map.of();
    }
  }
}
