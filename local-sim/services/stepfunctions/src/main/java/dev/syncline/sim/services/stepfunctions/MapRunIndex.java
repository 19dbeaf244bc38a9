// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.asl.MapRun;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The execution of each Map Run, while the execution is known. Thread-safe. */
final class MapRunIndex {
  private final Map<String, RunningExecution> parents = new ConcurrentHashMap<>();

  /** A Map Run and the execution it is part of. */
  record Found(RunningExecution parent, MapRun run) {}

  /** A Map Run has begun. */
  void add(String mapRunArn, RunningExecution parent) {
    parents.put(mapRunArn, parent);
  }

  /** The execution is not known any more. */
  void forget(RunningExecution parent) {
    for (MapRun run : parent.mapRuns()) {
      parents.remove(run.arn());
    }
  }

  /** The Map Run, or the service's error. */
  Found require(String mapRunArn) {
    RunningExecution parent = parents.get(mapRunArn);
    if (parent != null) {
      for (MapRun run : parent.mapRuns()) {
        if (run.arn().equals(mapRunArn)) {
          return new Found(parent, run);
        }
      }
    }
    throw StepFunctionsErrors.resourceNotFound(mapRunArn);
  }

  /** A child execution by its ARN, null if it does not exist. */
  @Nullable ExecutionView child(String executionArn) {
    // arn:aws:states:region:account:execution:MACHINE/LABEL:NAME
    String[] parts = executionArn.split(":", 8);
    if (parts.length < 8 || !parts[6].contains("/")) {
      return null;
    }
    String runPrefix = ":mapRun:" + parts[6] + ":";
    for (Map.Entry<String, RunningExecution> entry : parents.entrySet()) {
      if (!entry.getKey().contains(runPrefix)) {
        continue;
      }
      for (MapRun run : entry.getValue().mapRuns()) {
        for (MapRun.Child child : run.children()) {
          if (child.context().arn().equals(executionArn) && child.started()) {
            return ExecutionView.of(entry.getValue(), run, child);
          }
        }
      }
    }
    return null;
  }
}
