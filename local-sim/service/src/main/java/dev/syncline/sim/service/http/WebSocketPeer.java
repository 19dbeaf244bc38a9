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
  /** Queues a text frame. Returns false when the connection is gone or the mailbox is full. */
  boolean sendText(String message);

  /** Queues a text frame that is already UTF-8 and not changed from here on. */
  boolean sendUtf8(byte[] message);

  /**
   * Queues a text frame for each of {@code bodies} from index {@code from} on, made of {@code head}
   * and that body, both UTF-8 and not changed from here on: what many connections share is encoded
   * once. They are written when {@code fanOut} is flushed.
   *
   * @return how many were queued, the first ones; fewer than there are when the connection is gone
   *     or the mailbox full
   */
  int sendAll(byte[] head, byte[][] bodies, int from, FanOut fanOut);

  /**
   * Done when there is room in a mailbox that was full, or the connection is gone. Null unless
   * there is something to wait for, which is so only when a full mailbox blocks its senders.
   */
  @Nullable CompletableFuture<Boolean> room();

  /** Closes after what is queued has been written. Calling it again does nothing. */
  void close(int code, String reason);

  /** Cuts the connection at once, without a close frame. */
  void cut();
}
