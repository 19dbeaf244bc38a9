// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.MapRun;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The operations on Map Runs. Source: the service's API reference. Thread-safe. */
record MapRunOperations(MapRunIndex index, ExecutionQueries executions) {
  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws[a-z-]*:states:[a-z0-9-]+:\\d{12}:mapRun:[^:/#\\s]+/[^:#\\s]+:[^:#\\s]+");

  List<Operation> operations() {
    return List.of(
        Operation.of("ListMapRuns: executionArn, maxResults, nextToken", this::list),
        Operation.of("DescribeMapRun: mapRunArn", this::describe),
        Operation.of(
            """
            UpdateMapRun: mapRunArn, maxConcurrency, toleratedFailureCount,
              toleratedFailurePercentage
            """,
            this::update));
  }

  private Output list(Input input, CallContext context) {
    StepFunctionsPage.check(input, StepFunctionsPage.MAX_TOKEN_LENGTH);
    RunningExecution execution = executions.require(input);
    return StepFunctionsPage.of(
        input, execution.mapRuns().reversed(), "mapRuns", run -> listed(execution, run));
  }

  private static ObjectNode listed(RunningExecution execution, MapRun run) {
    ObjectNode item = Json.object();
    item.put("executionArn", execution.arn());
    item.put("mapRunArn", run.arn());
    item.put("stateMachineArn", execution.machine().arn() + "/" + label(run));
    item.set("startDate", Json.epochSeconds(run.startTime()));
    if (run.stopTime() != null) {
      item.set("stopDate", Json.epochSeconds(run.stopTime()));
    }
    return item;
  }

  /** The label in {@code arn:aws:states:region:account:mapRun:MACHINE/LABEL:ID}. */
  static String label(MapRun run) {
    return run.arn().substring(run.arn().indexOf('/') + 1, run.arn().lastIndexOf(':'));
  }

  private Output describe(Input input, CallContext context) {
    MapRunIndex.Found found = index.require(arn(input));
    MapRun run = found.run();
    ObjectNode json = Json.object();
    json.put("mapRunArn", run.arn());
    json.put("executionArn", found.parent().arn());
    json.put("status", run.status().name());
    json.set("startDate", Json.epochSeconds(run.startTime()));
    if (run.stopTime() != null) {
      json.set("stopDate", Json.epochSeconds(run.stopTime()));
    }
    json.put("maxConcurrency", run.maxConcurrency());
    json.put("toleratedFailurePercentage", run.toleratedFailurePercentage());
    json.put("toleratedFailureCount", run.toleratedFailureCount());
    json.set("itemCounts", json(run.itemCounts()));
    json.set("executionCounts", json(run.executionCounts()));
    json.put("redriveCount", run.redriveCount());
    if (run.redriveTime() != null) {
      json.set("redriveDate", Json.epochSeconds(run.redriveTime()));
    }
    return Output.of(json);
  }

  private static ObjectNode json(MapRun.Counts counts) {
    ObjectNode json = Json.object();
    json.put("pending", counts.pending());
    json.put("running", counts.running());
    json.put("succeeded", counts.succeeded());
    json.put("failed", counts.failed());
    json.put("timedOut", counts.timedOut());
    json.put("aborted", counts.aborted());
    json.put("total", counts.total());
    json.put("resultsWritten", counts.resultsWritten());
    json.put("failuresNotRedrivable", counts.failuresNotRedrivable());
    json.put("pendingRedrive", counts.pendingRedrive());
    return json;
  }

  private Output update(Input input, CallContext context) {
    MapRunIndex.Found found = index.require(arn(input));
    Long concurrency = number(input, "maxConcurrency");
    Long count = number(input, "toleratedFailureCount");
    Double percentage =
        input.node("toleratedFailurePercentage").map(value -> value.asDouble()).orElse(null);
    if (percentage != null && (percentage < 0 || percentage > 100)) {
      throw StepFunctionsErrors.constraint(
          "Value '" + percentage + "'",
          "toleratedFailurePercentage",
          percentage < 0
              ? "have value greater than or equal to 0"
              : "have value less than or equal to 100");
    }
    if (found.run().status() != ExecutionStatus.RUNNING) {
      throw StepFunctionsErrors.mapRunCompleted(found.run().status());
    }
    found.parent().updateMapRun(found.run().arn(), concurrency, count, percentage);
    return Output.empty();
  }

  private static @Nullable Long number(Input input, String member) {
    if (!input.has(member)) {
      return null;
    }
    long value = input.longInteger(member).orElse(0);
    Limits.requireAtLeast(value, member, 0);
    return value;
  }

  private static String arn(Input input) {
    return Limits.arn(input, "mapRunArn", ARN, "mapRun");
  }
}
