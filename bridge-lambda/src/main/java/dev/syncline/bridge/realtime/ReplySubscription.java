// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import dev.syncline.publisher.Channel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** A subscription that survives reconnections. Guarded by the connection's {@link LinkState}. */
final class ReplySubscription {
  final String key;
  final Channel channel;

  /** Completes when the current link acknowledges it; replaced for each link. */
  CompletableFuture<Void> ready = new CompletableFuture<>();

  /** Its id on the current link; empty until it is requested there. */
  String wireId = "";

  /** Whether renewed credentials were tried for it on the current link. */
  boolean renewed;

  @Nullable ScheduledFuture<?> timer;

  ReplySubscription(String key, Channel channel) {
    this.key = key;
    this.channel = channel;
  }

  boolean isAcknowledged() {
    return ready.isDone() && !ready.isCompletedExceptionally();
  }

  /** Prepares for a new link. A pending {@link #ready} stays pending. */
  void reset() {
    if (ready.isDone()) {
      ready = new CompletableFuture<>();
    }
    wireId = "";
    renewed = false;
    stopTimer();
  }

  void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
