// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.Effect;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.TaskPhase;
import dev.syncline.sim.asl.TaskResource;
import dev.syncline.sim.asl.TaskResource.Kind;
import dev.syncline.sim.asl.TimerPurpose;
import dev.syncline.sim.asl.internal.expr.FieldValue;
import dev.syncline.sim.asl.internal.expr.Scope;
import dev.syncline.sim.asl.internal.expr.StateFailure;
import dev.syncline.sim.asl.internal.model.State;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Task: asks for the work and waits for the report. */
final class TaskRun extends StateRun implements AwaitedTask {
  private final State.Task task;
  private final TaskEvents events;
  private @Nullable String taskId;
  private @Nullable String timeoutTimer;
  private @Nullable String heartbeatTimer;
  private @Nullable Duration heartbeat;
  private boolean started;

  TaskRun(Branch branch, State.Task task, Payload input, long before) {
    super(branch, task, input, before);
    this.task = task;
    this.events = new TaskEvents(branch, task.resource());
  }

  @Override
  void attempt() {
    String token = token();
    Payload effective = effectiveInput();
    Scope seen = scope(branch().item(), token).withInput(effective);
    Duration timeout = seconds(task.timeout(), seen);
    heartbeat = seconds(task.heartbeat(), seen);
    Payload parameters = DataSteps.fill(head().data().arguments(), seen, effective);
    if (parameters.tooLarge()) {
      throw DataSteps.tooLarge(head().name());
    }
    if (!head().jsonata() || head().data().arguments() != null) {
      see(head().jsonata() ? "afterArguments" : "afterParameters", parameters);
    }
    if (mocked()) {
      return;
    }
    String role = role(seen);
    started = false;
    events.scheduled(parameters, timeout, heartbeat, role);
    taskId = scheduler().addTask(this);
    scheduler()
        .effect(
            new Effect.ScheduleTask(
                taskId,
                head().name(),
                retryCount(),
                task.resource(),
                parameters,
                token,
                role,
                timeout,
                heartbeat));
    if (timeout != null) {
      timeoutTimer = startTimer(timeout, TimerPurpose.TASK_TIMEOUT, () -> timedOut(false));
    }
    restartHeartbeat();
  }

  private String startTimer(Duration delay, TimerPurpose purpose, Runnable action) {
    return scheduler().startTimer(branch().execution(), delay, purpose, action);
  }

  private @Nullable String token() {
    if (task.resource().pattern() == TaskResource.Pattern.REQUEST_RESPONSE
        && task.resource().kind() != Kind.ACTIVITY) {
      return null;
    }
    byte[] bytes = new byte[96];
    scheduler().random().nextBytes(bytes);
    return "AQCA" + Base64.getEncoder().encodeToString(bytes);
  }

  private static @Nullable Duration seconds(@Nullable FieldValue field, Scope scope) {
    Long seconds = Numbers.whole(field, scope);
    if (field == null || seconds == null) {
      return null;
    }
    if (seconds < 1 || seconds > 99_999_999) {
      throw StateFailure.runtime(
          "The " + field.field() + " field must be between 1 and 99999999 but was " + seconds);
    }
    return Duration.ofSeconds(seconds);
  }

  private @Nullable String role(Scope scope) {
    if (task.credentials() == null) {
      return null;
    }
    JsonNode role = task.credentials().evaluate(scope).get("RoleArn");
    return role == null ? null : role.asText();
  }

  // --- reports ---

  @Override
  public void started(@Nullable String worker) {
    branch().execution().guarded(() -> begun(worker));
  }

  private void begun(@Nullable String worker) {
    if (!started) {
      started = true;
      events.started(worker);
    }
  }

  @Override
  public void submitted(Payload output) {
    branch()
        .execution()
        .guarded(
            () -> {
              begun(null);
              events.submitted(output);
            });
  }

  @Override
  public void succeeded(Payload output) {
    branch()
        .execution()
        .guarded(
            () -> {
              begun(null);
              if (output.tooLarge()) {
                StateFailure failure = DataSteps.tooLarge(task.resource().displayName());
                failed(TaskPhase.RUN, StateError.of(failure.error(), failure.detail()));
                return;
              }
              settle();
              see("result", output);
              events.succeeded(output);
              guarded(() -> complete(output));
            });
  }

  @Override
  public void failed(TaskPhase phase, @Nullable String error, @Nullable String cause) {
    branch()
        .execution()
        .guarded(
            () -> {
              if (phase == TaskPhase.SUBMIT || phase == TaskPhase.RUN) {
                begun(null);
              }
              failed(phase, StateError.of(error, cause));
            });
  }

  private void failed(TaskPhase phase, StateError error) {
    settle();
    events.failed(phase, error);
    fail(error);
  }

  @Override
  public void heartbeat() {
    restartHeartbeat();
  }

  private void timedOut(boolean silent) {
    scheduler().cancelTask(taskId);
    settle();
    StateError error = new StateError(StateError.TIMEOUT, null, silent);
    begun(null);
    events.timedOut(error);
    fail(error);
  }

  private void restartHeartbeat() {
    if (heartbeat != null) {
      scheduler().cancelTimer(heartbeatTimer);
      heartbeatTimer = startTimer(heartbeat, TimerPurpose.HEARTBEAT, () -> timedOut(true));
    }
  }

  private void settle() {
    scheduler().removeTask(taskId);
    scheduler().cancelTimer(timeoutTimer);
    scheduler().cancelTimer(heartbeatTimer);
    taskId = null;
    timeoutTimer = null;
    heartbeatTimer = null;
  }

  @Override
  void cancel(long because) {
    scheduler().cancelTask(taskId);
    settle();
  }
}
