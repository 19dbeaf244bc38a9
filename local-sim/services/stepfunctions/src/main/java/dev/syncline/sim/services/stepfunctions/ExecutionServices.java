// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.services.stepfunctions.integration.HttpTrace;

/** The components that all executions share. Thread-safe, because its components are. */
record ExecutionServices(
    SimClock clock,
    Journal journal,
    TaskExecutors tasks,
    TaskTokenRegistry tokens,
    ActivityStore activities,
    MapRunIndex mapRuns,
    ExecutionLogs logs) {

  /** A copy whose HTTP Tasks record requests and responses in the trace. */
  ExecutionServices traced(HttpTrace trace) {
    return new ExecutionServices(
        clock, journal, tasks.traced(trace), tokens, activities, mapRuns, logs);
  }
}
