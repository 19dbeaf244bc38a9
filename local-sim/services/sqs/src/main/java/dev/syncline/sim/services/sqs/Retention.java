// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One timer for the oldest message of a queue, in place of one for each. Guarded by the queue's
 * lock.
 */
final class Retention {
  private final SimClock clock;
  private final Runnable expire;
  private @Nullable Timer timer;
  private @Nullable Instant due;

  Retention(SimClock clock, Runnable expire) {
    this.clock = clock;
    this.expire = expire;
  }

  /**
   * Sets when the next message expires. A timer that is already set for an earlier time is left: it
   * finds nothing to do and is set again.
   */
  void next(@Nullable Instant expiry) {
    if (expiry == null) {
      cancel();
      return;
    }
    if (timer != null && due != null && !expiry.isBefore(due)) {
      return;
    }
    cancel();
    due = expiry;
    timer = clock.schedule(TimerKind.BACKGROUND, Duration.between(clock.now(), expiry), expire);
  }

  /** Forgets the timer that has fired. */
  void fired() {
    timer = null;
    due = null;
  }

  void cancel() {
    if (timer != null) {
      timer.cancel();
    }
    fired();
  }
}
