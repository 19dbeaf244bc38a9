// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import java.util.Optional;

/** A WebSocket data plane on the port. Thread-safe. */
public interface WebSocketEndpoint {
  /** The bound of messages unless the endpoint sets another: 1 MiB. */
  int DEFAULT_MESSAGE_BYTES = 1024 * 1024;

  /** Whether this endpoint takes the upgrade request; must be quick. */
  boolean claims(HttpRequest upgrade);

  /** Who may open a connection; unless said otherwise no foreign web page may. */
  default Access access(HttpRequest upgrade) {
    return Access.PROGRAMS;
  }

  /**
   * The subprotocol to select from those offered, exactly as offered; empty to refuse the upgrade
   * with 400.
   */
  Optional<String> subprotocol(HttpRequest upgrade);

  /** The answer in place of a handshake that is to fail; empty, the default, lets it happen. */
  default Optional<HttpResponse> refusal(HttpRequest upgrade) {
    return Optional.empty();
  }

  /** The largest message that a peer may send, in bytes, however fragmented. */
  default int maxMessageBytes() {
    return DEFAULT_MESSAGE_BYTES;
  }

  /** Called when the handshake is done; the result receives what the peer sends. */
  WebSocketListener open(HttpRequest upgrade, WebSocketPeer peer);
}
