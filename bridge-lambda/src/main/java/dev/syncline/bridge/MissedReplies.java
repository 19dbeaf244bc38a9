// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.BridgeMetrics.Counter;
import dev.syncline.bridge.correlate.CorrelationId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tracks answers that were found by polling although the channel should have delivered them. If the
 * event arrives within {@value #GRACE_MILLIS} ms, it was only late. Otherwise the answer is counted
 * as missed, and its connection is replaced. Thread-safe.
 */
final class MissedReplies {

  static final long GRACE_MILLIS = 1_000;

  private final ScheduledExecutorService scheduler;
  private final BridgeMetrics metrics;
  private final BridgeLog log;
  private final Map<CorrelationId, ScheduledFuture<?>> missed = new ConcurrentHashMap<>();

  MissedReplies(ScheduledExecutorService scheduler, BridgeMetrics metrics, BridgeLog log) {
    this.scheduler = scheduler;
    this.metrics = metrics;
    this.log = log;
  }

  /**
   * Reports an answer whose event has not arrived.
   *
   * @param replace replaces the connection; runs on the scheduler and must not block
   */
  void missed(CorrelationId id, Runnable replace) {
    Runnable check =
        () -> {
          if (missed.remove(id) != null) {
            metrics.count(Counter.UNHEARD_ANSWERS);
            log.warn("answer missing on the channel", Map.of("correlationId", id.value()));
            replace.run();
          }
        };
    ScheduledFuture<?> timer = scheduler.schedule(check, GRACE_MILLIS, TimeUnit.MILLISECONDS);
    ScheduledFuture<?> before = missed.put(id, timer);
    if (before != null) {
      before.cancel(false);
    }
  }

  /** Reports that an event of this work has arrived. */
  void heard(CorrelationId id) {
    ScheduledFuture<?> timer = missed.remove(id);
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
