// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.BridgeMetrics.Counter;
import dev.syncline.bridge.backend.Backend;
import dev.syncline.bridge.backend.StartResult;
import dev.syncline.bridge.backend.WorkRequest;
import dev.syncline.bridge.correlate.Deadline;
import dev.syncline.bridge.correlate.PendingReply;
import dev.syncline.bridge.correlate.PendingReply.Doubt;
import dev.syncline.bridge.http.ProblemException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Starts work after its reply subscription is acknowledged, so that no answer is missed.
 *
 * <p>A throttled start is retried, up to {@value StartAttempts#MAX_ATTEMPTS} attempts in all, after
 * a random pause below {@value StartAttempts#FIRST_PAUSE_MILLIS} ms that doubles (full jitter). An
 * unconfirmed start is retried only if the backend says that a retry cannot run the work twice.
 * Otherwise the work is assumed to run, and its caller waits for the answer.
 *
 * <p>Each attempt runs on its own thread, so that a backend that hangs holds no caller beyond its
 * deadline. Thread-safe; blocks the calling request's thread.
 */
record WorkStarter(StartAttempts.Dependencies dependencies) {
  /**
   * Returns when the work has been started, has ended already, or is in doubt: see {@link
   * PendingReply#doubt}.
   *
   * @throws ProblemException if nothing was started; callers that joined get the same problem
   */
  void start(
      PendingReply pending, ReplyInbox.ReplyHandle handle, WorkRequest work, Deadline deadline) {
    try {
      awaitSubscription(handle, deadline);
    } catch (RuntimeException e) {
      dependencies.pendingReplies().abandon(pending, e);
      throw e;
    }
    dependencies.pendingReplies().verifiable(pending, isVerifiable(work), handle.isOwn());
    new StartAttempts(dependencies, pending, work, deadline).run();
  }

  /** Whether the backend can say that the work of a key is for this body and no other. */
  boolean isVerifiable(WorkRequest work) {
    return work.keyed() && backend().repeatable(work);
  }

  /**
   * Repeats a start that is in doubt, which the backend allows. The result also says whether the
   * work is for this body.
   *
   * @throws ProblemException if it is for another body
   */
  void lookAgain(PendingReply pending, WorkRequest work, long untilMillis) {
    StartResult result =
        dependencies
            .calls()
            .call(
                () -> backend().start(work),
                untilMillis,
                late -> dependencies.results().late(pending, late, work, false))
            .orElseGet(() -> new StartResult.Unconfirmed("NoAnswerInTime", ""));
    if (result instanceof StartResult.OtherEvent) {
      ProblemException other = ResponseMapper.otherBody();
      dependencies.pendingReplies().abandon(pending, other);
      throw other;
    }
    if (result instanceof StartResult.Unrecorded unrecorded) {
      result = unrecorded.result();
    }
    if (dependencies.results().settles(pending, result, work)
        && !(result instanceof StartResult.InDoubt)) {
      dependencies.pendingReplies().confirm(pending);
    }
  }

  /** Whether work whose start is in doubt may be started again. */
  boolean mayStartAgain(WorkRequest work, Doubt doubt) {
    return dependencies.clock().millis() >= doubt.untilMillis() || backend().repeatable(work);
  }

  private Backend backend() {
    return dependencies.backend().get();
  }

  private void awaitSubscription(ReplyInbox.ReplyHandle handle, Deadline deadline) {
    CompletableFuture<Void> ready = new CompletableFuture<>();
    Optional<CompletableFuture<Void>> requested =
        dependencies
            .calls()
            .call(
                () -> {
                  CompletableFuture<Void> subscribed = handle.ready();
                  // Creating the client takes as long as connecting: do both at once.
                  Backend unused = backend();
                  return subscribed;
                },
                deadline.atMillis(),
                late -> {});
    requested.ifPresent(
        subscribed ->
            subscribed.whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    ready.complete(null);
                  } else {
                    ready.completeExceptionally(failure);
                  }
                }));
    if (!dependencies.timedJoin().join(ready, deadline.atMillis())) {
      dependencies.metrics().count(Counter.SUBSCRIPTION_FAILURES);
      throw ResponseMapper.noSubscription("not acknowledged in time");
    }
    if (ready.isCompletedExceptionally()) {
      dependencies.metrics().count(Counter.SUBSCRIPTION_FAILURES);
      throw ResponseMapper.noSubscription(String.valueOf(ready.exceptionNow().getMessage()));
    }
  }
}
