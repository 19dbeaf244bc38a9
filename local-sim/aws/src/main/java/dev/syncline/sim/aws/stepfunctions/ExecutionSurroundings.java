// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.stepfunctions;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;

/** What all executions share. Thread-safe, as its parts are. */
record ExecutionSurroundings(
    SimClock clock,
    Journal journal,
    TaskDoers tasks,
    TaskTokens tokens,
    ActivityStore activities,
    MapRunIndex mapRuns,
    ExecutionLogs logs) {}
