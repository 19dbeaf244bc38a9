// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.port;

/**
 * The other end of a WebSocket. Sending never blocks: frames go into a bounded mailbox that the
 * connection's own writer drains; when it overflows the connection is closed with 1013.
 * Thread-safe; frames of one sender keep their order.
 */
public interface WebSocketPeer {
  /** Queues a text frame. Returns false when the connection is gone or the mailbox is full. */
  boolean sendText(String message);

  /**
   * Queues a text frame made of parts that are already UTF-8, so that what many connections share
   * is encoded once.
   */
  boolean sendUtf8(byte[]... parts);

  /** Closes after what is queued has been written. Calling it again does nothing. */
  void close(int code, String reason);

  /** Cuts the connection at once, without a close frame. */
  void cut();
}
