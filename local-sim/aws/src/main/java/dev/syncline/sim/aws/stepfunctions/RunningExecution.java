// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.Effect;
import dev.syncline.sim.asl.Execution;
import dev.syncline.sim.asl.ExecutionContext;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.TaskPhase;
import dev.syncline.sim.asl.TimerPurpose;
import dev.syncline.sim.asl.history.HistoryEvent;
import dev.syncline.sim.aws.stepfunctions.integration.TaskPerformer;
import dev.syncline.sim.aws.stepfunctions.integration.TaskReports;
import dev.syncline.sim.kernel.Activity;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One execution: the engine's decisions carried out on the clock and through the integrations.
 *
 * <p>Thread-safe: one lock, so the engine has one writer. While it waits it is a timer entry and
 * this object; no thread.
 */
final class RunningExecution {
  /** How an execution ended. */
  record End(
      ExecutionStatus status,
      Instant at,
      @Nullable Payload output,
      @Nullable String error,
      @Nullable String cause) {}

  private final String arn;
  private final String name;
  private final StateMachine machine;
  private final String input;
  private final Instant started;
  private final SimClock clock;
  private final Journal journal;
  private final TaskPerformer tasks;
  private final Consumer<RunningExecution> onEnd;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Timer> timers = new HashMap<>();
  private final Map<String, Runnable> cancellations = new HashMap<>();
  private final List<Runnable> endListeners = new ArrayList<>(0);
  private final Execution engine;
  private int journalled;
  private volatile @Nullable End end;

  RunningExecution(
      String arn,
      String name,
      StateMachine machine,
      String inputText,
      Payload input,
      long seed,
      SimClock clock,
      Journal journal,
      TaskPerformer tasks,
      Consumer<RunningExecution> onEnd) {
    this.arn = arn;
    this.name = name;
    this.machine = machine;
    this.input = inputText;
    this.clock = clock;
    this.journal = journal;
    this.tasks = tasks;
    this.onEnd = onEnd;
    this.started = clock.now();
    this.engine =
        Execution.create(
            machine.parsed(),
            new ExecutionContext(arn, name, machine.roleArn(), machine.arn(), machine.name()),
            input,
            seed);
  }

  /** Takes the first steps, off the calling thread. */
  void start() {
    step(execution -> execution.start(started));
  }

  String arn() {
    return arn;
  }

  String name() {
    return name;
  }

  StateMachine machine() {
    return machine;
  }

  String input() {
    return input;
  }

  Instant started() {
    return started;
  }

  /** How it ended, null while it runs. */
  @Nullable End end() {
    return end;
  }

  ExecutionStatus status() {
    End ended = end;
    return ended == null ? ExecutionStatus.RUNNING : ended.status();
  }

  List<HistoryEvent> history() {
    lock.lock();
    try {
      return List.copyOf(engine.history());
    } finally {
      lock.unlock();
    }
  }

  /** Aborts it, on the calling thread. Does nothing when it has ended. */
  void stop(@Nullable String error, @Nullable String cause) {
    advance(execution -> execution.stop(error, cause, clock.now()));
  }

  private void step(Function<Execution, List<Effect>> move) {
    Activity running = clock.begin();
    Thread.startVirtualThread(
        () -> {
          try {
            advance(move);
          } finally {
            running.close();
          }
        });
  }

  private void advance(Function<Execution, List<Effect>> move) {
    boolean ended = false;
    lock.lock();
    try {
      List<Effect> effects = move.apply(engine);
      recordHistory();
      for (Effect effect : effects) {
        ended |= carryOut(effect);
      }
    } finally {
      lock.unlock();
    }
    if (ended) {
      onEnd.accept(this);
      endListeners.forEach(Runnable::run);
    }
  }

  /** Runs the action once this has ended; at once when it has already. It must not block. */
  void whenEnded(Runnable action) {
    lock.lock();
    try {
      if (end == null) {
        endListeners.add(action);
        return;
      }
    } finally {
      lock.unlock();
    }
    action.run();
  }

  private boolean carryOut(Effect effect) {
    switch (effect) {
      case Effect.ScheduleTimer timer ->
          timers.put(
              timer.timerId(),
              clock.schedule(
                  kind(timer.purpose()),
                  timer.delay(),
                  () -> step(execution -> execution.onTimer(timer.timerId(), clock.now()))));
      case Effect.CancelTimer cancel -> {
        Timer timer = timers.remove(cancel.timerId());
        if (timer != null) {
          timer.cancel();
        }
      }
      case Effect.ScheduleTask task -> perform(task);
      case Effect.CancelTask cancel -> {
        // The engine drops what a cancelled task still reports; a request that is under way ends by
        // itself, as it does on AWS.
        Runnable action = cancellations.remove(cancel.taskId());
        if (action != null) {
          action.run();
        }
      }
      case Effect.ExecutionEnded over -> {
        end = new End(over.status(), clock.now(), over.output(), over.error(), over.cause());
        timers.values().forEach(Timer::cancel);
        timers.clear();
        cancellations.clear();
        return true;
      }
    }
    return false;
  }

  private void perform(Effect.ScheduleTask task) {
    Activity scheduled = clock.begin();
    Thread.startVirtualThread(
        () ->
            clock.run(
                () -> {
                  scheduled.close();
                  advance(execution -> execution.onTaskStarted(task.taskId(), clock.now()));
                  tasks.perform(task, new Reports(task.taskId()));
                }));
  }

  private void recordHistory() {
    List<HistoryEvent> history = engine.history();
    while (journalled < history.size()) {
      journal.record(new StateEvent(arn, name, history.get(journalled++)));
    }
  }

  private static TimerKind kind(TimerPurpose purpose) {
    return switch (purpose) {
      case WAIT, RETRY -> TimerKind.WORK;
      case TASK_TIMEOUT, HEARTBEAT, EXECUTION_TIMEOUT -> TimerKind.LIMIT;
    };
  }

  /** Where the one who does a task reports. */
  private final class Reports implements TaskReports {
    private final String taskId;

    Reports(String taskId) {
      this.taskId = taskId;
    }

    @Override
    public void submitted(JsonNode answer) {
      advance(execution -> execution.onTaskSubmitted(taskId, answer, clock.now()));
    }

    @Override
    public void succeeded(JsonNode output) {
      advance(execution -> execution.onTaskSucceeded(taskId, output, clock.now()));
    }

    @Override
    public void failed(TaskPhase phase, @Nullable String error, @Nullable String cause) {
      advance(execution -> execution.onTaskFailed(taskId, phase, error, cause, clock.now()));
    }

    @Override
    public void onCancel(Runnable action) {
      lock.lock();
      try {
        if (engine.awaitsTask(taskId)) {
          cancellations.put(taskId, action);
          return;
        }
      } finally {
        lock.unlock();
      }
      action.run();
    }
  }
}
