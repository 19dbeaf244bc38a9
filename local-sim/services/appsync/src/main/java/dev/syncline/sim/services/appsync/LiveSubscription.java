// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.events.Frames;
import dev.syncline.sim.events.Refusal;
import dev.syncline.sim.events.Subscription;
import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.service.http.FanOut;
import dev.syncline.sim.service.http.WebSocketPeer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A subscription on its connection. Publishers find it just before its client gets {@code
 * subscribe_success}, so that no event published after that is missed. Events that arrive in
 * between are held back, so that no data frame precedes {@code subscribe_success}.
 *
 * <p>Thread-safe.
 */
final class LiveSubscription {
  private final Subscription subscription;
  private final String connectionId;
  private final WebSocketPeer peer;
  private final DeliveryState delivery;

  /** Events that arrived before {@code subscribe_success}; guarded by this, null afterwards. */
  private @Nullable List<byte[]> held = new ArrayList<>(0);

  private volatile boolean begun;

  LiveSubscription(
      Subscription subscription, String connectionId, WebSocketPeer peer, DeliveryState delivery) {
    this.subscription = subscription;
    this.connectionId = connectionId;
    this.peer = peer;
    this.delivery = delivery;
  }

  Subscription subscription() {
    return subscription;
  }

  String connectionId() {
    return connectionId;
  }

  /** Sends {@code subscribe_success}, then the events held back. */
  synchronized void begin(String acknowledgement) {
    peer.sendText(acknowledgement);
    if (held != null && !held.isEmpty()) {
      try (var fanOut = new FanOut()) {
        peer.sendAll(subscription.head(), held.toArray(byte[][]::new), 0, fanOut);
      }
    }
    held = null;
    begun = true;
  }

  /**
   * Queues a frame that ends in each of the bodies from that index on. Returns how many the
   * connection accepted.
   */
  int deliver(byte[][] bodies, int from, FanOut fanOut) {
    if (delivery.silent()) {
      return bodies.length - from;
    }
    if (!begun && hold(bodies, from)) {
      return bodies.length - from;
    }
    return peer.sendAll(subscription.head(), bodies, from, fanOut);
  }

  /**
   * Sends a {@code broadcast_error} in place of an event; does nothing before the subscription has
   * begun.
   */
  void sendError(Refusal refusal) {
    if (begun && !delivery.silent()) {
      peer.sendText(Frames.broadcastError(subscription.id(), refusal));
    }
  }

  /** Completes when the peer can take further events; null if they are lost. */
  @Nullable CompletableFuture<Boolean> room() {
    return peer.room();
  }

  /** Closes the connection as a fault asks. */
  void close(Fault.Close close) {
    peer.close(close.code(), close.reason());
  }

  /** Stops all further frames of the connection. */
  void silence() {
    delivery.silence();
  }

  /** Cuts the connection. */
  void cut() {
    peer.cut();
  }

  private synchronized boolean hold(byte[][] bodies, int from) {
    return held != null && held.addAll(Arrays.asList(bodies).subList(from, bodies.length));
  }
}
