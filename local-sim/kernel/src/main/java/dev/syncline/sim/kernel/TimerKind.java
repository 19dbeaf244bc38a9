// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

/** The purpose of a timer. A skipping clock treats each kind differently; other modes do not. */
public enum TimerKind {
  /**
   * Simulated work that takes time: a Wait state, a retry's back-off, a queue's delay. A skipping
   * clock jumps to it as soon as no in-process work runs.
   */
  WORK,
  /**
   * A limit on other work: a task, function or gateway time-out, or a timer of a function that runs
   * in process. A skipping clock jumps to it only when the simulator has been idle for the settle
   * time and no real process works. While a process works, real time counts against the limit:
   * skipped time does not count, and the clock does not jump farther than the rest of the limit.
   */
  LIMIT,
  /** Housekeeping: keep-alives, expiry. Fires when time passes; never makes a clock jump. */
  BACKGROUND
}
