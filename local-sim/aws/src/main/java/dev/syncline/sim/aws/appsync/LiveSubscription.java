// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.appsync;

import dev.syncline.sim.aws.port.WebSocketPeer;
import dev.syncline.sim.events.Subscription;
import dev.syncline.sim.kernel.Fault;
import java.util.ArrayList;
import java.util.List;

/**
 * A subscription on its connection. It can be found by publishers a moment before its client is
 * told so, so that nothing published after {@code subscribe_success} is missed; what arrives in
 * that moment is held back, so that no data comes before it either.
 *
 * <p>Thread-safe.
 */
final class LiveSubscription {
  private final Subscription subscription;
  private final String connectionId;
  private final WebSocketPeer peer;
  private final Line line;
  private final List<byte[]> held = new ArrayList<>(0);
  private volatile boolean begun;

  LiveSubscription(Subscription subscription, String connectionId, WebSocketPeer peer, Line line) {
    this.subscription = subscription;
    this.connectionId = connectionId;
    this.peer = peer;
    this.line = line;
  }

  Subscription subscription() {
    return subscription;
  }

  String connectionId() {
    return connectionId;
  }

  /** Tells the client that the subscription has begun, and hands over what came meanwhile. */
  synchronized void begin(String acknowledgement) {
    peer.sendText(acknowledgement);
    held.forEach(this::queue);
    held.clear();
    begun = true;
  }

  /** Queues the frame that ends in {@code body}; false when the connection cannot take it. */
  boolean deliver(byte[] body) {
    if (line.silent()) {
      return true;
    }
    if (!begun && hold(body)) {
      return true;
    }
    return queue(body);
  }

  /** Closes the connection as a fault asks. */
  void close(Fault.Close close) {
    peer.close(close.code(), close.reason());
  }

  /** From here on nothing comes over the connection. */
  void silence() {
    line.silence();
  }

  /** Cuts the connection. */
  void cut() {
    peer.cut();
  }

  private synchronized boolean hold(byte[] body) {
    return !begun && held.add(body);
  }

  private boolean queue(byte[] body) {
    return peer.sendUtf8(subscription.head(), body);
  }
}
