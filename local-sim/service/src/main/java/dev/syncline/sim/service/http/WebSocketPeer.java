// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a WebSocket. Sending never blocks: frames go into a bounded mailbox that the
 * connection's own writer drains; the port's settings say what happens when it is full.
 * Thread-safe; frames of one sender keep their order.
 */
public interface WebSocketPeer {
  /** Queues a text frame. Returns false when the connection has ended or the mailbox is full. */
  boolean sendText(String message);

  /** Queues a text frame in UTF-8, which the caller must not change later. */
  boolean sendUtf8(byte[] message);

  /**
   * Queues a text frame for each of {@code bodies} from index {@code from} on, made of {@code head}
   * and that body, both in UTF-8, which the caller must not change later: text that many
   * connections share is encoded once. They are written when {@code fanOut} is flushed.
   *
   * @return how many were queued, counted from the first; fewer than all when the connection has
   *     ended or the mailbox is full
   */
  int sendAll(byte[] head, byte[][] bodies, int from, FanOut fanOut);

  /**
   * Completes when a full mailbox has room again or the connection has ended. Null when a sender
   * need not wait; it must wait only when a full mailbox blocks its senders.
   */
  @Nullable CompletableFuture<Boolean> room();

  /** Closes after the queued frames have been written. Calling it again does nothing. */
  void close(int code, String reason);

  /** Cuts the connection at once, without a close frame. */
  void cut();
}
