// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client's operation and its credentials. Immutable.
 *
 * @param operation the operation
 * @param credentials the credentials as received
 * @param caller the origin of the request
 * @param channel in its normal form; null for connecting
 * @param signedBodies the texts that the client may have signed as the body: the body of an HTTP
 *     request; for a frame, each form in which known clients write it
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
   * The transport's side of a caller. Immutable. A connection keeps its caller during its lifetime,
   * and headers are rarely read, so the implementation chooses how it stores them.
   */
  public interface Caller {
    /** An unknown caller. */
    Caller UNKNOWN = new Unknown();

    /** Its address. */
    String sourceIp();

    /** The path of the request as it was sent. */
    String path();

    /** The method that a signature covers: POST for a connection and its frames. */
    default String signedMethod() {
      return "POST";
    }

    /** The query that a signature covers, percent-encoded and sorted; empty without one. */
    default String signedQuery() {
      return "";
    }

    /**
     * The headers of the HTTP request or of the upgrade, names in lower case, repeated ones joined
     * with a comma.
     */
    Map<String, String> headers();

    /** The headers that occurred several times, with each value separately. */
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
