// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.realtime;

import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.service.http.FanOut;
import dev.syncline.sim.service.http.WebSocketPeer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A subscription on its connection. Senders find it just before its client gets the
 * acknowledgement, so that no event after that is missed. Events that arrive in between are held
 * back, so that no data frame precedes the acknowledgement.
 *
 * <p>Thread-safe.
 */
public abstract class Receiver {
  private final byte[] head;
  private final String connectionId;
  private final WebSocketPeer peer;
  private final DeliveryState delivery;

  /** Events that arrived before the acknowledgement; guarded by this, null afterwards. */
  private @Nullable List<byte[]> held = new ArrayList<>(0);

  private volatile boolean begun;

  /**
   * A subscription that has not begun.
   *
   * @param head the first part of each of its data frames, in UTF-8
   */
  protected Receiver(byte[] head, String connectionId, WebSocketPeer peer, DeliveryState delivery) {
    this.head = head;
    this.connectionId = connectionId;
    this.peer = peer;
    this.delivery = delivery;
  }

  /** The id of the subscription, as its client chose it. */
  public abstract String id();

  /** The id of the connection. */
  public final String connectionId() {
    return connectionId;
  }

  /** Sends the acknowledgement, then the events held back. */
  public final synchronized void begin(String acknowledgement) {
    peer.sendText(acknowledgement);
    if (held != null && !held.isEmpty()) {
      try (var fanOut = new FanOut()) {
        peer.sendAll(head, held.toArray(byte[][]::new), 0, fanOut);
      }
    }
    held = null;
    begun = true;
  }

  /**
   * Queues a frame that ends in each of the bodies from that index on. Returns how many the
   * connection accepted.
   */
  final int deliver(byte[][] bodies, int from, FanOut fanOut) {
    if (delivery.silent()) {
      return bodies.length - from;
    }
    if (!begun && hold(bodies, from)) {
      return bodies.length - from;
    }
    return peer.sendAll(head, bodies, from, fanOut);
  }

  /** Sends a frame in place of an event; does nothing before the subscription has begun. */
  final void sendInstead(String frame) {
    if (begun && !delivery.silent()) {
      peer.sendText(frame);
    }
  }

  /** Completes when the peer can take further events; null if they are lost. */
  final @Nullable CompletableFuture<Boolean> room() {
    return peer.room();
  }

  /** Closes the connection as a fault asks. */
  final void close(Fault.Close close) {
    peer.close(close.code(), close.reason());
  }

  /** Stops all further frames of the connection. */
  final void silence() {
    delivery.silence();
  }

  /** Cuts the connection. */
  final void cut() {
    peer.cut();
  }

  private synchronized boolean hold(byte[][] bodies, int from) {
    return held != null && held.addAll(Arrays.asList(bodies).subList(from, bodies.length));
  }
}
