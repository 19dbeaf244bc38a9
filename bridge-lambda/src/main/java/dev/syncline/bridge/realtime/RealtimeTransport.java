// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import java.net.URI;
import java.util.List;

/** Opens WebSockets. Implementations are thread-safe and never block the caller on the network. */
public interface RealtimeTransport extends AutoCloseable {

  /**
   * Begins to open a WebSocket.
   *
   * @param subprotocols offered in this order, the first one is the one that must be selected
   * @param listener told, one call at a time, {@code opened} then any number of {@code text} then
   *     {@code closed}; {@code closed} alone if it could not be opened
   * @return the same connection that {@code opened} gets, to give up on it earlier
   */
  Connection connect(URI uri, List<String> subprotocols, Listener listener);

  /** Gives up all connections and threads. */
  @Override
  default void close() {}

  /** One WebSocket. Thread-safe. */
  interface Connection {

    /** Sends a text frame after those sent before it; a failure arrives as {@code closed}. */
    void send(String text);

    /** Drops the connection, open or not yet. Does nothing the second time. */
    void close();
  }

  /** What happens to one WebSocket. Must not block: it runs on the thread that reads. */
  interface Listener {

    void opened(Connection connection);

    /** One whole text message. */
    void text(String message);

    /**
     * The end, or no beginning.
     *
     * @param reason fit for a log
     * @param unauthorized whether the service refused the credentials by HTTP status
     */
    void closed(String reason, boolean unauthorized);
  }
}
