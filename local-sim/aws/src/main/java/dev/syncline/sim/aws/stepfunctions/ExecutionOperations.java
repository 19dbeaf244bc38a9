// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.history.HistoryEvent;
import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.aws.service.CallContext;
import dev.syncline.sim.aws.service.Input;
import dev.syncline.sim.aws.service.Json;
import dev.syncline.sim.aws.service.Operation;
import dev.syncline.sim.aws.service.Output;
import dev.syncline.sim.aws.stepfunctions.integration.TaskPerformer;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The operations on executions. Error texts as recorded. Thread-safe. */
final class ExecutionOperations {
  private static final Set<String> STATUSES =
      Set.of("SUCCEEDED", "TIMED_OUT", "PENDING_REDRIVE", "ABORTED", "FAILED", "RUNNING");

  private final SimClock clock;
  private final Ids ids;
  private final Journal journal;
  private final StateMachineStore machines;
  private final ExecutionStore executions;
  private final TaskDoers tasks;

  ExecutionOperations(
      SimClock clock,
      Ids ids,
      Journal journal,
      StateMachineStore machines,
      ExecutionStore executions,
      TaskDoers tasks) {
    this.clock = clock;
    this.ids = ids;
    this.journal = journal;
    this.machines = machines;
    this.executions = executions;
    this.tasks = tasks;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "StartExecution", this::start, "stateMachineArn", "name", "input", "traceHeader"),
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

  private Output start(Input input, CallContext context) {
    TaskDoers.Target target = TaskDoers.target(input.requiredText("stateMachineArn"));
    StateMachine machine = machines.require(target.arn());
    TaskPerformer performer = tasks.of(machine.name(), target);
    if (machine.type().equals("EXPRESS")) {
      throw AwsException.badRequest(
          "StateMachineTypeNotSupported",
          "The simulator does not run EXPRESS state machines yet; create it as STANDARD.");
    }
    String name = input.text("name").orElseGet(() -> ids.uuid().toString());
    Names.require(name);
    String text = input.text("input").orElse("{}");
    Payload payload = payload(text);
    String arn = context.arn("states", "execution:" + machine.name() + ":" + name);
    ExecutionStore.Claim claim =
        executions.claim(
            arn,
            () ->
                new RunningExecution(
                    arn,
                    name,
                    machine,
                    text,
                    payload,
                    ids.nextLong(),
                    clock,
                    journal,
                    performer,
                    executions::closed));
    RunningExecution execution =
        switch (claim) {
          case ExecutionStore.Claim.Fresh fresh -> {
            fresh.execution().start();
            yield fresh.execution();
          }
          case ExecutionStore.Claim.Taken taken -> {
            RunningExecution present = taken.execution();
            if (present == null || present.end() != null || !present.input().equals(text)) {
              throw AwsException.badRequest(
                  "ExecutionAlreadyExists", "Execution Already Exists: '" + arn + "'");
            }
            yield present;
          }
        };
    ObjectNode json = Json.object();
    json.put("executionArn", execution.arn());
    json.set("startDate", Json.epochSeconds(execution.started()));
    return Output.of(json);
  }

  private static Payload payload(String text) {
    if (text.isBlank()) {
      throw invalidInput("Invalid execution input.");
    }
    Payload payload;
    try {
      payload = Payload.parse(text);
    } catch (IllegalArgumentException notJson) {
      String message =
          notJson.getCause() instanceof JsonProcessingException json
              ? json.getOriginalMessage()
              : notJson.getMessage();
      throw invalidInput(String.valueOf(message));
    }
    if (payload.tooLarge()) {
      throw AwsException.badRequest(
          "ValidationException",
          "1 validation error detected: Value at 'input' failed to satisfy constraint: Member must"
              + " have length less than or equal to "
              + Payload.MAX_BYTES);
    }
    return payload;
  }

  private static AwsException invalidInput(String reason) {
    return AwsException.badRequest(
        "InvalidExecutionInput", "Invalid State Machine Execution Input: '" + reason + "'");
  }

  private Output stop(Input input, CallContext context) {
    RunningExecution execution = require(input);
    execution.stop(input.text("error").orElse(null), input.text("cause").orElse(null));
    RunningExecution.End end = execution.end();
    ObjectNode json = Json.object();
    json.set("stopDate", Json.epochSeconds(end == null ? clock.now() : end.at()));
    return Output.of(json);
  }

  private Output describe(Input input, CallContext context) {
    StateMachineOperations.requireAllData(input);
    RunningExecution execution = require(input);
    ObjectNode json = summary(execution);
    json.put("input", execution.input());
    json.putObject("inputDetails").put("included", true);
    RunningExecution.End end = execution.end();
    if (end != null) {
      if (end.output() != null) {
        json.put("output", end.output().text());
        json.putObject("outputDetails").put("included", true);
      }
      if (end.error() != null) {
        json.put("error", end.error());
      }
      if (end.cause() != null) {
        json.put("cause", end.cause());
      }
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

  private Output list(Input input, CallContext context) {
    String machineArn = input.requiredText("stateMachineArn");
    machines.require(machineArn);
    String filter = input.text("statusFilter").orElse("");
    if (!filter.isEmpty() && !STATUSES.contains(filter)) {
      throw AwsException.badRequest(
          "ValidationException",
          "1 validation error detected: Value '"
              + filter
              + "' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value"
              + " set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]");
    }
    List<RunningExecution> matching =
        executions.of(machineArn).stream()
            .filter(execution -> filter.isEmpty() || execution.status().name().equals(filter))
            .toList();
    Page<RunningExecution> page = Page.of(input, matching);
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("executions");
    page.items().forEach(execution -> items.add(summary(execution)));
    if (page.nextToken() != null) {
      json.put("nextToken", page.nextToken());
    }
    return Output.of(json);
  }

  private Output history(Input input, CallContext context) {
    if (!input.bool("includeExecutionData", true)) {
      throw AwsException.badRequest(
          "ValidationException",
          "The simulator supports 'includeExecutionData' true only; leave it out.");
    }
    List<HistoryEvent> events = new ArrayList<>(require(input).history());
    if (input.bool("reverseOrder", false)) {
      Collections.reverse(events);
    }
    Page<HistoryEvent> page = Page.of(input, events);
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("events");
    page.items().forEach(event -> items.add(event.toJson()));
    if (page.nextToken() != null) {
      json.put("nextToken", page.nextToken());
    }
    return Output.of(json);
  }

  private Output describeMachine(Input input, CallContext context) {
    StateMachineOperations.requireAllData(input);
    return Output.of(require(input).machine().describeForExecution());
  }

  private static ObjectNode summary(RunningExecution execution) {
    ObjectNode json = Json.object();
    json.put("executionArn", execution.arn());
    json.put("stateMachineArn", execution.machine().arn());
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
    if (!arn.startsWith("arn:") || !arn.contains(":execution:")) {
      throw AwsException.badRequest("InvalidArn", "Invalid Arn: '" + arn + "'");
    }
    RunningExecution execution = executions.find(arn);
    if (execution == null) {
      throw AwsException.badRequest(
          "ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'");
    }
    return execution;
  }
}
