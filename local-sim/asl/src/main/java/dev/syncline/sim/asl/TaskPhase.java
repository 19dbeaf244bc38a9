// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

/** How far a task had come when it failed; decides which history event tells of it. */
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
