// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.syncline.sim.asl.Effect;
import dev.syncline.sim.asl.Execution;
import dev.syncline.sim.asl.ExecutionContext;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.StateMachineDefinition;
import dev.syncline.sim.asl.StateTest;
import dev.syncline.sim.asl.WorkflowType;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Any text is refused with diagnostics, or it runs without a defect of the engine. */
class DefinitionFuzzTest {
  private static final int MAX_STEPS = 200;

  @FuzzTest(maxDuration = "3m")
  void aDefinitionIsRefusedOrRuns(FuzzedDataProvider data) {
    WorkflowType type = data.consumeBoolean() ? WorkflowType.STANDARD : WorkflowType.EXPRESS;
    String text = data.consumeRemainingAsString();
    StateTest.typeOf(text, null);
    if (StateMachineDefinition.validate(text, type).isEmpty()) {
      run(StateMachineDefinition.parse(text, type));
    }
  }

  private static void run(StateMachineDefinition definition) {
    Instant now = Instant.EPOCH;
    Execution execution =
        Execution.create(
            definition,
            ExecutionContext.forTests("m", "e"),
            Payload.parse("{\"a\":[1,{\"b\":\"c\"}]}"),
            1);
    Deque<Effect> open = new ArrayDeque<>(execution.start(now));
    for (int step = 0; step < MAX_STEPS && !open.isEmpty(); step++) {
      switch (open.poll()) {
        case Effect.ScheduleTimer timer ->
            open.addAll(execution.onTimer(timer.timerId(), timer.due()));
        case Effect.ScheduleTask task ->
            open.addAll(
                step % 3 == 0
                    ? execution.onTaskFailed(task.taskId(), "E", "c", now)
                    : execution.onTaskSucceeded(task.taskId(), Payload.empty(), now));
        default -> {}
      }
    }
    execution.history().forEach(event -> assertThat(event.toJson().toString()).isNotEmpty());
    execution
        .cause()
        .filter(cause -> cause.startsWith("The state machine engine failed"))
        .ifPresent(
            cause -> {
              throw new AssertionError(cause);
            });
  }
}
