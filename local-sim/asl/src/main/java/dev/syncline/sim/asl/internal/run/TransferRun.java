// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.Effect;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.TaskPhase;
import dev.syncline.sim.asl.TaskResource;
import dev.syncline.sim.asl.internal.expr.Scope;
import dev.syncline.sim.asl.internal.expr.StateFailure;
import dev.syncline.sim.asl.internal.model.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The calls to S3 of one ItemReader or ResultWriter, one after the other. */
final class TransferRun implements AwaitedTask {
  private final StateRun state;
  private final TaskResource resource;
  private final Deque<ObjectNode> calls = new ArrayDeque<>();
  private final List<JsonNode> answers = new ArrayList<>();
  private final Consumer<List<JsonNode>> done;
  private final Consumer<@Nullable String> failed;
  private @Nullable String taskId;

  private TransferRun(
      StateRun state,
      TaskResource resource,
      List<ObjectNode> calls,
      Consumer<List<JsonNode>> done,
      Consumer<@Nullable String> failed) {
    this.state = state;
    this.resource = resource;
    this.calls.addAll(calls);
    this.done = done;
    this.failed = failed;
    next();
  }

  static TransferRun read(
      StateRun state,
      State.Transfer reader,
      Scope seen,
      Consumer<JsonNode> items,
      Consumer<@Nullable String> failed) {
    ItemContent content = ItemContent.of(reader, seen);
    return new TransferRun(
        state,
        reader.resource(),
        List.of(arguments(reader, seen)),
        answers -> {
          JsonNode found;
          try {
            found = content.parse(answers.getFirst());
          } catch (ItemContent.Unreadable e) {
            failed.accept(e.getMessage());
            return;
          }
          items.accept(found);
        },
        failed);
  }

  static TransferRun write(
      StateRun state,
      State.Transfer writer,
      Scope seen,
      MapRunOf run,
      Consumer<Payload> output,
      Consumer<@Nullable String> failed) {
    ResultFiles files = new ResultFiles(run, arguments(writer, seen));
    return new TransferRun(
        state, writer.resource(), files.puts(), answers -> output.accept(files.output()), failed);
  }

  private static ObjectNode arguments(State.Transfer transfer, Scope seen) {
    JsonNode filled = transfer.arguments() == null ? null : transfer.arguments().evaluate(seen);
    if (filled instanceof ObjectNode object) {
      return object;
    }
    if (filled == null) {
      return JsonNodeFactory.instance.objectNode();
    }
    throw StateFailure.runtime(
        "The arguments of " + transfer.resource().arn() + " must be an object");
  }

  private void next() {
    ObjectNode call = calls.poll();
    if (call == null) {
      done.accept(answers);
      return;
    }
    Scheduler scheduler = state.scheduler();
    taskId = scheduler.addTask(this);
    scheduler.effect(
        new Effect.ScheduleTask(
            taskId,
            state.head().name(),
            state.retryCount(),
            resource,
            Payload.of(call),
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
    report(
        () -> {
          answers.add(output.json());
          next();
        });
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
