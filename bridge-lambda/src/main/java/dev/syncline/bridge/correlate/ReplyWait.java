// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.correlate;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Holds a caller until its answer arrives or its deadline passes.
 *
 * <p>Delivery on a live socket is at most once, so the backend is polled too: when events may have
 * been lost, and once shortly before the deadline. The poll runs on the caller's thread, so the
 * scheduler never blocks. If the answer goes to another environment, the backend is polled with
 * growing pauses.
 *
 * <p>Thread-safe.
 *
 * @param leadMillis how long before the deadline the backend is polled; at most half of the wait,
 *     so that a short wait does not begin with a poll
 */
public record ReplyWait(Clock clock, TimedJoin timedJoin, long leadMillis) {
  /** Polls the backend and resolves the work if it has ended; may block on I/O. */
  @FunctionalInterface
  public interface Look {
    /**
     * @param unprompted whether the poll was made only because the deadline is near, so that an
     *     answer it finds should have arrived on the channel
     */
    void look(boolean unprompted);
  }

  private static final long FIRST_POLL_MILLIS = 250;
  private static final long MAX_POLL_MILLIS = 2_000;

  /**
   * Waits on the calling thread.
   *
   * @return the outcome, or empty if the deadline came first
   */
  public Optional<WorkOutcome> await(PendingReply pending, Deadline deadline, Look look) {
    long now = clock.millis();
    long lastCheckAt = deadline.atMillis() - Math.min(leadMillis, (deadline.atMillis() - now) / 2);
    boolean lastCheckDone = false;
    long pollPause = FIRST_POLL_MILLIS;
    long pollAt = pending.repliesElsewhere() ? now + pollPause : Long.MAX_VALUE;
    while (pending.outcome().isEmpty() && !deadline.passedAt(clock.millis())) {
      now = clock.millis();
      boolean lastCheckDue = !lastCheckDone && now >= lastCheckAt;
      boolean pollDue = now >= pollAt;
      boolean wanted = pending.takeReconcile();
      if (wanted || lastCheckDue || pollDue) {
        lastCheckDone |= lastCheckDue;
        look.look(!wanted && !pollDue && !pending.repliesElsewhere());
        if (pollDue) {
          pollPause = Math.min(2 * pollPause, MAX_POLL_MILLIS);
          pollAt = clock.millis() + pollPause;
        }
        continue;
      }
      long wakeAt = Math.min(pollAt, lastCheckDone ? deadline.atMillis() : lastCheckAt);
      CompletableFuture<Void> gate = pending.gate();
      try {
        timedJoin.join(gate, wakeAt);
      } finally {
        pending.dropGate(gate);
      }
    }
    return pending.outcome();
  }
}
