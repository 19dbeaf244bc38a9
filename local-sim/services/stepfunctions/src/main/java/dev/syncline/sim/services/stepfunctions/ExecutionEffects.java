// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.Effect;
import dev.syncline.sim.asl.Execution;
import dev.syncline.sim.asl.TaskPhase;
import dev.syncline.sim.asl.TaskResource;
import dev.syncline.sim.asl.TimerPurpose;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.services.stepfunctions.integration.TaskPerformer;
import dev.syncline.sim.services.stepfunctions.integration.TaskReports;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the engine's decisions of one execution: timers on the clock, tasks through the
 * integrations and activities. Their outcomes move the engine through the execution.
 *
 * <p>Not thread-safe: the execution's lock guards it. Tasks run on virtual threads without the
 * lock.
 */
final class ExecutionEffects {
  private final RunningExecution owner;
  private final ExecutionServices services;
  private final TaskPerformer tasks;
  private final ExecutionTimers timers = new ExecutionTimers();
  private @Nullable ExecutionTaskTokens tokens;
  private @Nullable Map<String, Runnable> cancellations;

  ExecutionEffects(RunningExecution owner, ExecutionServices services, TaskPerformer tasks) {
    this.owner = owner;
    this.services = services;
    this.tasks = tasks;
  }

  /** Carries out one effect. Runs under the execution's lock. */
  void carryOut(Effect effect) {
    switch (effect) {
      case Effect.ScheduleTimer timer -> schedule(timer);
      case Effect.CancelTimer cancel -> timers.cancel(cancel.timerId());
      case Effect.ScheduleTask task -> {
        String token = task.taskToken();
        if (token != null && ExecutionTaskTokens.isHandedOut(task)) {
          if (tokens == null) {
            tokens = new ExecutionTaskTokens(services);
          }
          tokens.open(task, token, owner);
        }
        if (task.resource().kind() == TaskResource.Kind.ACTIVITY
            && !tasks.standsInFor(task.stateName())) {
          offer(task);
        } else {
          perform(task);
        }
      }
      case Effect.CancelTask cancel -> {
        // The engine drops what a cancelled task still reports; a running request ends by
        // itself, as it does on AWS.
        Runnable action = cancellations == null ? null : cancellations.remove(cancel.taskId());
        if (action != null) {
          action.run();
        }
      }
      case Effect.ExecutionEnded ended -> {
        timers.cancelAll();
        cancellations = null;
      }
    }
  }

  /** Registers the action that cancels a task. Runs under the execution's lock. */
  void onCancel(String taskId, Runnable action) {
    if (cancellations == null) {
      cancellations = new HashMap<>();
    }
    cancellations.put(taskId, action);
  }

  /** Keeps the result of a task whose submission has not been answered; false for other tasks. */
  boolean keptForLater(String taskId, Function<Execution, List<Effect>> move) {
    return tokens != null && tokens.keptForLater(taskId, move);
  }

  /** Closes the tokens of tasks that are no longer awaited. Runs under the execution's lock. */
  void closeTokensUnless(Predicate<String> awaited) {
    if (tokens != null) {
      tokens.closeUnless(awaited);
    }
  }

  private void schedule(Effect.ScheduleTimer timer) {
    String id = timer.timerId();
    timers.put(
        id,
        services
            .clock()
            .schedule(
                kind(timer.purpose()),
                timer.delay(),
                () ->
                    owner.step(
                        execution -> {
                          timers.fired(id);
                          return execution.onTimer(id, owner.now());
                        })));
  }

  private void offer(Effect.ScheduleTask task) {
    String token = Objects.requireNonNull(task.taskToken(), "an activity's task has a token");
    var activity = services.activities().find(task.resource().arn());
    if (activity == null) {
      // Error and cause are a guess: no recording has a missing activity.
      String cause = "Activity Does Not Exist: '" + task.resource().arn() + "'";
      owner.step(
          execution ->
              execution.onTaskFailed(
                  task.taskId(), TaskPhase.SCHEDULE, "ActivityDoesNotExist", cause, owner.now()));
      return;
    }
    activity.offer(token, task.parameters().text());
  }

  private void perform(Effect.ScheduleTask task) {
    SimClock clock = services.clock();
    var scheduled = clock.begin();
    Thread.startVirtualThread(
        () ->
            clock.run(
                () -> {
                  scheduled.close();
                  owner.advance(execution -> execution.onTaskStarted(task.taskId(), owner.now()));
                  tasks.perform(task, new Reports(task.taskId()));
                }));
  }

  private static TimerKind kind(TimerPurpose purpose) {
    return switch (purpose) {
      case WAIT, RETRY -> TimerKind.WORK;
      case TASK_TIMEOUT, HEARTBEAT, EXECUTION_TIMEOUT -> TimerKind.LIMIT;
    };
  }

  private List<Effect> submittedAndMore(Execution execution, String taskId, JsonNode answer) {
    var effects = new ArrayList<>(execution.onTaskSubmitted(taskId, answer, owner.now()));
    if (tokens != null) {
      effects.addAll(tokens.submitted(taskId).apply(execution));
    }
    return effects;
  }

  /** Receives the reports of the task executor. */
  private final class Reports implements TaskReports {
    private final String taskId;

    Reports(String taskId) {
      this.taskId = taskId;
    }

    @Override
    public void submitted(JsonNode answer) {
      owner.advance(execution -> submittedAndMore(execution, taskId, answer));
    }

    @Override
    public void succeeded(JsonNode output) {
      owner.advance(execution -> execution.onTaskSucceeded(taskId, output, owner.now()));
    }

    @Override
    public void failed(TaskPhase phase, @Nullable String error, @Nullable String cause) {
      owner.advance(execution -> execution.onTaskFailed(taskId, phase, error, cause, owner.now()));
    }

    @Override
    public void onCancel(Runnable action) {
      if (!owner.cancelledBy(taskId, action)) {
        action.run();
      }
    }
  }
}
