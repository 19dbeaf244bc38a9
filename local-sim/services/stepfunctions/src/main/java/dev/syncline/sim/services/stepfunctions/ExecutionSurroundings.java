// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.services.stepfunctions.integration.HttpTrace;

/** What all executions share. Thread-safe, as its parts are. */
record ExecutionSurroundings(
    SimClock clock,
    Journal journal,
    TaskDoers tasks,
    TaskTokens tokens,
    ActivityStore activities,
    MapRunIndex mapRuns,
    ExecutionLogs logs) {

  /** The same, where HTTP Tasks tell the trace what they send and get. */
  ExecutionSurroundings traced(HttpTrace trace) {
    return new ExecutionSurroundings(
        clock, journal, tasks.traced(trace), tokens, activities, mapRuns, logs);
  }
}
