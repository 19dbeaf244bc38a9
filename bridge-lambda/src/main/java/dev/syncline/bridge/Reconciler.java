// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.BridgeMetrics.Counter;
import dev.syncline.bridge.backend.Backend;
import dev.syncline.bridge.backend.FindResult;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.PendingReplies;
import java.util.Map;
import java.util.function.Supplier;

/** Asks the backend how work goes that an event should have told of. Thread-safe; blocks. */
final class Reconciler {

  private final PendingReplies pendingReplies;
  private final Supplier<Backend> backend;
  private final BridgeMetrics metrics;
  private final BridgeLog log;

  Reconciler(
      PendingReplies pendingReplies,
      Supplier<Backend> backend,
      BridgeMetrics metrics,
      BridgeLog log) {
    this.pendingReplies = pendingReplies;
    this.backend = backend;
    this.metrics = metrics;
    this.log = log;
  }

  /** Whoever waits for this work has its outcome afterwards, if there is one. */
  void reconcile(CorrelationId id) {
    metrics.count(Counter.RECONCILES);
    switch (find(id)) {
      case FindResult.Finished finished -> metrics.count(Counter.RECONCILED);
      case FindResult.Unavailable unavailable -> {}
      case FindResult.Running running -> {}
      case FindResult.NotFound notFound -> {}
      case FindResult.Untracked untracked -> {}
    }
  }

  /** What the backend says; an outcome is handed on to whoever waits. */
  FindResult find(CorrelationId id) {
    FindResult found = backend.get().find(id);
    if (found instanceof FindResult.Finished finished) {
      pendingReplies.resolve(id, finished.outcome());
    } else if (found instanceof FindResult.Unavailable unavailable) {
      log.warn(
          "the backend did not say how the work goes",
          Map.of("correlationId", id.value(), "detail", unavailable.detail()));
    }
    return found;
  }
}
