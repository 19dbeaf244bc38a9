// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions.integration;

import dev.syncline.sim.asl.Effect;

/** Executes the tasks of Task states. Thread-safe. */
public interface TaskPerformer {
  /**
   * Does the task and reports. Called on a virtual thread inside {@link
   * dev.syncline.sim.kernel.SimClock#call}; blocks it until the service has answered; the end of a
   * {@code .sync} task is reported later from another thread.
   */
  void perform(Effect.ScheduleTask task, TaskReports reports);

  /**
   * Whether the tasks of this state are executed here for every resource; activities too, which
   * otherwise wait for a worker.
   */
  default boolean standsInFor(String stateName) {
    return false;
  }
}
