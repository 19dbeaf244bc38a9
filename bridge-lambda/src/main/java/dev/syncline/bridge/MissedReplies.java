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
 * Answers that were found at the backend although the channel should have brought them. One whose
 * event still comes within {@value #GRACE_MILLIS} ms was only overtaken; any other one is counted,
 * and its connection is to be replaced. Thread-safe.
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
   * An answer's event has not come.
   *
   * @param replace replaces the connection; runs on the scheduler and must not block
   */
  void missed(CorrelationId id, Runnable replace) {
    Runnable check =
        () -> {
          if (missed.remove(id) != null) {
            metrics.count(Counter.UNHEARD_ANSWERS);
            log.warn("an answer did not come on the channel", Map.of("correlationId", id.value()));
            replace.run();
          }
        };
    ScheduledFuture<?> timer = scheduler.schedule(check, GRACE_MILLIS, TimeUnit.MILLISECONDS);
    ScheduledFuture<?> before = missed.put(id, timer);
    if (before != null) {
      before.cancel(false);
    }
  }

  /** An event about this work has come. */
  void heard(CorrelationId id) {
    ScheduledFuture<?> timer = missed.remove(id);
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
