// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

/** The purpose of a timer. A skipping clock treats each kind differently; other modes do not. */
public enum TimerKind {
  /**
   * Simulated work that takes time: a Wait state, a retry's back-off, a queue's delay. A skipping
   * clock jumps to it as soon as nothing in process is running.
   */
  WORK,
  /**
   * A limit on other work: a task, function or gateway time-out, or a timer of a function that runs
   * in process. A skipping clock jumps to it only when everything has been quiet for the settle
   * time and no real process is at work. While one is, real time runs against the limit: what is
   * skipped does not count, and no jump is made that is longer than what is left of it.
   */
  LIMIT,
  /** Housekeeping: keep-alives, expiry. Fires when time passes; never makes a clock jump. */
  BACKGROUND
}
