// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

/** The purpose of a timer. */
public enum TimerPurpose {
  /** A Wait state. */
  WAIT,
  /** The interval before a retry. */
  RETRY,
  /** TimeoutSeconds of a task. */
  TASK_TIMEOUT,
  /** HeartbeatSeconds of a task. */
  HEARTBEAT,
  /** TimeoutSeconds of the machine, or the five minutes of an Express workflow. */
  EXECUTION_TIMEOUT
}
