// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.BridgeMetrics.Counter;
import dev.syncline.bridge.backend.Backend;
import dev.syncline.bridge.backend.StartResult;
import dev.syncline.bridge.backend.WorkRequest;
import dev.syncline.bridge.correlate.Deadline;
import dev.syncline.bridge.correlate.Outcome;
import dev.syncline.bridge.correlate.PendingReplies;
import dev.syncline.bridge.correlate.PendingReply;
import dev.syncline.bridge.correlate.TimedJoin;
import dev.syncline.bridge.http.ProxyRequest;
import dev.syncline.publisher.Channel;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Starts work, and only once its answer can arrive: the subscription is acknowledged first.
 *
 * <p>A throttled or lost start is tried again, {@value #MAX_ATTEMPTS} times in all, after a random
 * pause below {@value #FIRST_PAUSE_MILLIS} ms that doubles (full jitter).
 *
 * <p>Thread-safe; blocks the calling request's thread.
 */
final class WorkStarter {

  static final int MAX_ATTEMPTS = 4;
  static final long FIRST_PAUSE_MILLIS = 200;

  private final PendingReplies pendingReplies;
  private final Supplier<Backend> backend;
  private final Clock clock;
  private final TimedJoin timedJoin;
  private final RandomGenerator random;
  private final BridgeMetrics metrics;
  private final BridgeLog log;

  WorkStarter(
      PendingReplies pendingReplies,
      Supplier<Backend> backend,
      Clock clock,
      TimedJoin timedJoin,
      RandomGenerator random,
      BridgeMetrics metrics,
      BridgeLog log) {
    this.pendingReplies = pendingReplies;
    this.backend = backend;
    this.clock = clock;
    this.timedJoin = timedJoin;
    this.random = random;
    this.metrics = metrics;
    this.log = log;
  }

  /**
   * Returns when the work has been started, or has ended already.
   *
   * @throws dev.syncline.bridge.http.ProblemException if it cannot be started; whoever joined gets
   *     the same
   */
  void start(
      PendingReply pending,
      Inbox.Slot slot,
      WorkRequest work,
      ProxyRequest request,
      Deadline deadline) {
    try {
      awaitSubscription(slot, deadline);
      pending.beginStart();
      startNow(pending, work, request, deadline);
      metrics.count(Counter.STARTS);
      pending.started().complete(null);
    } catch (RuntimeException e) {
      pendingReplies.abandon(pending, e);
      throw e;
    }
  }

  private void awaitSubscription(Inbox.Slot slot, Deadline deadline) {
    CompletableFuture<Void> ready = slot.ready();
    // Making the client takes as long as connecting: do both at once.
    Backend unused = backend.get();
    if (!timedJoin.join(ready, deadline.atMillis())) {
      metrics.count(Counter.SUBSCRIPTION_FAILURES);
      throw Answers.noSubscription("not acknowledged in time");
    }
    if (ready.isCompletedExceptionally()) {
      metrics.count(Counter.SUBSCRIPTION_FAILURES);
      throw Answers.noSubscription(String.valueOf(ready.exceptionNow().getMessage()));
    }
  }

  private void startNow(
      PendingReply pending, WorkRequest work, ProxyRequest request, Deadline deadline) {
    boolean perhapsStarted = false;
    for (int attempt = 1; ; attempt++) {
      StartResult result = backend.get().start(work);
      boolean last = attempt == MAX_ATTEMPTS;
      switch (result) {
        case StartResult.Started started -> {
          return;
        }
        case StartResult.Promised promised -> {
          promised.answer().whenComplete((outcome, failure) -> promised(pending, outcome, failure));
          return;
        }
        case StartResult.Joined joined -> {
          metrics.count(Counter.JOINED);
          if (!joined.replyTo().equals(work.replyTo().map(Channel::path).orElse(""))) {
            pending.markRepliesElsewhere();
          }
          return;
        }
        case StartResult.Finished finished -> {
          metrics.count(Counter.JOINED);
          pendingReplies.resolve(pending.id(), finished.outcome());
          return;
        }
        case StartResult.OtherEvent other -> throw Answers.otherBody();
        case StartResult.NotStarted not -> {
          logFailure(work, not.error(), not.detail(), attempt);
          last |= !not.retryable();
          if (last && !perhapsStarted) {
            metrics.count(Counter.START_FAILURES);
            throw Answers.notStarted(not.error(), not.retryable());
          }
        }
        case StartResult.Unconfirmed lost -> {
          logFailure(work, lost.error(), lost.detail(), attempt);
          perhapsStarted = true;
        }
      }
      // An answer proves that it was started.
      if (pending.outcome().isPresent()) {
        return;
      }
      if (last || !pause(pending, attempt, deadline)) {
        metrics.count(Counter.START_FAILURES);
        String error = errorOf(result);
        throw perhapsStarted
            ? Answers.unconfirmed(error, work.id(), request)
            : Answers.notStarted(error, true);
      }
      metrics.count(Counter.START_RETRIES);
    }
  }

  private void promised(
      PendingReply pending, @Nullable Outcome outcome, @Nullable Throwable failure) {
    if (outcome == null) {
      log.warn(
          "an answer got lost",
          Map.of("correlationId", pending.id().value(), "detail", String.valueOf(failure)));
      pending.wantReconcile();
      return;
    }
    metrics.count(pendingReplies.accept(pending.id(), outcome));
  }

  /** Waits before another attempt; false if the deadline leaves no time for one. */
  private boolean pause(PendingReply pending, int attempt, Deadline deadline) {
    long until = clock.millis() + random.nextLong((FIRST_PAUSE_MILLIS << (attempt - 1)) + 1);
    if (deadline.passedAt(until)) {
      return false;
    }
    timedJoin.join(pending.answered(), until);
    return true;
  }

  private void logFailure(WorkRequest work, String error, String detail, int attempt) {
    log.warn(
        "start failed",
        Map.of(
            "correlationId", work.id().value(),
            "error", error,
            "detail", detail,
            "attempt", attempt));
  }

  private static String errorOf(StartResult result) {
    return switch (result) {
      case StartResult.NotStarted not -> not.error();
      case StartResult.Unconfirmed lost -> lost.error();
      default -> "";
    };
  }
}
