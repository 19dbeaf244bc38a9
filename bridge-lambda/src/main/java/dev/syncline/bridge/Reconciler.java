// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.BridgeMetrics.Counter;
import dev.syncline.bridge.backend.Backend;
import dev.syncline.bridge.backend.FindResult;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.PendingReplies;
import java.util.Map;
import java.util.function.Supplier;

/** Polls the backend for work whose completion event may have been lost. Thread-safe; blocks. */
record Reconciler(
    PendingReplies pendingReplies,
    Supplier<Backend> backend,
    BoundedCalls calls,
    BridgeMetrics metrics,
    BridgeLog log) {
  /**
   * Polls the backend, and completes the pending reply if the work has ended.
   *
   * @param untilMillis when to give up, in epoch milliseconds
   * @return whether the work has ended and its event had not arrived before
   */
  boolean reconcile(CorrelationId id, long untilMillis) {
    metrics.count(Counter.RECONCILES);
    boolean known = pendingReplies.outcomeOf(id).isPresent();
    if (find(id, untilMillis) instanceof FindResult.Finished) {
      metrics.count(Counter.RECONCILED);
      return !known;
    }
    return false;
  }

  /** Polls the backend and returns the state. An outcome completes the pending reply. */
  FindResult find(CorrelationId id, long untilMillis) {
    FindResult found;
    try {
      found =
          calls
              .call(() -> backend.get().find(id), untilMillis, late -> take(id, late))
              .orElseGet(() -> new FindResult.Unavailable("no answer in time"));
    } catch (RuntimeException e) {
      found = new FindResult.Unavailable(String.valueOf(e));
    }
    take(id, found);
    return found;
  }

  private void take(CorrelationId id, FindResult found) {
    if (found instanceof FindResult.Finished finished) {
      pendingReplies.resolve(id, finished.outcome());
    } else if (found instanceof FindResult.Unavailable unavailable) {
      log.warn(
          "state of work unavailable",
          Map.of("correlationId", id.value(), "detail", unavailable.detail()));
    }
  }
}
