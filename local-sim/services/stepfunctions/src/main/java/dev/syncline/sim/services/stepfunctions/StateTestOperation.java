// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.StateTest;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.services.stepfunctions.integration.HttpTrace;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** TestState: runs one state alone and shows its data. Thread-safe. */
record StateTestOperation(Ids ids, ExecutionServices services) {
  Operation operation() {
    return Operation.of(
        """
        TestState: definition, roleArn, input, inspectionLevel, revealSecrets, variables,
          stateName, mock, context, stateConfiguration
        """,
        this::test);
  }

  private Output test(Input input, CallContext context) {
    StateTestRequest request = StateTestRequest.read(input);
    ExecutionOrigin origin = origin(request, context);
    StateTest test =
        StateTest.create(request.test(), RunningExecution.context(origin), ids.nextLong());
    var over = new CompletableFuture<RunningExecution>();
    var trace = new HttpTrace(request.revealSecrets());
    var execution =
        new RunningExecution(origin, test.execution(), services.traced(trace), over::complete);
    execution.start();
    services.clock().await(over);
    test.refusal()
        .ifPresent(
            why -> {
              throw StepFunctionsErrors.validation(why);
            });
    return Output.of(answer(test, request, trace));
  }

  private ExecutionOrigin origin(StateTestRequest request, CallContext context) {
    String machine = "TestState-" + ids.hex(8);
    Instant now = services.clock().now();
    String name = ids.uuid().toString();
    var settings = new StateMachine.Settings(Json.object().put("level", "OFF"), false, null);
    return new ExecutionOrigin(
        context.arn("states", "express:" + machine + ":" + name),
        name,
        new StateMachine(
            context.arn("states", "stateMachine:" + machine),
            machine,
            request.test().definition(),
            null,
            request.roleArn(),
            "EXPRESS",
            now,
            now,
            null,
            settings,
            Map.of(),
            null,
            null),
        null,
        request.test().input().text(),
        null,
        null,
        now);
  }

  private static ObjectNode answer(StateTest test, StateTestRequest request, HttpTrace trace) {
    ObjectNode json = Json.object();
    json.put("status", test.status().name());
    test.output().ifPresent(output -> json.put("output", output.text()));
    test.error().ifPresent(error -> json.put("error", error));
    test.cause().ifPresent(cause -> json.put("cause", cause));
    test.nextState().ifPresent(next -> json.put("nextState", next));
    if (!request.level().equals("INFO")) {
      ObjectNode inspectionData = test.inspectionData();
      if (request.level().equals("TRACE")) {
        trace.addTo(inspectionData);
      }
      json.set("inspectionData", inspectionData);
    }
    return json;
  }
}
