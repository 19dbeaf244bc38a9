// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

/**
 * Decides whether the simulator has been idle long enough for a skipping clock to jump to a limit.
 *
 * <p>The clock cannot see a message between a socket and the thread that reads it, so the message
 * gets the settle time to arrive. In that time its thread may have had no CPU. So the settle time
 * is split into short checks. A late check shows that threads wait for a CPU; the settle time then
 * restarts, at most {@value #MAX_LATE_CHECKS} times, because a machine that is always busy must not
 * stop the clock. With the default settle time of 100 ms it ends after at most 3 s plus the delays
 * of the checks.
 *
 * <p>Callers pass the time, in nanoseconds of any origin. Guarded by the clock's lock.
 */
final class IdleDetector {
  static final int LOOKS = 5;
  static final int MAX_LATE_CHECKS = 30;

  private final long settle;
  private final long look;
  private final long tolerance;

  private boolean watching;
  private int lateChecks;
  private long quietFrom;
  private long nextCheck;

  /** A check that is late by half an interval or more waited for a CPU. */
  IdleDetector(long settle) {
    this.settle = settle;
    this.look = Math.max(1, settle / LOOKS);
    this.tolerance = look / 2;
  }

  /** Restarts the settle time: work began or ended, or the next check is not soon. */
  void disturbed() {
    watching = false;
  }

  /** Checks; returns 0 after enough idle time, else the nanoseconds until the next check. */
  long left(long now) {
    if (!watching) {
      watching = true;
      lateChecks = 0;
      quietFrom = now;
      nextCheck = now;
    } else if (now - nextCheck > tolerance && lateChecks < MAX_LATE_CHECKS) {
      lateChecks++;
      quietFrom = now;
    }
    if (now - quietFrom >= settle) {
      return 0;
    }
    if (now >= nextCheck) {
      nextCheck = Math.min(now + look, quietFrom + settle);
    }
    return nextCheck - now;
  }
}
