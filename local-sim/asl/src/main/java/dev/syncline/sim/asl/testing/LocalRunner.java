// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.testing;

import dev.syncline.sim.asl.Effect;
import dev.syncline.sim.asl.Effect.ScheduleTask;
import dev.syncline.sim.asl.Effect.ScheduleTimer;
import dev.syncline.sim.asl.Execution;
import dev.syncline.sim.asl.ExecutionContext;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.StateMachineDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a state machine in the test's own thread: tasks are mocked, waiting takes no time. Mutable
 * builder; every {@link #run} is independent. Not thread-safe.
 */
public final class LocalRunner {
  private final StateMachineDefinition definition;
  private final Map<String, Function<ScheduleTask, TaskOutcome>> mocks = new HashMap<>();
  private final Map<String, List<TaskOutcome>> scripts = new HashMap<>();
  private Instant start = Instant.parse("2026-01-01T00:00:00Z");
  private Duration horizon = Duration.ofDays(366);
  private ExecutionContext context = ExecutionContext.forTests("machine", "run");
  private long seed;

  private LocalRunner(StateMachineDefinition definition) {
    this.definition = definition;
  }

  /** Runs {@code definition}. */
  public static LocalRunner of(StateMachineDefinition definition) {
    return new LocalRunner(definition);
  }

  /**
   * Parses and runs a Standard workflow.
   *
   * @throws dev.syncline.sim.asl.InvalidDefinitionException if the definition is invalid
   */
  public static LocalRunner of(String definition) {
    return new LocalRunner(StateMachineDefinition.parse(definition));
  }

  /**
   * The task of {@code stateName} has these outcomes, one for each call; a further call fails the
   * run.
   *
   * @throws IllegalArgumentException if the definition has no Task state of that name
   */
  public LocalRunner mock(String stateName, TaskOutcome... outcomes) {
    requireTask(stateName);
    scripts.put(stateName, List.of(outcomes));
    return this;
  }

  /**
   * The task of {@code stateName} has the outcome that the function returns.
   *
   * @throws IllegalArgumentException if the definition has no Task state of that name
   */
  public LocalRunner mock(String stateName, Function<ScheduleTask, TaskOutcome> task) {
    requireTask(stateName);
    mocks.put(stateName, task);
    return this;
  }

  private void requireTask(String stateName) {
    Set<String> names = definition.mockableNames();
    if (!names.contains(stateName)) {
      throw new IllegalArgumentException(
          "mock(\""
              + stateName
              + "\"): the definition has no Task state of that name, only "
              + String.join(", ", names));
    }
  }

  /** When the run begins; 2026-01-01T00:00:00Z otherwise. */
  public LocalRunner startingAt(Instant time) {
    this.start = time;
    return this;
  }

  /** Virtual time after which an unfinished run is given up; 366 days otherwise. */
  public LocalRunner giveUpAfter(Duration time) {
    this.horizon = time;
    return this;
  }

  /** Seed of everything random; 0 otherwise. */
  public LocalRunner seed(long value) {
    this.seed = value;
    return this;
  }

  /** The identity of the execution. */
  public LocalRunner as(ExecutionContext who) {
    this.context = who;
    return this;
  }

  /** Runs with a JSON text as input. */
  public RunResult run(String input) {
    return run(Payload.parse(input));
  }

  /**
   * Runs to the end, or until no timer and no task can continue the execution.
   *
   * @throws IllegalStateException if a task has no mock, or its mock has no more outcomes
   */
  public RunResult run(Payload input) {
    return new Run(Execution.create(definition, context, input, seed)).toTheEnd();
  }

  private record Timer(Instant due, long order, String id) {}

  private final class Run {
    private final Execution execution;
    private final PriorityQueue<Timer> timers =
        new PriorityQueue<>(Comparator.comparing(Timer::due).thenComparing(Timer::order));
    private final Set<String> cancelled = new HashSet<>();
    private final Deque<Effect> pending = new ArrayDeque<>();
    private final List<ScheduleTask> tasks = new ArrayList<>();
    private final Map<String, Queue<TaskOutcome>> left = new HashMap<>();
    private Instant now = start;
    private long order;

    Run(Execution execution) {
      this.execution = execution;
      scripts.forEach((state, outcomes) -> left.put(state, new ArrayDeque<>(outcomes)));
    }

    RunResult toTheEnd() {
      pending.addAll(execution.start(now));
      while (execution.status() == ExecutionStatus.RUNNING) {
        Effect effect = pending.poll();
        if (effect != null) {
          carryOut(effect);
          continue;
        }
        Timer timer = nextTimer();
        if (timer == null || timer.due().isAfter(start.plus(horizon))) {
          break;
        }
        now = timer.due();
        pending.addAll(execution.onTimer(timer.id(), now));
      }
      return RunResult.of(execution, tasks, now);
    }

    private @Nullable Timer nextTimer() {
      Timer timer = timers.poll();
      while (timer != null && cancelled.remove(timer.id())) {
        timer = timers.poll();
      }
      return timer;
    }

    private void carryOut(Effect effect) {
      switch (effect) {
        case ScheduleTimer timer -> {
          order++;
          timers.add(new Timer(timer.due(), order, timer.timerId()));
        }
        case Effect.CancelTimer cancel -> cancelled.add(cancel.timerId());
        case ScheduleTask task -> {
          tasks.add(task);
          pending.addAll(execution.onTaskStarted(task.taskId(), now));
          report(task, outcome(task));
        }
        case Effect.CancelTask cancel -> {}
        case Effect.ExecutionEnded ended -> {}
      }
    }

    private TaskOutcome outcome(ScheduleTask task) {
      Function<ScheduleTask, TaskOutcome> mock = mocks.get(task.stateName());
      if (mock != null) {
        return mock.apply(task);
      }
      Queue<TaskOutcome> script = left.get(task.stateName());
      TaskOutcome outcome = script == null ? null : script.poll();
      if (outcome == null) {
        throw new IllegalStateException(
            "No mock is left for the task of state '"
                + task.stateName()
                + "' ("
                + task.resource().arn()
                + "); give one with mock(\""
                + task.stateName()
                + "\", ...)");
      }
      return outcome;
    }

    private void report(ScheduleTask task, TaskOutcome outcome) {
      String id = task.taskId();
      switch (outcome) {
        case TaskOutcome.Returns returns ->
            pending.addAll(execution.onTaskSucceeded(id, returns.output(), now));
        case TaskOutcome.Fails fails ->
            pending.addAll(execution.onTaskFailed(id, fails.error(), fails.cause(), now));
        case TaskOutcome.Submitted submitted -> {
          pending.addAll(execution.onTaskSubmitted(id, submitted.output().json(), now));
          report(task, submitted.then());
        }
        case TaskOutcome.Silence silence -> {}
      }
    }
  }
}
