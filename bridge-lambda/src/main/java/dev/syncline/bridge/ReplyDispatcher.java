// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.BridgeMetrics.Counter;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.PendingReplies;
import dev.syncline.bridge.correlate.ReplyEnvelope;
import dev.syncline.bridge.correlate.WorkOutcome;
import dev.syncline.bridge.realtime.ReplyListener;
import java.util.Map;
import java.util.Optional;

/** Delivers events of the reply connection to the pending replies. Thread-safe. */
record ReplyDispatcher(
    PendingReplies pending, MissedReplies missed, BridgeMetrics metrics, BridgeLog log)
    implements ReplyListener {
  @Override
  public void event(String key, String text) {
    // In per-request mode the subscription's key is the work's id.
    Optional<CorrelationId> own = CorrelationId.parse(key);
    try {
      ReplyEnvelope envelope = ReplyEnvelope.parse(text);
      metrics.count(pending.accept(envelope));
      if (envelope.outcome().isPresent()) {
        missed.heard(envelope.id());
      }
    } catch (ReplyEnvelope.Malformed e) {
      if (own.isPresent() && ReplyEnvelope.isJson(text)) {
        metrics.count(pending.heard(own.get(), new WorkOutcome.Completed(text.strip())));
        missed.heard(own.get());
      } else {
        malformed("an event's envelope: " + e.getMessage());
      }
    }
  }

  @Override
  public void malformed(String reason) {
    metrics.count(Counter.MALFORMED_EVENTS);
    log.warn("malformed message ignored", Map.of("reason", reason));
  }

  @Override
  public void connected(long millis, boolean again) {
    metrics.connected(millis, again);
  }

  @Override
  public void lost(String reason) {
    metrics.count(Counter.SUBSCRIPTION_LOSSES);
    log.warn("reply subscription lost", Map.of("reason", reason, "waiting", pending.size()));
  }

  @Override
  public void eventsMayBeMissing(String reason) {
    log.warn("asking the backend", Map.of("reason", reason, "waiting", pending.size()));
    pending.wantReconcile();
  }

  @Override
  public boolean answersAwaited() {
    return pending.anyStarted();
  }
}
