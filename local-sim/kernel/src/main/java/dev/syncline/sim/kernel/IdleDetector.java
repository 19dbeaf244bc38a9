// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

/**
 * Whether nothing has been under way for long enough that a skipping clock may jump to a limit.
 *
 * <p>Where a message is between a socket and the thread that reads it nobody tells, so it is given
 * the settle time to arrive. That it had the time does not mean that its thread had a CPU. So the
 * settle time is watched in short looks, and a look that itself came late shows a machine on which
 * threads wait for a CPU: the settle time restarts, {@value #MAX_LATE_LOOKS} times at most, for a
 * machine that is never free must not stop the clock. With the default settle time of 100 ms it is
 * over after 3 s and what the looks were late, at the latest.
 *
 * <p>It is told what time it is, in nanoseconds of any origin. Guarded by the clock's lock.
 */
final class IdleDetector {
  static final int LOOKS = 5;
  static final int MAX_LATE_LOOKS = 30;

  private final long settle;
  private final long look;
  private final long tolerance;

  private boolean watching;
  private int lateLooks;
  private long quietFrom;
  private long nextLook;

  /** A look that is late by half an interval or more waited for a CPU. */
  IdleDetector(long settle) {
    this.settle = settle;
    this.look = Math.max(1, settle / LOOKS);
    this.tolerance = look / 2;
  }

  /** Restarts the settle time: work began or ended, or no look follows for a while. */
  void disturbed() {
    watching = false;
  }

  /** Looks; returns 0 when it has been quiet for long enough, else the time until the next look. */
  long left(long now) {
    if (!watching) {
      watching = true;
      lateLooks = 0;
      quietFrom = now;
      nextLook = now;
    } else if (now - nextLook > tolerance && lateLooks < MAX_LATE_LOOKS) {
      lateLooks++;
      quietFrom = now;
    }
    if (now - quietFrom >= settle) {
      return 0;
    }
    if (now >= nextLook) {
      nextLook = Math.min(now + look, quietFrom + settle);
    }
    return nextLook - now;
  }
}
