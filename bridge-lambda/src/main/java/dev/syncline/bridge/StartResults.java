// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.BridgeMetrics.Counter;
import dev.syncline.bridge.backend.StartResult;
import dev.syncline.bridge.backend.WorkRequest;
import dev.syncline.bridge.correlate.PendingReplies;
import dev.syncline.bridge.correlate.PendingReply;
import dev.syncline.bridge.correlate.PendingReply.Doubt;
import dev.syncline.bridge.correlate.WorkOutcome;
import dev.syncline.publisher.Channel;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies the results of starts to the pending reply. Thread-safe.
 *
 * @param doubtMillis how long unconfirmed work is assumed to run
 */
record StartResults(
    PendingReplies pendingReplies,
    Clock clock,
    long doubtMillis,
    BridgeMetrics metrics,
    BridgeLog log) {
  /** Marks the start as unconfirmed: the work may be running until the doubt expires. */
  void doubt(PendingReply pending, String error) {
    pending.doubt(new Doubt(error, clock.millis() + doubtMillis));
  }

  /** Applies a result that ends the attempts; returns false for any other result. */
  boolean settles(PendingReply pending, StartResult result, WorkRequest work) {
    return switch (result) {
      case StartResult.Started started -> true;
      case StartResult.Promised promised -> {
        promised.answer().whenComplete((outcome, failure) -> promised(pending, outcome, failure));
        yield true;
      }
      case StartResult.Joined joined -> {
        metrics.count(Counter.JOINED);
        repliesTo(pending, joined.replyTo(), work);
        yield true;
      }
      case StartResult.InDoubt doubtful -> {
        metrics.count(Counter.JOINED);
        repliesTo(pending, doubtful.replyTo(), work);
        pending.doubt(new Doubt(doubtful.error(), doubtful.untilMillis()));
        pendingReplies.prove(pending);
        yield true;
      }
      case StartResult.Finished finished -> {
        metrics.count(Counter.JOINED);
        var unused = pendingReplies.accept(pending.id(), finished.outcome());
        yield true;
      }
      case StartResult.OtherEvent other -> false;
      case StartResult.NotStarted not -> false;
      case StartResult.Unconfirmed lost -> false;
      case StartResult.Leased leased -> false;
      case StartResult.Unrecorded unrecorded -> false;
    };
  }

  /**
   * Applies the result of a start that ended after its request's deadline.
   *
   * @param onlyDoubt whether no other attempt of the same request may have started the work
   */
  void late(PendingReply pending, StartResult result, WorkRequest work, boolean onlyDoubt) {
    switch (result) {
      case StartResult.Unrecorded unrecorded -> late(pending, unrecorded.result(), work, onlyDoubt);
      case StartResult.NotStarted not -> refuteIf(onlyDoubt, pending);
      case StartResult.OtherEvent other -> refuteIf(onlyDoubt, pending);
      case StartResult.Leased leased -> {}
      case StartResult.Unconfirmed lost -> {}
      case StartResult.InDoubt doubtful -> {}
      case StartResult.Started started -> pendingReplies.confirm(pending);
      case StartResult.Promised promised -> {
        pendingReplies.confirm(pending);
        boolean unused = settles(pending, promised, work);
      }
      case StartResult.Joined joined -> pendingReplies.confirm(pending);
      case StartResult.Finished finished -> {
        boolean unused = settles(pending, finished, work);
      }
    }
  }

  private void refuteIf(boolean onlyDoubt, PendingReply pending) {
    if (onlyDoubt) {
      pendingReplies.refute(pending);
    }
  }

  private static void repliesTo(PendingReply pending, String replyTo, WorkRequest work) {
    if (!replyTo.equals(work.replyTo().map(Channel::path).orElse(""))) {
      pending.markRepliesElsewhere();
    }
  }

  private void promised(
      PendingReply pending, @Nullable WorkOutcome outcome, @Nullable Throwable failure) {
    if (outcome == null) {
      log.warn(
          "answer lost",
          Map.of("correlationId", pending.id().value(), "detail", String.valueOf(failure)));
      doubt(pending, "AnswerLost");
      pending.wantReconcile();
      return;
    }
    metrics.count(pendingReplies.accept(pending.id(), outcome));
  }
}
