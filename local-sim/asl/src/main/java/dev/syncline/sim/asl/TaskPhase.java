// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

/** The phase in which a task failed; it decides the type of the history event. */
public enum TaskPhase {
  /** It could not be scheduled. */
  SCHEDULE,
  /** It could not be started. */
  START,
  /** The service refused the job. */
  SUBMIT,
  /** The work itself failed. */
  RUN
}
