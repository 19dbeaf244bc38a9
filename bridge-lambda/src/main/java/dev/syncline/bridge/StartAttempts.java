// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.BridgeMetrics.Counter;
import dev.syncline.bridge.backend.Backend;
import dev.syncline.bridge.backend.StartResult;
import dev.syncline.bridge.backend.WorkRequest;
import dev.syncline.bridge.correlate.Deadline;
import dev.syncline.bridge.correlate.PendingReplies;
import dev.syncline.bridge.correlate.PendingReply;
import dev.syncline.bridge.correlate.PendingReply.Doubt;
import dev.syncline.bridge.correlate.TimedJoin;
import dev.syncline.bridge.http.ProblemException;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One request's attempts to start one piece of work. Confined to the request's thread. */
final class StartAttempts {
  static final int MAX_ATTEMPTS = 4;
  static final long FIRST_PAUSE_MILLIS = 200;
  private static final long MAX_LEASE_PAUSE_MILLIS = 1_000;

  /** The dependencies that the attempts of all requests share. */
  record Dependencies(
      PendingReplies pendingReplies,
      Supplier<Backend> backend,
      BoundedCalls calls,
      Clock clock,
      TimedJoin timedJoin,
      RandomGenerator random,
      StartResults results,
      BridgeMetrics metrics,
      BridgeLog log) {}

  private final Dependencies dependencies;
  private final StartResults results;
  private final PendingReply pending;
  private final WorkRequest work;
  private final Deadline deadline;

  /** The error of the last attempt that may have started the work. */
  private @Nullable String unconfirmed;

  /** The result of a start whose note could not be written. */
  private @Nullable StartResult unrecorded;

  private long leasePause = FIRST_PAUSE_MILLIS;

  StartAttempts(
      Dependencies dependencies, PendingReply pending, WorkRequest work, Deadline deadline) {
    this.dependencies = dependencies;
    this.results = dependencies.results();
    this.pending = pending;
    this.work = work;
    this.deadline = deadline;
  }

  /**
   * Starts the work, with retries.
   *
   * @throws ProblemException if nothing was started
   */
  void run() {
    pending.beginStart();
    try {
      if (attempts()) {
        dependencies.metrics().count(Counter.STARTS);
        dependencies.pendingReplies().confirm(pending);
      } else {
        dependencies.metrics().count(Counter.UNCONFIRMED_STARTS);
      }
    } catch (ProblemException e) {
      // Nothing was started.
      dependencies.pendingReplies().abandon(pending, e);
      throw e;
    } catch (RuntimeException e) {
      results.doubt(pending, "BackendFailed");
      pending.started().completeExceptionally(e);
      throw e;
    }
    pending.started().complete(null);
  }

  /** Returns false if the start is in doubt. */
  private boolean attempts() {
    for (int attempt = 1; ; ) {
      StartResult result = attempt();
      if (result instanceof StartResult.Leased leased) {
        if (!pauseFor(leased)) {
          pending.doubt(new Doubt("another request is starting it", leased.untilMillis()));
          return false;
        }
        if (pending.outcome().isPresent()) {
          return true;
        }
        continue;
      }
      if (result instanceof StartResult.Unrecorded done) {
        unrecorded = done.result();
        logFailure("NotNoted", done.detail(), attempt);
      } else if (settles(result)) {
        return pending.doubt().isEmpty();
      } else {
        note(result, attempt);
      }
      // An answer proves that the work was started.
      if (pending.outcome().isPresent()) {
        return true;
      }
      if (attempt == MAX_ATTEMPTS || isLast(result) || !pause(attempt)) {
        return end(result);
      }
      dependencies.metrics().count(Counter.START_RETRIES);
      attempt++;
    }
  }

  private StartResult attempt() {
    boolean onlyDoubt = unconfirmed == null && unrecorded == null;
    return dependencies
        .calls()
        .call(
            () -> dependencies.backend().get().start(work),
            deadline.atMillis(),
            late -> results.late(pending, late, work, onlyDoubt))
        .orElseGet(
            () -> new StartResult.Unconfirmed("NoAnswerInTime", "no answer by the deadline"));
  }

  private boolean settles(StartResult result) {
    if (result instanceof StartResult.OtherEvent) {
      throw ResponseMapper.otherBody();
    }
    return results.settles(pending, result, work);
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
      case StartResult.Unconfirmed lost -> !dependencies.backend().get().repeatable(work);
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
    dependencies.metrics().count(Counter.START_FAILURES);
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
    results.doubt(pending, error);
    return false;
  }

  /** Waits before another attempt; returns false if the deadline leaves no time for one. */
  private boolean pause(int attempt) {
    long bound = FIRST_PAUSE_MILLIS << (attempt - 1);
    return pauseUntil(dependencies.clock().millis() + dependencies.random().nextLong(bound + 1));
  }

  /** Waits for another environment's start; the pauses grow. */
  private boolean pauseFor(StartResult.Leased leased) {
    long now = dependencies.clock().millis();
    long pause = FIRST_PAUSE_MILLIS / 4 + dependencies.random().nextLong(leasePause + 1);
    leasePause = Math.min(2 * leasePause, MAX_LEASE_PAUSE_MILLIS);
    return pauseUntil(Math.max(now + 1, Math.min(now + pause, leased.untilMillis() + 1)));
  }

  private boolean pauseUntil(long until) {
    if (deadline.passedAt(until)) {
      return false;
    }
    dependencies.timedJoin().join(pending.answered(), until);
    return pending.outcome().isEmpty() || !deadline.passedAt(dependencies.clock().millis());
  }

  private void logFailure(String error, String detail, int attempt) {
    dependencies
        .log()
        .warn(
            "start failed",
            Map.of(
                "correlationId", work.id().value(),
                "error", error,
                "detail", detail,
                "attempt", attempt));
  }
}
