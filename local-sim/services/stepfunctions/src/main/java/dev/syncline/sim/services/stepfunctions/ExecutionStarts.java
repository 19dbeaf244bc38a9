// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** Starts executions, Standard and Express. Error texts as recorded. Thread-safe. */
record ExecutionStarts(
    Ids ids,
    StateMachineStore machines,
    ExecutionStore executions,
    MachineDeletion deletion,
    ExecutionServices services) {
  private static final int MAX_TRACE_HEADER_LENGTH = 256;
  private static final int BILLED_MEGABYTES = 64;
  private static final long BILLED_STEP_MILLIS = 100;

  List<Operation> operations() {
    return List.of(
        Operation.of("StartExecution: stateMachineArn, name, input, traceHeader", this::start),
        Operation.of(
            "StartSyncExecution: stateMachineArn, name, input, traceHeader, includedData",
            this::startSync));
  }

  private Output start(Input input, CallContext context) {
    MachineArn machineArn = MachineArn.parse(input.requiredText("stateMachineArn")).withoutLabel();
    StateMachineStore.Target target = machines.resolve(machineArn, ids.nextDouble());
    machines.require(machineArn.base()).requireKept();
    RunningExecution execution =
        target.machine().express()
            ? startExpress(input, context, machineArn, target)
            : startStandard(input, context, machineArn, target);
    ObjectNode json = Json.object();
    json.put("executionArn", execution.arn());
    json.set("startDate", Json.epochSeconds(execution.started()));
    return Output.of(json);
  }

  private RunningExecution startStandard(
      Input input, CallContext context, MachineArn machineArn, StateMachineStore.Target target) {
    String name = name(input);
    String text = input.text("input").orElse("{}");
    Payload payload = payload(text);
    String arn = context.arn("states", "execution:" + target.machine().name() + ":" + name);
    ExecutionStore.Claim claim =
        executions.claim(
            arn, () -> create(input, arn, name, machineArn, target, text, payload, this::closed));
    return switch (claim) {
      case ExecutionStore.Claim.Fresh fresh -> {
        fresh.execution().start();
        yield fresh.execution();
      }
      case ExecutionStore.Claim.Taken taken -> {
        RunningExecution present = taken.execution();
        if (present == null || present.end() != null || !present.input().equals(text)) {
          throw StepFunctionsErrors.executionExists(arn);
        }
        yield present;
      }
    };
  }

  private void closed(RunningExecution execution) {
    executions.closed(execution);
    deletion.removeIfEnded(execution.machine().arn());
  }

  /** Every start makes a new execution, of which only its logs are kept. */
  private RunningExecution startExpress(
      Input input, CallContext context, MachineArn machineArn, StateMachineStore.Target target) {
    RunningExecution execution = createExpress(input, context, machineArn, target);
    execution.start();
    return execution;
  }

  private RunningExecution createExpress(
      Input input, CallContext context, MachineArn machineArn, StateMachineStore.Target target) {
    String name = name(input);
    String text = input.text("input").orElse("{}");
    Payload payload = payload(text);
    String arn =
        context.arn("states", "express:" + target.machine().name() + ":" + name + ":" + ids.uuid());
    return create(input, arn, name, machineArn, target, text, payload, forgotten -> {});
  }

  private RunningExecution create(
      Input input,
      String arn,
      String name,
      MachineArn machineArn,
      StateMachineStore.Target target,
      String text,
      Payload payload,
      Consumer<RunningExecution> onEnd) {
    Alias alias = target.alias();
    return new RunningExecution(
        new ExecutionOrigin(
            arn,
            name,
            target.machine(),
            alias == null ? null : alias.arn(),
            text,
            Limits.atMost(
                input.text("traceHeader").orElse(null), "traceHeader", MAX_TRACE_HEADER_LENGTH),
            machineArn.testCase(),
            services.clock().now()),
        payload,
        ids.nextLong(),
        services,
        onEnd);
  }

  private String name(Input input) {
    return Names.require(input.text("name").orElseGet(() -> ids.uuid().toString()));
  }

  private Output startSync(Input input, CallContext context) {
    boolean allData = MachineInput.allData(input);
    MachineArn machineArn = MachineArn.parse(input.requiredText("stateMachineArn")).withoutLabel();
    StateMachineStore.Target target = machines.resolve(machineArn, ids.nextDouble());
    machines.require(machineArn.base()).requireKept();
    if (!target.machine().express()) {
      throw StepFunctionsErrors.typeNotSupported();
    }
    RunningExecution execution = createExpress(input, context, machineArn, target);
    var over = new CompletableFuture<RunningExecution>();
    execution.whenEnded(over::complete);
    execution.start();
    services.clock().await(over);
    RunningExecution.End end = execution.end();
    if (end == null) {
      throw new IllegalStateException("an execution that has ended has an end");
    }
    ObjectNode json = Json.object();
    json.put("executionArn", execution.arn());
    json.put("stateMachineArn", target.machine().arn());
    json.put("name", execution.name());
    json.set("startDate", Json.epochSeconds(execution.started()));
    json.set("stopDate", Json.epochSeconds(end.at()));
    json.put("status", end.status().name());
    ExecutionView.of(execution).tellData(json, allData);
    Json.putIfPresent(json, "traceHeader", execution.origin().traceHeader());
    ObjectNode billing = json.putObject("billingDetails");
    billing.put("billedMemoryUsedInMB", BILLED_MEGABYTES);
    billing.put(
        "billedDurationInMilliseconds",
        billedMillis(Duration.between(execution.started(), end.at())));
    return Output.of(json);
  }

  /** Express workflows are billed in steps of 100 ms. Source: the service's pricing page. */
  private static long billedMillis(Duration ran) {
    return Math.max(1, Math.ceilDiv(ran.toMillis(), BILLED_STEP_MILLIS)) * BILLED_STEP_MILLIS;
  }

  /** Reads an execution's input, or refuses it as the service does. */
  static Payload payload(String text) {
    if (text.isBlank()) {
      throw StepFunctionsErrors.invalidInput("Invalid execution input.");
    }
    return payload(text, "input", StepFunctionsErrors::invalidInput);
  }

  /** Reads a payload; {@code refusal} makes the error of a text that is not JSON. */
  static Payload payload(String text, String member, Function<String, AwsException> refusal) {
    Payload payload;
    try {
      payload = Payload.parse(text);
    } catch (IllegalArgumentException notJson) {
      String message =
          notJson.getCause() instanceof JsonProcessingException json
              ? json.getOriginalMessage()
              : notJson.getMessage();
      throw refusal.apply(String.valueOf(message));
    }
    if (payload.tooLarge()) {
      throw StepFunctionsErrors.constraint(
          "Value", member, "have length less than or equal to " + Payload.MAX_BYTES);
    }
    return payload;
  }
}
