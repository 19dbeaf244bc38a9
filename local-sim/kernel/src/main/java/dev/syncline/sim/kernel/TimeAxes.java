// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

/**
 * The present time, in nanoseconds since the clock was made, on two axes: virtual time, and the
 * axis of limits. Both run alike until a real process works. While it works, the axis of limits
 * runs in real time and does not move when virtual time jumps, so that skipped time does not count
 * against the process. Guarded by the clock's lock.
 */
final class TimeAxes {
  private final double factor;
  private final boolean manual;
  private long realBase;
  private long virtualBase;
  private long limitBase;
  private long skipped;
  private boolean processAtWork;

  /**
   * Axes that begin at 0 at the real time {@code real}; in manual mode they move only by moveTo.
   */
  TimeAxes(double factor, boolean manual, long real) {
    this.factor = factor;
    this.manual = manual;
    this.realBase = real;
  }

  long virtualNow(long real) {
    return manual ? virtualBase : virtualBase + (long) ((real - realBase) * factor);
  }

  long limitNow(long real) {
    return manual ? limitBase : limitBase + (long) ((real - realBase) * limitRate());
  }

  /** Real nanoseconds until the virtual instant. */
  long realUntilVirtual(long due, long real) {
    return (long) Math.ceil((due - virtualNow(real)) / factor);
  }

  /** Real nanoseconds until the instant on the axis of limits. */
  long realUntilLimit(long limitDue, long real) {
    return (long) Math.ceil((limitDue - limitNow(real)) / limitRate());
  }

  /** How much has been skipped so far. */
  long skipped() {
    return skipped;
  }

  /**
   * Sets whether a real process works; returns true when this changes the rate of the axis of
   * limits.
   */
  boolean processAtWork(boolean atWork, long real) {
    double rate = limitRate();
    if (!manual) {
      long limit = limitNow(real);
      virtualBase = virtualNow(real);
      limitBase = limit;
      realBase = real;
    }
    processAtWork = atWork;
    return limitRate() != rate;
  }

  /** Jumps to a later virtual instant. */
  void jumpTo(long target, long real) {
    long now = virtualNow(real);
    if (target <= now) {
      return;
    }
    long limit = limitNow(real);
    skipped += target - now;
    realBase = real;
    virtualBase = target;
    limitBase = processAtWork ? limit : limit + (target - now);
  }

  /** Moves manual time. */
  void moveTo(long target) {
    if (target > virtualBase) {
      limitBase += target - virtualBase;
      virtualBase = target;
    }
  }

  private double limitRate() {
    return processAtWork ? 1 : factor;
  }
}
