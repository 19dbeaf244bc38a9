// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import dev.syncline.publisher.Credential;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of a {@link ReplyConnection}. Fields that are not volatile are guarded by the
 * connection's {@link LinkState}.
 */
final class Link {
  /** Whether this link retries with renewed credentials after a refusal. */
  final boolean renewed;

  /** Whether this link replaces another, so that events may have been lost in between. */
  final boolean replacement;

  final RealtimeProtocol protocol = new RealtimeProtocol();
  @Nullable Credential credential;
  @Nullable ScheduledFuture<?> watchdog;
  boolean acknowledged;
  boolean subscribed;
  boolean announced;

  /** When the first subscription was acknowledged, in epoch milliseconds. */
  long subscribedAt;

  long silenceLimit = RealtimeProtocol.DEFAULT_CONNECTION_TIMEOUT_MILLIS;
  long lastFrameAt;

  private volatile RealtimeTransport.@Nullable Connection connection;
  private volatile boolean dropped;

  Link(long now, boolean renewed, boolean replacement) {
    this.lastFrameAt = now;
    this.renewed = renewed;
    this.replacement = replacement;
  }

  void connection(RealtimeTransport.Connection made) {
    connection = made;
    if (dropped) {
      made.close();
    }
  }

  void send(String frame) {
    RealtimeTransport.Connection target = connection;
    if (target != null) {
      target.send(frame);
    }
  }

  void drop() {
    dropped = true;
    RealtimeTransport.Connection open = connection;
    if (open != null) {
      open.close();
    }
  }

  void stopWatching() {
    if (watchdog != null) {
      watchdog.cancel(false);
      watchdog = null;
    }
  }
}
