// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import dev.syncline.publisher.EventChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** A subscription that is kept over connections. Guarded by its connection's lock. */
final class ReplySubscription {
  final String key;
  final EventChannel channel;

  /** Completes when it is acknowledged on the present link; a new one for each link. */
  CompletableFuture<Void> ready = new CompletableFuture<>();

  /** Its name on the present link; empty before it was asked for there. */
  String wireId = "";

  /** Whether new credentials were tried for it on the present link. */
  boolean renewed;

  @Nullable ScheduledFuture<?> timer;

  ReplySubscription(String key, EventChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  boolean isAcknowledged() {
    return ready.isDone() && !ready.isCompletedExceptionally();
  }

  /** Begins anew, on another link. Whoever still waits goes on waiting. */
  void begin() {
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
