// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.asl.EventDetails;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.HistoryEvent;
import dev.syncline.sim.asl.HistoryEventType;
import dev.syncline.sim.asl.MapRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The readable data of an execution that an earlier process ran. It cannot continue. Immutable.
 *
 * @param end null while it ran
 * @param redriven when it was redriven last, null if never
 */
record CompletedExecution(
    RunningExecution.@Nullable End end,
    List<HistoryEvent> history,
    List<MapRun> mapRuns,
    int redriveCount,
    @Nullable Instant redriven) {
  private static final String NOT_REDRIVABLE =
      "Execution was run before the simulator was restarted and cannot be redriven";

  private static final String ERROR = "Simulator.Restarted";
  private static final String CAUSE =
      "The simulator was stopped while the execution was running. What an execution has done is"
          + " kept, but it cannot continue in another process.";

  /** Why it cannot be redriven: AWS's text for one that succeeded, ours for others. */
  String redriveRefusal() {
    return end != null && end.status() == ExecutionStatus.SUCCEEDED
        ? "Execution is SUCCEEDED and cannot be redriven"
        : NOT_REDRIVABLE;
  }

  /** The same if it has ended; otherwise aborted, with the restart as its cause. */
  CompletedExecution ended(Instant now) {
    if (end != null) {
      return this;
    }
    var events = new ArrayList<>(history);
    events.add(
        new HistoryEvent(
            events.size() + 1L,
            0,
            now,
            HistoryEventType.EXECUTION_ABORTED,
            new EventDetails.Failure(ERROR, CAUSE)));
    return new CompletedExecution(
        new RunningExecution.End(ExecutionStatus.ABORTED, now, null, ERROR, CAUSE),
        events,
        mapRuns.stream().map(run -> ended(run, now)).toList(),
        redriveCount,
        redriven);
  }

  private static MapRun ended(MapRun run, Instant now) {
    if (run.stopTime() != null) {
      return run;
    }
    return new MapRun(
        run.arn(),
        run.stateName(),
        ExecutionStatus.ABORTED,
        run.startTime(),
        now,
        run.maxConcurrency(),
        run.toleratedFailureCount(),
        run.toleratedFailurePercentage(),
        run.redriveCount(),
        run.redriveTime(),
        run.resultsWritten(),
        run.children().stream().map(child -> ended(child, now)).toList());
  }

  private static MapRun.Child ended(MapRun.Child child, Instant now) {
    if (child.stopTime() != null || !child.started()) {
      return child;
    }
    return new MapRun.Child(
        child.context(),
        child.items(),
        true,
        ExecutionStatus.ABORTED,
        child.input(),
        child.output(),
        child.error(),
        child.cause(),
        child.startTime(),
        now,
        child.redriveCount(),
        child.redriveTime(),
        child.history());
  }
}
