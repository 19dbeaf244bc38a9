// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import dev.syncline.sim.events.Subscription;
import dev.syncline.sim.service.http.WebSocketPeer;
import dev.syncline.sim.services.appsync.realtime.DeliveryState;
import dev.syncline.sim.services.appsync.realtime.Receiver;

/** A subscription to channels, on its connection. Thread-safe. */
final class LiveSubscription extends Receiver {
  private final Subscription subscription;

  LiveSubscription(
      Subscription subscription, String connectionId, WebSocketPeer peer, DeliveryState delivery) {
    super(subscription.head(), connectionId, peer, delivery);
    this.subscription = subscription;
  }

  Subscription subscription() {
    return subscription;
  }

  @Override
  public String id() {
    return subscription.id();
  }
}
