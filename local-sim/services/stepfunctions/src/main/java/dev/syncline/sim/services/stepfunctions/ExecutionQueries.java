// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.HistoryEvent;
import dev.syncline.sim.asl.MapRun;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** Stops and describes executions. Error texts as recorded. Thread-safe. */
record ExecutionQueries(
    SimClock clock, StateMachineStore machines, ExecutionStore executions, MapRunIndex mapRuns) {
  private static final List<String> STATUSES =
      List.of("SUCCEEDED", "TIMED_OUT", "PENDING_REDRIVE", "ABORTED", "FAILED", "RUNNING");
  private static final List<String> REDRIVE_FILTERS = List.of("REDRIVEN", "NOT_REDRIVEN");
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:states:[a-z0-9-]+:\\d{12}:execution:[^:#\\s]+:[^:/#\\s]+");
  private static final int MAX_ERROR_LENGTH = 256;
  private static final int MAX_CAUSE_LENGTH = 32_768;

  List<Operation> operations() {
    return List.of(
        Operation.of("StopExecution: executionArn, error, cause", this::stop),
        Operation.of("DescribeExecution: executionArn, includedData", this::describe),
        Operation.of(
            """
            ListExecutions: stateMachineArn, mapRunArn, statusFilter, redriveFilter, maxResults,
              nextToken
            """,
            this::list),
        Operation.of(
            """
            GetExecutionHistory: executionArn, includeExecutionData, maxResults, nextToken,
              reverseOrder
            """,
            this::history),
        Operation.of(
            "DescribeStateMachineForExecution: executionArn, includedData", this::describeMachine));
  }

  private Output stop(Input input, CallContext context) {
    String error = Limits.atMost(input.text("error").orElse(null), "error", MAX_ERROR_LENGTH);
    String cause = Limits.atMost(input.text("cause").orElse(null), "cause", MAX_CAUSE_LENGTH);
    RunningExecution execution = require(input);
    execution.stop(error, cause);
    RunningExecution.End end = execution.end();
    ObjectNode json = Json.object();
    json.set("stopDate", Json.epochSeconds(end == null ? clock.now() : end.at()));
    return Output.of(json);
  }

  private Output describe(Input input, CallContext context) {
    boolean allData = MachineInput.allData(input);
    ExecutionView execution = find(input);
    ObjectNode json = execution.summary();
    execution.tellData(json, allData);
    Json.putIfPresent(json, "traceHeader", execution.origin().traceHeader());
    Json.putIfPresent(json, "mapRunArn", execution.mapRunArn());
    json.put("redriveStatus", execution.redriveRefusal() == null ? "REDRIVABLE" : "NOT_REDRIVABLE");
    Json.putIfPresent(json, "redriveStatusReason", execution.redriveRefusal());
    return Output.of(json);
  }

  private Output list(Input input, CallContext context) {
    StepFunctionsPage.check(input, StepFunctionsPage.MAX_EXECUTIONS_TOKEN_LENGTH);
    String filter = input.text("statusFilter").orElse("");
    if (!filter.isEmpty()) {
      Limits.requireOneOf(filter, "statusFilter", STATUSES);
    }
    String redrive = input.text("redriveFilter").orElse("");
    if (!redrive.isEmpty()) {
      Limits.requireOneOf(redrive, "redriveFilter", REDRIVE_FILTERS);
    }
    boolean ofMapRun = input.has("mapRunArn");
    if (ofMapRun == input.has("stateMachineArn")) {
      throw StepFunctionsErrors.validation(
          "1 validation error detected: Must provide a StateMachine ARN or MapRun ARN");
    }
    if (!redrive.isEmpty() && !ofMapRun) {
      throw StepFunctionsErrors.validation(
          "The redriveFilter can only be used together with a mapRunArn");
    }
    List<ExecutionView> all = ofMapRun ? ofMapRun(input) : ofStateMachine(input);
    List<ExecutionView> matching =
        all.stream()
            .filter(execution -> filter.isEmpty() || execution.status().name().equals(filter))
            .filter(
                execution ->
                    redrive.isEmpty()
                        || (execution.redriveCount() > 0) == redrive.equals("REDRIVEN"))
            .toList();
    return StepFunctionsPage.of(input, matching, "executions", ExecutionQueries::listed);
  }

  private static ObjectNode listed(ExecutionView execution) {
    ObjectNode item = execution.summary();
    if (execution.mapRunArn() != null) {
      item.put("mapRunArn", execution.mapRunArn());
      item.put("itemCount", execution.items());
    }
    return item;
  }

  private List<ExecutionView> ofStateMachine(Input input) {
    MachineArn arn = MachineArn.parse(input.requiredText("stateMachineArn"));
    // A deleted version or alias still filters the executions that it started (recorded).
    if (machines.require(arn.base()).current().express()) {
      throw StepFunctionsErrors.typeNotSupported();
    }
    String name = arn.base().substring(arn.base().lastIndexOf(':') + 1);
    return executions.of(name).stream()
        .filter(execution -> arn.qualifier() == null || startedThrough(execution, arn.text()))
        .map(ExecutionView::of)
        .toList();
  }

  private List<ExecutionView> ofMapRun(Input input) {
    MapRunIndex.Found found = mapRuns.require(input.requiredText("mapRunArn"));
    return found.run().children().reversed().stream()
        .filter(MapRun.Child::started)
        .map(child -> ExecutionView.of(found.parent(), found.run(), child))
        .toList();
  }

  private static boolean startedThrough(RunningExecution execution, String qualifiedArn) {
    return qualifiedArn.equals(execution.machine().qualifiedArn())
        || qualifiedArn.equals(execution.origin().aliasArn());
  }

  private Output history(Input input, CallContext context) {
    StepFunctionsPage.check(input, StepFunctionsPage.MAX_TOKEN_LENGTH);
    boolean withData = input.bool("includeExecutionData", true);
    List<HistoryEvent> events = new ArrayList<>(find(input).history().get());
    if (input.bool("reverseOrder", false)) {
      Collections.reverse(events);
    }
    return StepFunctionsPage.of(input, events, "events", event -> written(event, withData));
  }

  private static ObjectNode written(HistoryEvent event, boolean withData) {
    ObjectNode item = event.toJson();
    if (!withData) {
      item.forEach(ExecutionLogs::withoutData);
    }
    return item;
  }

  private Output describeMachine(Input input, CallContext context) {
    boolean allData = MachineInput.allData(input);
    ExecutionView execution = find(input);
    StateMachine machine = execution.origin().machine();
    ObjectNode json = machine.describeForExecution(allData);
    if (execution.mapRunArn() != null) {
      String label =
          execution.stateMachineArn().substring(execution.stateMachineArn().indexOf('/') + 1);
      json.put("stateMachineArn", execution.stateMachineArn());
      json.put("mapRunArn", execution.mapRunArn());
      json.put("label", label);
      if (allData) {
        json.put("definition", machine.definitionOf(label));
      }
    }
    return Output.of(json);
  }

  /** The execution or child execution, or the service's error. */
  private ExecutionView find(Input input) {
    String arn = arn(input);
    ExecutionView child = mapRuns.child(arn);
    return child != null ? child : ExecutionView.of(require(input));
  }

  /** The execution, or the service's error. */
  RunningExecution require(Input input) {
    String arn = arn(input);
    RunningExecution execution = executions.find(arn);
    if (execution == null) {
      throw StepFunctionsErrors.executionMissing(arn);
    }
    return execution;
  }

  private static String arn(Input input) {
    return Limits.arn(input, "executionArn", ARN, "execution");
  }
}
