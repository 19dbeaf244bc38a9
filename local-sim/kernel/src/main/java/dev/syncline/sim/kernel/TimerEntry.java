// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

/** The clock's entry of a timer. Guarded by the clock's lock. */
final class TimerEntry {
  final TimerKind kind;

  /** When it is due in virtual nanoseconds, as planned. */
  final long due;

  /** The same on the axis of limits; see {@link TimeAxes}. */
  final long limitDue;

  final long sequence;
  final Runnable task;
  boolean done;

  TimerEntry(TimerKind kind, long due, long limitDue, long sequence, Runnable task) {
    this.kind = kind;
    this.due = due;
    this.limitDue = limitDue;
    this.sequence = sequence;
    this.task = task;
  }
}
