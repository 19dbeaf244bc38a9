// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import java.net.URI;
import java.util.List;

/** Opens WebSockets. Implementations are thread-safe and never block the caller on the network. */
public interface RealtimeTransport extends AutoCloseable {

  /**
   * Begins to open a WebSocket.
   *
   * @param subprotocols offered in this order; the service must select the first
   * @param listener called one call at a time: {@code opened}, then any number of {@code text},
   *     then {@code closed}; only {@code closed} if the connection failed to open
   * @return the same connection that {@code opened} receives, to close it earlier
   */
  Connection connect(URI uri, List<String> subprotocols, Listener listener);

  /** Prepares the first connection, without connecting. */
  default void prepare() {}

  /** Closes all connections and threads. */
  @Override
  default void close() {}

  /** One WebSocket. Thread-safe. */
  interface Connection {

    /** Sends a text frame after those sent before it; a failure arrives as {@code closed}. */
    void send(String text);

    /** Drops the connection, also while it opens. Idempotent. */
    void close();
  }

  /** The events of one WebSocket. Must not block: it runs on the socket's reader thread. */
  interface Listener {

    void opened(Connection connection);

    /** One whole text message. */
    void text(String message);

    /**
     * The connection has ended or could not be opened.
     *
     * @param reason for the log
     * @param unauthorized whether the service refused the credentials by HTTP status
     */
    void closed(String reason, boolean unauthorized);
  }
}
