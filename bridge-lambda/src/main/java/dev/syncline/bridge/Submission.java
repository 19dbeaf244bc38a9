// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.BridgeMetrics.Counter;
import dev.syncline.bridge.backend.WorkRequest;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.Deadline;
import dev.syncline.bridge.correlate.PendingReplies;
import dev.syncline.bridge.correlate.PendingReplies.Registration;
import dev.syncline.bridge.correlate.PendingReply;
import dev.syncline.bridge.correlate.PendingReply.Doubt;
import dev.syncline.bridge.correlate.ReplyWait;
import dev.syncline.bridge.correlate.TimedJoin;
import dev.syncline.bridge.correlate.WorkOutcome;
import dev.syncline.bridge.http.BridgeRequest;
import dev.syncline.bridge.http.BridgeResponse;
import dev.syncline.bridge.http.EventBody;
import dev.syncline.bridge.http.Preferences;
import dev.syncline.bridge.http.Problem;
import dev.syncline.bridge.http.ProblemException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * {@code POST /event}: validates, derives the id, registers, subscribes, starts, waits, and
 * answers, in this order. Thread-safe; blocks the calling request's thread until its deadline at
 * most.
 *
 * @param keySecret the secret from which ids are derived with the keys; may be empty. May block
 */
record Submission(
    BridgeConfig config,
    PendingReplies pendingReplies,
    ReplyInbox inbox,
    WorkStarter starter,
    Reconciler reconciler,
    BoundedCalls calls,
    Clock clock,
    TimedJoin timedJoin,
    ReplyWait replyWait,
    RandomGenerator random,
    Supplier<byte[]> keySecret,
    BridgeMetrics metrics) {
  private static final int MAX_KEY_CHARS = 255;

  /**
   * Answers one request.
   *
   * @param remainingMillis how long the function may still run
   * @throws ProblemException if the request is refused or the work cannot be started
   */
  BridgeResponse answer(BridgeRequest request, long remainingMillis, RequestTrace trace) {
    long now = clock.millis();
    Deadline wall =
        Deadline.of(
            now,
            config.waitBudgetMillis(),
            request.receivedAt(),
            remainingMillis,
            config.marginMillis());
    String event = EventBody.json(request, config.maxBodyBytes());
    Optional<String> key = request.header("idempotency-key").map(Submission::checkedKey);
    String caller = request.caller().scope(config.callerContext());
    CorrelationId id =
        key.map(k -> CorrelationId.fromIdempotencyKey(secret(wall), caller, k))
            .orElseGet(() -> CorrelationId.random(random, caller));
    trace.work(id);
    try (ReplyInbox.ReplyHandle handle = inbox.open(id)) {
      return answer(request, handle, id, event, key, wall, trace);
    }
  }

  private BridgeResponse answer(
      BridgeRequest request,
      ReplyInbox.ReplyHandle handle,
      CorrelationId id,
      String event,
      Optional<String> key,
      Deadline wall,
      RequestTrace trace) {
    WorkRequest work =
        new WorkRequest(
            id, handle.replyTo(), event, key.isPresent(), trace.traceparent(), trace.callersId());
    if (!work.fits()) {
      throw new ProblemException(
          EventBody.tooLarge(config.maxBodyBytes())
              .problem()
              .with("note", "Every quote and backslash in the body counts as two bytes."));
    }
    String fingerprint =
        key.isPresent() ? HexFormat.of().formatHex(CorrelationId.sha256(event)) : "";
    Preferences preferences = Preferences.of(request);
    Deadline deadline =
        preferences.waitMillis().isPresent()
            ? wall.noLaterThan(trace.receivedAt() + preferences.waitMillis().getAsLong())
            : wall;

    Optional<WorkOutcome> outcome =
        switch (pendingReplies.register(id, fingerprint)) {
          case Registration.OtherBody other -> throw ResponseMapper.otherBody();
          case Registration.Owner owner ->
              held(
                  owner.pending(),
                  deadline,
                  handle,
                  work,
                  request,
                  () -> starter.start(owner.pending(), handle, work, wall));
          case Registration.Joined joined ->
              held(
                  joined.pending(),
                  deadline,
                  handle,
                  work,
                  request,
                  () -> join(joined.pending(), handle, work, request, wall));
        };
    count(outcome);
    if (outcome.isEmpty() && !config.acceptedAtDeadline() && !preferences.mayBeAsync()) {
      throw ResponseMapper.deadline(id, request);
    }
    BridgeResponse response =
        outcome
            .map(known -> ResponseMapper.of(id, known, config.format()))
            .orElseGet(() -> ResponseMapper.accepted(id, request));
    return preferences.applied().isEmpty()
        ? response
        : response.with("Preference-Applied", preferences.applied());
  }

  /**
   * Holds the caller until the outcome or the deadline.
   *
   * @throws ProblemException if the deadline comes while the start is in doubt
   */
  private Optional<WorkOutcome> held(
      PendingReply pending,
      Deadline deadline,
      ReplyInbox.ReplyHandle handle,
      WorkRequest work,
      BridgeRequest request,
      Runnable begin) {
    long lookUntil = deadline.atMillis() + config.marginMillis() / 2;
    try {
      begin.run();
      Optional<WorkOutcome> outcome =
          replyWait.await(
              pending,
              deadline,
              unprompted -> {
                if (pending.doubt().isPresent() && starter.isVerifiable(work)) {
                  starter.lookAgain(pending, work, lookUntil);
                } else if (reconciler.reconcile(pending.id(), lookUntil) && unprompted) {
                  handle.missed();
                }
              });
      Optional<Doubt> doubt = pending.doubt();
      if (outcome.isEmpty() && doubt.isPresent()) {
        throw ResponseMapper.unconfirmed(doubt.get().error(), pending.id(), request);
      }
      return outcome;
    } finally {
      pendingReplies.leave(pending);
    }
  }

  /** Waits for another request that starts this work or has started it. */
  private void join(
      PendingReply pending,
      ReplyInbox.ReplyHandle handle,
      WorkRequest work,
      BridgeRequest request,
      Deadline wall) {
    metrics.count(Counter.JOINED);
    Optional<Doubt> doubt = pending.doubt();
    if (doubt.isPresent()) {
      pendingReplies.verifiable(pending, starter.isVerifiable(work), handle.isOwn());
    }
    if (doubt.isPresent()
        && starter.mayStartAgain(work, doubt.get())
        && pendingReplies.takeOver(pending)) {
      starter.start(pending, handle, work, wall);
      return;
    }
    if (!timedJoin.join(pending.started(), wall.atMillis())) {
      throw ResponseMapper.unconfirmed("another request is starting it", pending.id(), request);
    }
    if (pending.started().isCompletedExceptionally()) {
      // A new exception: each request completes its own problem document.
      throw pending.started().exceptionNow() instanceof ProblemException problem
          ? new ProblemException(problem.problem())
          : new IllegalStateException("the request that started this work failed");
    }
    if (pending.outcome().isEmpty()) {
      // Restores a subscription that was lost while no request waited. If that fails, the backend
      // is polled.
      CompletableFuture<Void> unused = handle.ready();
    }
  }

  /** May fetch the secret, without which the key's id cannot be computed. */
  private byte[] secret(Deadline wall) {
    try {
      return calls
          .call(keySecret, wall.atMillis(), late -> {})
          .orElseThrow(() -> ResponseMapper.noKeySecret("no answer in time"));
    } catch (IllegalStateException e) {
      throw ResponseMapper.noKeySecret(String.valueOf(e.getMessage()));
    }
  }

  private void count(Optional<WorkOutcome> outcome) {
    if (outcome.isEmpty()) {
      metrics.count(Counter.DEADLINES);
    } else {
      metrics.count(
          outcome.get() instanceof WorkOutcome.Completed ? Counter.COMPLETED : Counter.FAILED);
    }
  }

  private static String checkedKey(String key) {
    if (key.isBlank() || key.length() > MAX_KEY_CHARS) {
      throw new ProblemException(
          new Problem(
              400,
              "invalid-idempotency-key",
              "Invalid Idempotency-Key",
              "An Idempotency-Key has 1 to " + MAX_KEY_CHARS + " characters."));
    }
    return key.strip();
  }
}
