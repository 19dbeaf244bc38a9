// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.Effect;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.TaskPhase;
import dev.syncline.sim.asl.TaskResource;
import dev.syncline.sim.asl.internal.expr.PayloadTemplate;
import dev.syncline.sim.asl.internal.expr.Scope;
import dev.syncline.sim.asl.internal.expr.StateFailure;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls to S3 of one ItemReader or ResultWriter, one after the other. */
final class TransferRun implements AwaitedTask {
  private final StateRun state;
  private final Consumer<@Nullable String> failed;
  private Consumer<JsonNode> answered = answer -> {};
  private @Nullable String taskId;

  TransferRun(StateRun state, Consumer<@Nullable String> failed) {
    this.state = state;
    this.failed = failed;
  }

  static ObjectNode arguments(
      TaskResource resource, @Nullable PayloadTemplate template, Scope seen) {
    JsonNode filled = template == null ? null : template.evaluate(seen);
    if (filled instanceof ObjectNode object) {
      return object;
    }
    if (filled == null) {
      return JsonNodeFactory.instance.objectNode();
    }
    throw StateFailure.runtime("The arguments of " + resource.arn() + " must be an object");
  }

  void call(TaskResource resource, ObjectNode arguments, Consumer<JsonNode> then) {
    answered = then;
    Scheduler scheduler = state.scheduler();
    taskId = scheduler.addTask(this);
    scheduler.effect(
        new Effect.ScheduleTask(
            taskId,
            state.head().name(),
            state.retryCount(),
            resource,
            Payload.of(arguments),
            null,
            null,
            null,
            null));
  }

  void cancel() {
    state.scheduler().cancelTask(taskId);
  }

  private void report(Runnable action) {
    state.scheduler().removeTask(taskId);
    taskId = null;
    state.branch().execution().guarded(() -> state.guarded(action));
  }

  @Override
  public void succeeded(Payload output) {
    report(() -> answered.accept(output.json()));
  }

  @Override
  public void failed(TaskPhase phase, @Nullable String error, @Nullable String cause) {
    report(() -> failed.accept(cause == null ? error : cause));
  }

  @Override
  public void started(@Nullable String worker) {}

  @Override
  public void submitted(Payload output) {}

  @Override
  public void heartbeat() {}
}
