// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Decides which timer a clock fires next, and how far a skipping clock jumps; see ADR 0005. Guarded
 * by the clock's lock.
 */
record TimerChoice(TimerQueue timers, TimeAxes axes, IdleDetector idle) {
  /**
   * Jumps if allowed. Returns 0 after a jump, else the nanoseconds until the next attempt.
   *
   * @param external how many real processes are working
   */
  long tryJump(long real, int external) {
    TimerEntry target = timers.firstWork();
    TimerEntry limit = timers.firstLimit();
    if (limit != null && external == 0) {
      long limitAsVirtual = Nanos.add(limit.limitDue, axes.virtualNow(real) - axes.limitNow(real));
      if (target == null || limitAsVirtual < target.due) {
        long left = idle.left(real);
        if (left > 0) {
          return left;
        }
        jumpTo(limitAsVirtual, real);
        return 0;
      }
    }
    idle.disturbed();
    if (target == null) {
      return Long.MAX_VALUE;
    }
    if (external > 0 && limit != null) {
      // Skipped time does not count against a process, so a limit prevents only a jump that is
      // longer than the rest of the limit.
      long left = limit.limitDue - axes.limitNow(real);
      if (target.due - axes.virtualNow(real) > left) {
        return Long.MAX_VALUE;
      }
    }
    jumpTo(target.due, real);
    return 0;
  }

  /** Jumps, but not past housekeeping that is due on the way. */
  private void jumpTo(long target, long real) {
    TimerEntry housekeeping = timers.firstBackground();
    axes.jumpTo(housekeeping == null ? target : Math.min(target, housekeeping.due), real);
  }

  /** The timer to fire at {@code real}; null if none is due. */
  @Nullable TimerEntry dueNow(long real) {
    TimerEntry next = timers.firstOnVirtualTime();
    if (next != null && next.due > axes.virtualNow(real)) {
      next = null;
    }
    TimerEntry limit = timers.firstLimit();
    if (limit != null
        && limit.limitDue <= axes.limitNow(real)
        && (next == null || limit.due < next.due)) {
      return limit;
    }
    return next;
  }

  /** Real nanoseconds until the next timer is due; {@link Long#MAX_VALUE} without a timer. */
  long realWaitForNext(long real) {
    TimerEntry next = timers.firstOnVirtualTime();
    TimerEntry limit = timers.firstLimit();
    return Math.min(
        next == null ? Long.MAX_VALUE : axes.realUntilVirtual(next.due, real),
        limit == null ? Long.MAX_VALUE : axes.realUntilLimit(limit.limitDue, real));
  }
}
