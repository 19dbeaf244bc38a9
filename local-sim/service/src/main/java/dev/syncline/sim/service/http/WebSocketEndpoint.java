// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import java.util.Optional;

/** A WebSocket data plane on the port. Thread-safe. */
public interface WebSocketEndpoint {
  /** The bound of messages unless the endpoint sets another: 1 MiB. */
  int DEFAULT_MESSAGE_BYTES = 1024 * 1024;

  /** Whether this endpoint takes the upgrade request; must be quick. */
  boolean claims(HttpRequest upgrade);

  /** The callers that may open a connection; by default foreign web pages are refused. */
  default Access access(HttpRequest upgrade) {
    return Access.PROGRAMS;
  }

  /**
   * The subprotocol to select from those offered, exactly as offered; empty to refuse the upgrade
   * with 400.
   */
  Optional<String> subprotocol(HttpRequest upgrade);

  /** The answer that refuses the handshake; empty, the default, accepts it. */
  default Optional<HttpResponse> refusal(HttpRequest upgrade) {
    return Optional.empty();
  }

  /** The largest message that a peer may send, in bytes, summed over its fragments. */
  default int maxMessageBytes() {
    return DEFAULT_MESSAGE_BYTES;
  }

  /** Called when the handshake is done; the result receives the peer's messages. */
  WebSocketListener open(HttpRequest upgrade, WebSocketPeer peer);
}
