// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.realtime;

import dev.syncline.publisher.Credential;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket from its beginning to its end, as its {@link ReplyConnection} knows it. What is not
 * volatile is guarded by that connection's lock.
 */
final class Link {
  /** Whether this one tries again with new credentials what was refused. */
  final boolean renewed;

  /** Whether there was another before it: events may have been missed in between. */
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
