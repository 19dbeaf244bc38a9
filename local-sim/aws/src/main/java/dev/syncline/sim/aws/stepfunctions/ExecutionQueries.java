// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.stepfunctions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.history.HistoryEvent;
import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.aws.service.CallContext;
import dev.syncline.sim.aws.service.Input;
import dev.syncline.sim.aws.service.Json;
import dev.syncline.sim.aws.service.Operation;
import dev.syncline.sim.aws.service.Output;
import dev.syncline.sim.kernel.SimClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** Stopping executions and asking about them. Error texts as recorded. Thread-safe. */
final class ExecutionQueries {
  private static final List<String> STATUSES =
      List.of("SUCCEEDED", "TIMED_OUT", "PENDING_REDRIVE", "ABORTED", "FAILED", "RUNNING");
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:states:[a-z0-9-]+:\\d{12}:execution:[^:#\\s]+:[^:/#\\s]+");
  private static final Pattern EXPRESS_ARN =
      Pattern.compile("arn:aws[a-z-]*:states:[a-z0-9-]+:\\d{12}:express:.+");
  private static final int LONGEST_ERROR = 256;
  private static final int LONGEST_CAUSE = 32_768;

  private final SimClock clock;
  private final StateMachineStore machines;
  private final ExecutionStore executions;

  ExecutionQueries(SimClock clock, StateMachineStore machines, ExecutionStore executions) {
    this.clock = clock;
    this.machines = machines;
    this.executions = executions;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("StopExecution", this::stop, "executionArn", "error", "cause"),
        Operation.of("DescribeExecution", this::describe, "executionArn", "includedData"),
        Operation.of(
            "ListExecutions",
            this::list,
            "stateMachineArn",
            "statusFilter",
            "maxResults",
            "nextToken"),
        Operation.of(
            "GetExecutionHistory",
            this::history,
            "executionArn",
            "includeExecutionData",
            "maxResults",
            "nextToken",
            "reverseOrder"),
        Operation.of(
            "DescribeStateMachineForExecution",
            this::describeMachine,
            "executionArn",
            "includedData"));
  }

  private Output stop(Input input, CallContext context) {
    String error = Limits.atMost(input.text("error").orElse(null), "error", LONGEST_ERROR);
    String cause = Limits.atMost(input.text("cause").orElse(null), "cause", LONGEST_CAUSE);
    RunningExecution execution = require(input);
    execution.stop(error, cause);
    RunningExecution.End end = execution.end();
    ObjectNode json = Json.object();
    json.set("stopDate", Json.epochSeconds(end == null ? clock.now() : end.at()));
    return Output.of(json);
  }

  private Output describe(Input input, CallContext context) {
    boolean allData = MachineInput.allData(input);
    RunningExecution execution = require(input);
    ObjectNode json = summary(execution);
    tellData(json, execution, allData);
    if (execution.origin().traceHeader() != null) {
      json.put("traceHeader", execution.origin().traceHeader());
    }
    ExecutionStatus status = execution.status();
    boolean redrivable =
        status == ExecutionStatus.FAILED
            || status == ExecutionStatus.TIMED_OUT
            || status == ExecutionStatus.ABORTED;
    json.put("redriveStatus", redrivable ? "REDRIVABLE" : "NOT_REDRIVABLE");
    if (!redrivable) {
      json.put("redriveStatusReason", "Execution is " + status + " and cannot be redriven");
    }
    return Output.of(json);
  }

  /** Input, output, error and cause; data only when it is asked for. */
  static void tellData(ObjectNode json, RunningExecution execution, boolean allData) {
    if (allData) {
      json.put("input", execution.input());
    }
    json.putObject("inputDetails").put("included", allData);
    RunningExecution.End end = execution.end();
    if (end == null) {
      return;
    }
    if (end.output() != null) {
      if (allData) {
        json.put("output", end.output().text());
      }
      json.putObject("outputDetails").put("included", allData);
    }
    if (end.error() != null) {
      json.put("error", end.error());
    }
    if (end.cause() != null) {
      json.put("cause", end.cause());
    }
  }

  private Output list(Input input, CallContext context) {
    String text = input.requiredText("stateMachineArn");
    MachineArn arn = MachineArn.parse(text);
    Page.check(input, Page.EXECUTIONS_TOKEN);
    if (machines.resolve(arn, 0).machine().express()) {
      throw ExecutionStarts.typeNotSupported();
    }
    String filter = input.text("statusFilter").orElse("");
    if (!filter.isEmpty()) {
      Limits.requireOneOf(filter, "statusFilter", STATUSES);
    }
    String name = arn.base().substring(arn.base().lastIndexOf(':') + 1);
    List<RunningExecution> matching =
        executions.of(name).stream()
            .filter(execution -> arn.qualifier() == null || startedThrough(execution, arn.text()))
            .filter(execution -> filter.isEmpty() || execution.status().name().equals(filter))
            .toList();
    Page<RunningExecution> page = Page.of(input, matching);
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("executions");
    page.items().forEach(execution -> items.add(summary(execution)));
    page.continueIn(json);
    return Output.of(json);
  }

  private static boolean startedThrough(RunningExecution execution, String qualifiedArn) {
    return qualifiedArn.equals(execution.machine().qualifiedArn())
        || qualifiedArn.equals(execution.origin().aliasArn());
  }

  private Output history(Input input, CallContext context) {
    Page.check(input, Page.TOKEN);
    boolean withData = input.bool("includeExecutionData", true);
    List<HistoryEvent> events = new ArrayList<>(require(input).history());
    if (input.bool("reverseOrder", false)) {
      Collections.reverse(events);
    }
    Page<HistoryEvent> page = Page.of(input, events);
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("events");
    for (HistoryEvent event : page.items()) {
      ObjectNode item = event.toJson();
      if (!withData) {
        item.forEach(ExecutionLogs::withoutData);
      }
      items.add(item);
    }
    page.continueIn(json);
    return Output.of(json);
  }

  private Output describeMachine(Input input, CallContext context) {
    boolean allData = MachineInput.allData(input);
    return Output.of(require(input).machine().describeForExecution(allData));
  }

  private static ObjectNode summary(RunningExecution execution) {
    StateMachine machine = execution.machine();
    ObjectNode json = Json.object();
    json.put("executionArn", execution.arn());
    json.put("stateMachineArn", machine.arn());
    if (machine.version() != null) {
      json.put("stateMachineVersionArn", machine.qualifiedArn());
    }
    if (execution.origin().aliasArn() != null) {
      json.put("stateMachineAliasArn", execution.origin().aliasArn());
    }
    json.put("name", execution.name());
    json.put("status", execution.status().name());
    json.set("startDate", Json.epochSeconds(execution.started()));
    RunningExecution.End end = execution.end();
    if (end != null) {
      json.set("stopDate", Json.epochSeconds(end.at()));
    }
    json.put("redriveCount", 0);
    return json;
  }

  private RunningExecution require(Input input) {
    String arn = input.requiredText("executionArn");
    if (EXPRESS_ARN.matcher(arn).matches()) {
      throw AwsException.badRequest(
          "InvalidArn", "Invalid Arn: 'Resource type not valid in this context: express'");
    }
    if (!ARN.matcher(arn).matches()) {
      throw MachineArn.invalid(arn);
    }
    RunningExecution execution = executions.find(arn);
    if (execution == null) {
      throw AwsException.badRequest(
          "ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'");
    }
    return execution;
  }
}
