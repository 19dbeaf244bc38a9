// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.backend.FindResult;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.Deadline;
import dev.syncline.bridge.correlate.PendingReplies;
import dev.syncline.bridge.correlate.PendingReply;
import dev.syncline.bridge.correlate.ReplyWait;
import dev.syncline.bridge.correlate.TimedJoin;
import dev.syncline.bridge.correlate.WorkOutcome;
import dev.syncline.bridge.http.BridgeRequest;
import dev.syncline.bridge.http.BridgeResponse;
import dev.syncline.bridge.http.Preferences;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * {@code GET /event/{id}}: 200 with the result or 502 with the failure once the work has ended, 202
 * while it runs, 404 for unknown work. With {@code Prefer: wait=N} the request waits up to N
 * seconds for the work to end. A malformed id never reaches the backend. Thread-safe; blocks the
 * calling request's thread.
 */
record StatusQuery(
    BridgeConfig config,
    PendingReplies pendingReplies,
    ReplyInbox inbox,
    Reconciler reconciler,
    Clock clock,
    TimedJoin timedJoin,
    ReplyWait replyWait) {
  private static final String NO_SUCH_WORK = "No work has this id.";
  private static final long FIRST_POLL_MILLIS = 250;
  private static final long MAX_POLL_MILLIS = 2_000;

  BridgeResponse answer(
      BridgeRequest request, String idText, long remainingMillis, RequestTrace trace) {
    CorrelationId id =
        CorrelationId.parse(idText).orElseThrow(() -> ResponseMapper.unknownId(NO_SUCH_WORK));
    if (!id.belongsTo(request.caller().scope(config.callerContext()))) {
      // The response is the same as for unknown work, and the backend is not polled.
      throw ResponseMapper.unknownId(NO_SUCH_WORK);
    }
    trace.work(id);
    Optional<WorkOutcome> known = pendingReplies.outcomeOf(id);
    Preferences preferences = Preferences.of(request);
    if (known.isEmpty() && preferences.waitMillis().orElse(0) > 0) {
      known = held(id, deadline(request, remainingMillis, preferences.waitMillis(), trace));
    }
    BridgeResponse response =
        known
            .map(outcome -> ResponseMapper.of(id, outcome, config.format()))
            .orElseGet(() -> now(request, id, remainingMillis, trace));
    return preferences.applied().isEmpty()
        ? response
        : response.with("Preference-Applied", preferences.applied());
  }

  private BridgeResponse now(
      BridgeRequest request, CorrelationId id, long remainingMillis, RequestTrace trace) {
    long until = wall(request, remainingMillis, trace).atMillis() + config.marginMillis() / 2;
    return switch (reconciler.find(id, until)) {
      case FindResult.Finished finished ->
          ResponseMapper.of(id, finished.outcome(), config.format());
      case FindResult.Running running -> ResponseMapper.accepted(id, request);
      case FindResult.Doubtful doubtful -> ResponseMapper.accepted(id, request);
      case FindResult.NotFound notFound -> acceptedIfStartedHere(id, request, NO_SUCH_WORK);
      case FindResult.Untracked untracked ->
          acceptedIfStartedHere(
              id,
              request,
              "This backend keeps no state, and this environment has not started this work or has"
                  + " forgotten it.");
      case FindResult.Unavailable unavailable -> {
        if (!pendingReplies.knows(id)) {
          throw ResponseMapper.unavailable();
        }
        yield ResponseMapper.accepted(id, request);
      }
    };
  }

  private Deadline deadline(
      BridgeRequest request, long remainingMillis, OptionalLong wait, RequestTrace trace) {
    return wall(request, remainingMillis, trace).noLaterThan(trace.receivedAt() + wait.orElse(0));
  }

  private Deadline wall(BridgeRequest request, long remainingMillis, RequestTrace trace) {
    return Deadline.of(
        trace.receivedAt(),
        config.waitBudgetMillis(),
        request.receivedAt(),
        remainingMillis,
        config.marginMillis());
  }

  private Optional<WorkOutcome> held(CorrelationId id, Deadline deadline) {
    Optional<PendingReply> here = pendingReplies.watch(id);
    if (here.isEmpty()) {
      return polled(id, deadline);
    }
    PendingReply pending = here.get();
    try (ReplyInbox.ReplyHandle handle = inbox.open(id)) {
      try {
        // Restores a subscription that was lost while no request waited. If that fails, the backend
        // is polled.
        CompletableFuture<Void> unused = handle.ready();
        long lookUntil = deadline.atMillis() + config.marginMillis() / 2;
        return replyWait.await(
            pending,
            deadline,
            unprompted -> {
              if (reconciler.reconcile(id, lookUntil) && unprompted) {
                handle.missed();
              }
            });
      } finally {
        pendingReplies.leave(pending);
      }
    }
  }

  /** Polls the backend for another environment's work, whose answer goes to that environment. */
  private Optional<WorkOutcome> polled(CorrelationId id, Deadline deadline) {
    for (long pause = FIRST_POLL_MILLIS; ; pause = Math.min(2 * pause, MAX_POLL_MILLIS)) {
      FindResult found = reconciler.find(id, deadline.atMillis() + config.marginMillis() / 2);
      if (found instanceof FindResult.Finished finished) {
        return Optional.of(finished.outcome());
      }
      long next = clock.millis() + pause;
      boolean mayEnd = found instanceof FindResult.Running || found instanceof FindResult.Doubtful;
      if (!mayEnd || deadline.passedAt(next)) {
        return Optional.empty();
      }
      timedJoin.join(new CompletableFuture<Void>(), next);
    }
  }

  /** A backend may not find work that is being started, and some backends never find any. */
  private BridgeResponse acceptedIfStartedHere(
      CorrelationId id, BridgeRequest request, String otherwise) {
    if (!pendingReplies.knows(id)) {
      throw ResponseMapper.unknownId(otherwise);
    }
    if (pendingReplies.doubtOf(id).filter(d -> clock.millis() >= d.untilMillis()).isPresent()) {
      throw ResponseMapper.neverConfirmed();
    }
    return ResponseMapper.accepted(id, request);
  }
}
