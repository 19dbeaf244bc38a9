// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.BridgeMetrics.Counter;
import dev.syncline.bridge.backend.Backend;
import dev.syncline.bridge.backend.StartResult;
import dev.syncline.bridge.backend.WorkRequest;
import dev.syncline.bridge.correlate.Deadline;
import dev.syncline.bridge.correlate.WorkOutcome;
import dev.syncline.bridge.correlate.PendingReplies;
import dev.syncline.bridge.correlate.PendingReply;
import dev.syncline.bridge.correlate.PendingReply.Doubt;
import dev.syncline.bridge.correlate.TimedJoin;
import dev.syncline.bridge.http.ProblemException;
import dev.syncline.publisher.EventChannel;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Starts work, and only once its answer can arrive: the subscription is acknowledged first.
 *
 * <p>A throttled start is tried again, {@value #MAX_ATTEMPTS} times in all, after a random pause
 * below {@value #FIRST_PAUSE_MILLIS} ms that doubles (full jitter). A start that was not confirmed
 * is tried again only where the backend says that this cannot run the work twice; otherwise the
 * work is taken to run, and its caller waits for the answer that may come.
 *
 * <p>Each attempt runs on a thread of its own, so that a backend that hangs holds no caller beyond
 * its deadline. Thread-safe; blocks the calling request's thread.
 */
final class WorkStarter {

  static final int MAX_ATTEMPTS = 4;
  static final long FIRST_PAUSE_MILLIS = 200;
  private static final long MAX_LEASE_PAUSE_MILLIS = 1_000;

  private final PendingReplies pendingReplies;
  private final Supplier<Backend> backend;
  private final BoundedCalls calls;
  private final Clock clock;
  private final TimedJoin timedJoin;
  private final RandomGenerator random;
  private final long doubtMillis;
  private final BridgeMetrics metrics;
  private final BridgeLog log;

  /**
   * @param doubtMillis how long work whose start was not confirmed is taken to run
   */
  WorkStarter(
      PendingReplies pendingReplies,
      Supplier<Backend> backend,
      BoundedCalls calls,
      Clock clock,
      TimedJoin timedJoin,
      RandomGenerator random,
      long doubtMillis,
      BridgeMetrics metrics,
      BridgeLog log) {
    this.pendingReplies = pendingReplies;
    this.backend = backend;
    this.calls = calls;
    this.clock = clock;
    this.timedJoin = timedJoin;
    this.random = random;
    this.doubtMillis = doubtMillis;
    this.metrics = metrics;
    this.log = log;
  }

  /**
   * Returns when the work has been started, or has ended already, or is in doubt: see {@link
   * PendingReply#doubt}.
   *
   * @throws ProblemException if nothing was started; those who joined get the same
   */
  void start(PendingReply pending, ReplyInbox.Slot slot, WorkRequest work, Deadline deadline) {
    try {
      awaitSubscription(slot, deadline);
    } catch (RuntimeException e) {
      pendingReplies.abandon(pending, e);
      throw e;
    }
    pendingReplies.verifiable(pending, isVerifiable(work), slot.isOwn());
    new Start(pending, work, deadline).run();
  }

  /** Whether the backend can say that the work of a key is for this body and no other. */
  boolean isVerifiable(WorkRequest work) {
    return work.keyed() && backend.get().repeatable(work);
  }

  /**
   * Asks for work whose start is in doubt by starting it once more, which the backend allows: so it
   * also says whether the work is for this body.
   *
   * @throws ProblemException if it is for another body
   */
  void lookAgain(PendingReply pending, WorkRequest work, long untilMillis) {
    StartResult result =
        calls
            .call(
                () -> backend.get().start(work),
                untilMillis,
                late -> late(pending, late, work, false))
            .orElseGet(() -> new StartResult.Unconfirmed("NoAnswerInTime", ""));
    if (result instanceof StartResult.OtherEvent) {
      ProblemException other = ResponseMapper.otherBody();
      pendingReplies.abandon(pending, other);
      throw other;
    }
    if (result instanceof StartResult.Unrecorded told) {
      result = told.result();
    }
    if (settles(pending, result, work) && !(result instanceof StartResult.InDoubt)) {
      pendingReplies.confirm(pending);
    }
  }

  /** Whether work whose start is in doubt may be started again. */
  boolean mayStartAgain(WorkRequest work, Doubt doubt) {
    return clock.millis() >= doubt.untilMillis() || backend.get().repeatable(work);
  }

  private void awaitSubscription(ReplyInbox.Slot slot, Deadline deadline) {
    CompletableFuture<Void> ready = new CompletableFuture<>();
    Optional<CompletableFuture<Void>> asked =
        calls.call(
            () -> {
              CompletableFuture<Void> subscribed = slot.ready();
              // Making the client takes as long as connecting: do both at once.
              Backend unused = backend.get();
              return subscribed;
            },
            deadline.atMillis(),
            late -> {});
    asked.ifPresent(
        subscribed ->
            subscribed.whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    ready.complete(null);
                  } else {
                    ready.completeExceptionally(failure);
                  }
                }));
    if (!timedJoin.join(ready, deadline.atMillis())) {
      metrics.count(Counter.SUBSCRIPTION_FAILURES);
      throw ResponseMapper.noSubscription("not acknowledged in time");
    }
    if (ready.isCompletedExceptionally()) {
      metrics.count(Counter.SUBSCRIPTION_FAILURES);
      throw ResponseMapper.noSubscription(String.valueOf(ready.exceptionNow().getMessage()));
    }
  }

  /** One request's attempts to start one piece of work. Confined to the request's thread. */
  private final class Start {
    private final PendingReply pending;
    private final WorkRequest work;
    private final Deadline deadline;

    /** The error of the last attempt that may have started the work. */
    private @Nullable String unconfirmed;

    /** What has been started, while its note could not be written. */
    private @Nullable StartResult unrecorded;

    private long leasePause = FIRST_PAUSE_MILLIS;

    Start(PendingReply pending, WorkRequest work, Deadline deadline) {
      this.pending = pending;
      this.work = work;
      this.deadline = deadline;
    }

    void run() {
      pending.beginStart();
      try {
        if (attempts()) {
          metrics.count(Counter.STARTS);
          pendingReplies.confirm(pending);
        } else {
          metrics.count(Counter.UNCONFIRMED_STARTS);
        }
      } catch (ProblemException e) {
        // Certainly nothing was started.
        pendingReplies.abandon(pending, e);
        throw e;
      } catch (RuntimeException e) {
        doubt("BackendFailed", clock.millis() + doubtMillis);
        pending.started().completeExceptionally(e);
        throw e;
      }
      pending.started().complete(null);
    }

    /** False if the start is in doubt. */
    private boolean attempts() {
      for (int attempt = 1; ; ) {
        StartResult result = attempt();
        if (result instanceof StartResult.Leased leased) {
          if (!pauseFor(leased)) {
            doubt("another request is starting it", leased.untilMillis());
            return false;
          }
          if (pending.outcome().isPresent()) {
            return true;
          }
          continue;
        }
        if (result instanceof StartResult.Unrecorded told) {
          unrecorded = told.result();
          logFailure("NotNoted", told.detail(), attempt);
        } else if (settles(result)) {
          return pending.doubt().isEmpty();
        } else {
          note(result, attempt);
        }
        // An answer proves that it was started.
        if (pending.outcome().isPresent()) {
          return true;
        }
        if (attempt == MAX_ATTEMPTS || isLast(result) || !pause(attempt)) {
          return end(result);
        }
        metrics.count(Counter.START_RETRIES);
        attempt++;
      }
    }

    private StartResult attempt() {
      boolean onlyDoubt = unconfirmed == null && unrecorded == null;
      return calls
          .call(
              () -> backend.get().start(work),
              deadline.atMillis(),
              late -> WorkStarter.this.late(pending, late, work, onlyDoubt))
          .orElseGet(
              () -> new StartResult.Unconfirmed("NoAnswerInTime", "no answer by the deadline"));
    }

    /** Takes what ends the attempts. */
    private boolean settles(StartResult result) {
      if (result instanceof StartResult.OtherEvent) {
        throw ResponseMapper.otherBody();
      }
      return WorkStarter.this.settles(pending, result, work);
    }

    private void note(StartResult result, int attempt) {
      if (result instanceof StartResult.NotStarted not) {
        logFailure(not.error(), not.detail(), attempt);
      } else if (result instanceof StartResult.Unconfirmed lost) {
        logFailure(lost.error(), lost.detail(), attempt);
        unconfirmed = lost.error();
      }
    }

    private boolean isLast(StartResult result) {
      return switch (result) {
        case StartResult.NotStarted not -> !not.retryable();
        case StartResult.Unconfirmed lost -> !backend.get().repeatable(work);
        default -> false;
      };
    }

    private boolean end(StartResult last) {
      if (unrecorded != null) {
        return settles(unrecorded) ? pending.doubt().isEmpty() : inDoubt(unrecorded);
      }
      if (unconfirmed != null) {
        return inDoubt(last);
      }
      metrics.count(Counter.START_FAILURES);
      if (last instanceof StartResult.NotStarted not) {
        throw ResponseMapper.notStarted(not.error(), not.retryable());
      }
      throw new IllegalStateException("a start ended with " + last.getClass().getSimpleName());
    }

    private boolean inDoubt(StartResult last) {
      String error =
          switch (last) {
            case StartResult.Unconfirmed lost -> lost.error();
            case StartResult.NotStarted not -> not.error();
            default -> String.valueOf(unconfirmed);
          };
      doubt(error, clock.millis() + doubtMillis);
      return false;
    }

    private void doubt(String error, long untilMillis) {
      pending.doubt(new Doubt(error, untilMillis));
    }

    /** Waits before another attempt; false if the deadline leaves no time for one. */
    private boolean pause(int attempt) {
      long until = clock.millis() + random.nextLong((FIRST_PAUSE_MILLIS << (attempt - 1)) + 1);
      return pauseUntil(until);
    }

    /** Waits for another environment's start, with growing pauses. */
    private boolean pauseFor(StartResult.Leased leased) {
      long now = clock.millis();
      long pause = FIRST_PAUSE_MILLIS / 4 + random.nextLong(leasePause + 1);
      leasePause = Math.min(2 * leasePause, MAX_LEASE_PAUSE_MILLIS);
      return pauseUntil(Math.max(now + 1, Math.min(now + pause, leased.untilMillis() + 1)));
    }

    private boolean pauseUntil(long until) {
      if (deadline.passedAt(until)) {
        return false;
      }
      timedJoin.join(pending.answered(), until);
      return pending.outcome().isEmpty() || !deadline.passedAt(clock.millis());
    }

    private void logFailure(String error, String detail, int attempt) {
      log.warn(
          "start failed",
          Map.of(
              "correlationId", work.id().value(),
              "error", error,
              "detail", detail,
              "attempt", attempt));
    }
  }

  /** Takes what ends the attempts; false for what does not. */
  private boolean settles(PendingReply pending, StartResult result, WorkRequest work) {
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
      case StartResult.Unrecorded told -> false;
    };
  }

  /** The result of a start whose request could wait no longer. */
  private void late(PendingReply pending, StartResult result, WorkRequest work, boolean onlyDoubt) {
    switch (result) {
      case StartResult.Unrecorded told -> late(pending, told.result(), work, onlyDoubt);
      case StartResult.NotStarted not -> {
        if (onlyDoubt) {
          pendingReplies.refute(pending);
        }
      }
      case StartResult.OtherEvent other -> {
        if (onlyDoubt) {
          pendingReplies.refute(pending);
        }
      }
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

  private static void repliesTo(PendingReply pending, String replyTo, WorkRequest work) {
    if (!replyTo.equals(work.replyTo().map(EventChannel::path).orElse(""))) {
      pending.markRepliesElsewhere();
    }
  }

  private void promised(
      PendingReply pending, @Nullable WorkOutcome outcome, @Nullable Throwable failure) {
    if (outcome == null) {
      log.warn(
          "an answer got lost",
          Map.of("correlationId", pending.id().value(), "detail", String.valueOf(failure)));
      pending.doubt(new Doubt("AnswerLost", clock.millis() + doubtMillis));
      pending.wantReconcile();
      return;
    }
    metrics.count(pendingReplies.accept(pending.id(), outcome));
  }
}
