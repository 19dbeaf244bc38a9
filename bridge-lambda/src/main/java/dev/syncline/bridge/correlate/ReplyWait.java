// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.correlate;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Holds a caller until its answer is there or its deadline comes.
 *
 * <p>Delivery on a live socket is at most once, so the backend is asked as well: when events may
 * have been missed, and once more a little before the deadline. That runs on the caller's own
 * thread, so nothing that blocks ever runs on the scheduler. Where the answer goes to another
 * environment the backend is polled instead, with growing pauses.
 *
 * <p>Thread-safe.
 */
public final class ReplyWait {

  /** Asks the backend and resolves the work if it has ended; may block on I/O. */
  @FunctionalInterface
  public interface Look {
    /**
     * @param unprompted whether nothing but the approaching deadline asks for this look: an answer
     *     that it finds should have come on the channel
     */
    void look(boolean unprompted);
  }

  private static final long FIRST_POLL_MILLIS = 250;
  private static final long MAX_POLL_MILLIS = 2_000;

  private final Clock clock;
  private final TimedJoin timedJoin;
  private final long leadMillis;

  /**
   * @param leadMillis how long before the deadline the backend is asked; never more than half the
   *     wait, so that a short one does not begin with it
   */
  public ReplyWait(Clock clock, TimedJoin timedJoin, long leadMillis) {
    this.clock = clock;
    this.timedJoin = timedJoin;
    this.leadMillis = leadMillis;
  }

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
