// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.HistoryEvent;
import dev.syncline.sim.asl.MapRun;
import dev.syncline.sim.service.Json;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An execution as the API shows it: a started execution, or a child of a Map Run. A snapshot.
 *
 * @param stateMachineArn without a version; of a child with the Map's label
 * @param origin of a child, the origin of its parent
 * @param end null while it runs
 * @param mapRunArn of a child, null otherwise
 * @param items how many items a child has
 * @param redriveRefusal why it cannot be redriven, null when it can
 */
record ExecutionView(
    String arn,
    String name,
    String stateMachineArn,
    ExecutionOrigin origin,
    String input,
    Instant started,
    ExecutionStatus status,
    RunningExecution.@Nullable End end,
    Supplier<List<HistoryEvent>> history,
    @Nullable String mapRunArn,
    int items,
    int redriveCount,
    @Nullable Instant redriven,
    @Nullable String redriveRefusal) {

  static ExecutionView of(RunningExecution execution) {
    RunningExecution.End end = execution.end();
    return new ExecutionView(
        execution.arn(),
        execution.name(),
        execution.machine().arn(),
        execution.origin(),
        execution.input(),
        execution.started(),
        end == null ? ExecutionStatus.RUNNING : end.status(),
        end,
        execution::history,
        null,
        0,
        execution.redriveCount(),
        execution.redriven(),
        execution.redriveStatus().reason().orElse(null));
  }

  static ExecutionView of(RunningExecution parent, MapRun run, MapRun.Child child) {
    Instant stopped = child.stopTime();
    return new ExecutionView(
        child.context().arn(),
        child.context().name(),
        child.context().stateMachineArn(),
        parent.origin(),
        child.input().text(),
        child.startTime(),
        child.status(),
        stopped == null
            ? null
            : new RunningExecution.End(
                child.status(), stopped, child.output(), child.error(), child.cause()),
        child::history,
        run.arn(),
        child.items(),
        child.redriveCount(),
        child.redriveTime(),
        "Execution is part of a Map Run and is redriven with it");
  }

  /** The members that ListExecutions and DescribeExecution share. */
  ObjectNode summary() {
    StateMachine machine = origin.machine();
    ObjectNode json = Json.object();
    json.put("executionArn", arn);
    json.put("stateMachineArn", stateMachineArn);
    if (machine.version() != null && mapRunArn == null) {
      json.put("stateMachineVersionArn", machine.qualifiedArn());
    }
    if (origin.aliasArn() != null && mapRunArn == null) {
      json.put("stateMachineAliasArn", origin.aliasArn());
    }
    json.put("name", name);
    json.put("status", status.name());
    json.set("startDate", Json.epochSeconds(started));
    if (end != null) {
      json.set("stopDate", Json.epochSeconds(end.at()));
    }
    json.put("redriveCount", redriveCount);
    if (redriven != null) {
      json.set("redriveDate", Json.epochSeconds(redriven));
    }
    return json;
  }

  /** Input, output, error and cause; data only when it is asked for. */
  void tellData(ObjectNode json, boolean allData) {
    if (allData) {
      json.put("input", input);
    }
    json.putObject("inputDetails").put("included", allData);
    if (end == null) {
      return;
    }
    if (end.output() != null) {
      if (allData) {
        json.put("output", end.output().text());
      }
      json.putObject("outputDetails").put("included", allData);
    }
    Json.putIfPresent(json, "error", end.error());
    Json.putIfPresent(json, "cause", end.cause());
  }
}
