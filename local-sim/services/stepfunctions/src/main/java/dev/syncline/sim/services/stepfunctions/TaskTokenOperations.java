// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;

/** Returning task tokens. Thread-safe. */
record TaskTokenOperations(TaskTokenRegistry tokens) {
  private static final int MAX_TOKEN_LENGTH = 2048;
  private static final int MAX_ERROR_LENGTH = 256;
  private static final int MAX_CAUSE_LENGTH = 32_768;

  List<Operation> operations() {
    return List.of(
        Operation.of("SendTaskSuccess: taskToken, output", this::success),
        Operation.of("SendTaskFailure: taskToken, error, cause", this::failure),
        Operation.of("SendTaskHeartbeat: taskToken", this::heartbeat));
  }

  private Output success(Input input, CallContext context) {
    String token = token(input);
    Payload output = output(input.requiredText("output"));
    TaskTokenRegistry.Task task = tokens.require(token);
    return done(token, task.execution().taskSucceeded(task.taskId(), output));
  }

  private Output failure(Input input, CallContext context) {
    String token = token(input);
    String error = Limits.atMost(input.text("error").orElse(null), "error", MAX_ERROR_LENGTH);
    String cause = Limits.atMost(input.text("cause").orElse(null), "cause", MAX_CAUSE_LENGTH);
    TaskTokenRegistry.Task task = tokens.require(token);
    return done(token, task.execution().taskFailed(task.taskId(), error, cause));
  }

  private Output heartbeat(Input input, CallContext context) {
    String token = token(input);
    TaskTokenRegistry.Task task = tokens.require(token);
    return done(token, task.execution().heartbeat(task.taskId()));
  }

  private Output done(String token, boolean awaited) {
    if (!awaited) {
      throw tokens.gone(token);
    }
    return Output.empty();
  }

  private static String token(Input input) {
    String token = input.requiredText("taskToken");
    Limits.atMost(token, "taskToken", MAX_TOKEN_LENGTH);
    return token;
  }

  private static Payload output(String text) {
    return ExecutionStarts.payload(text, "output", StepFunctionsErrors::invalidOutput);
  }
}
