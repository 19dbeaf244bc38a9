// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import dev.syncline.sim.asl.Effect;
import dev.syncline.sim.asl.EventDetails;
import dev.syncline.sim.asl.Execution;
import dev.syncline.sim.asl.ExecutionContext;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.HistoryEvent;
import dev.syncline.sim.asl.HistoryEventType;
import dev.syncline.sim.asl.MapRun;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.services.stepfunctions.integration.TaskPerformer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One execution: its engine, history and end. {@link ExecutionEffects} carries out the engine's
 * decisions.
 *
 * <p>Thread-safe: one lock, so the engine has one writer. While it waits, it holds a timer entry
 * and this object, but no thread.
 */
final class RunningExecution {
  /** How an execution ended. */
  record End(
      ExecutionStatus status,
      Instant at,
      @Nullable Payload output,
      @Nullable String error,
      @Nullable String cause) {}

  private final ExecutionOrigin origin;
  private final ExecutionServices services;
  private final Execution engine;
  private final ExecutionEffects effects;

  /** Called at the end: one listener for all executions, and the listeners of this one. */
  private final Consumer<RunningExecution> onEnd;

  private @Nullable List<Consumer<RunningExecution>> listeners;
  private int journalled;
  private volatile @Nullable End end;
  private boolean stopsAtNextTransition;

  /** Set when an earlier process ran the execution. The engine then never starts. */
  private @Nullable CompletedExecution completed;

  RunningExecution(
      ExecutionOrigin origin,
      Payload input,
      long seed,
      ExecutionServices services,
      Consumer<RunningExecution> onEnd) {
    this(
        origin,
        Execution.create(
            Objects.requireNonNull(origin.machine().parsed(), "a stored machine can run"),
            context(origin),
            input,
            seed),
        services,
        onEnd);
  }

  /** Drives an engine that exists already and has not started. */
  RunningExecution(
      ExecutionOrigin origin,
      Execution engine,
      ExecutionServices services,
      Consumer<RunningExecution> onEnd) {
    this.onEnd = onEnd;
    this.origin = origin;
    this.services = services;
    this.engine = engine;
    TaskPerformer tasks = services.tasks().of(origin);
    this.effects = new ExecutionEffects(this, services, tasks);
  }

  /** An execution that ended in an earlier process; {@code idle} is an engine not yet started. */
  static RunningExecution completed(
      ExecutionOrigin origin,
      Execution idle,
      ExecutionServices services,
      CompletedExecution completed) {
    var execution = new RunningExecution(origin, idle, services, ended -> {});
    execution.completed = completed;
    execution.end = completed.end();
    return execution;
  }

  /** The form of this execution that a later process can restore. */
  synchronized CompletedExecution completed() {
    return completed != null
        ? completed
        : new CompletedExecution(end, history(), mapRuns(), redriveCount(), redriven());
  }

  /** The identity of the execution that the engine shows in the context object. */
  static ExecutionContext context(ExecutionOrigin origin) {
    StateMachine machine = origin.machine();
    return new ExecutionContext(
        origin.arn(), origin.name(), machine.roleArn(), machine.arn(), machine.name());
  }

  /** Runs the first steps on the calling thread, unless it was stopped before. */
  void start() {
    try (var running = services.clock().begin()) {
      advance(this::begin);
    }
  }

  private List<Effect> begin(Execution execution) {
    return execution.historySize() > 0 ? List.of() : execution.start(origin.started());
  }

  ExecutionOrigin origin() {
    return origin;
  }

  String arn() {
    return origin.arn();
  }

  String name() {
    return origin.name();
  }

  StateMachine machine() {
    return origin.machine();
  }

  String input() {
    return origin.input();
  }

  Instant started() {
    return origin.started();
  }

  /** How it ended, null while it runs. */
  @Nullable End end() {
    return end;
  }

  ExecutionStatus status() {
    End ended = end;
    return ended == null ? ExecutionStatus.RUNNING : ended.status();
  }

  synchronized List<HistoryEvent> history() {
    return completed != null ? completed.history() : List.copyOf(engine.history());
  }

  /** Its Map Runs, oldest first, with their present state. */
  synchronized List<MapRun> mapRuns() {
    return completed != null ? completed.mapRuns() : engine.mapRuns();
  }

  /** Changes the limits of a Map Run; null keeps a limit. */
  void updateMapRun(
      String mapRunArn,
      @Nullable Long concurrency,
      @Nullable Long toleratedCount,
      @Nullable Double toleratedPercentage) {
    advance(
        execution ->
            execution.updateMapRun(
                mapRunArn, concurrency, toleratedCount, toleratedPercentage, now()));
  }

  /** How often it has been redriven. */
  synchronized int redriveCount() {
    return completed != null ? completed.redriveCount() : engine.redriveCount();
  }

  /** When it was redriven last, null if never. */
  synchronized @Nullable Instant redriven() {
    return completed != null ? completed.redriven() : engine.redriveTime().orElse(null);
  }

  /** Whether it can be redriven now, and if not why. */
  synchronized Execution.RedriveStatus redriveStatus() {
    return completed != null
        ? new Execution.RedriveStatus(Optional.of(completed.redriveRefusal()))
        : engine.redriveStatus(now());
  }

  /**
   * Redrives it, on the calling thread.
   *
   * @param taken is called once it runs again, before its first step is carried out
   * @return null when it runs again, otherwise why it cannot
   */
  @Nullable String redrive(Runnable taken) {
    String[] refused = {completed == null ? null : completed.redriveRefusal()};
    advance(
        execution -> {
          var status = execution.redriveStatus(now());
          refused[0] = status.reason().orElse(null);
          if (!status.redrivable()) {
            return List.of();
          }
          List<Effect> effects = execution.redrive(now());
          end = null;
          taken.run();
          return effects;
        });
    return refused[0];
  }

  /** The approximate size of the history in memory, in bytes. */
  synchronized long estimatedBytes() {
    int output = end == null || end.output() == null ? 0 : end.output().text().length();
    int events = completed == null ? engine.historySize() : completed.history().size();
    return 256L * events + 2L * (input().length() + output);
  }

  /** Calls {@code listener} at the end, immediately if it has ended; outside the lock. */
  void whenEnded(Consumer<RunningExecution> listener) {
    synchronized (this) {
      if (end == null) {
        if (listeners == null) {
          listeners = new ArrayList<>(1);
        }
        listeners.add(listener);
        return;
      }
    }
    listener.accept(this);
  }

  /** Aborts it, on the calling thread. Does nothing when it has ended. */
  void stop(@Nullable String error, @Nullable String cause) {
    start();
    advance(execution -> execution.stop(error, cause, now()));
  }

  /** Aborts it when it enters its next state, because its state machine is being deleted. */
  synchronized void stopAtNextTransition() {
    stopsAtNextTransition = true;
  }

  /** The effects to carry out, with those of an abort if a next state has been entered. */
  private List<Effect> stoppedIfEntered(List<Effect> effects) {
    boolean entered =
        engine.historyFrom(journalled + 1).stream()
            .anyMatch(event -> event.type().aws().endsWith("StateEntered"));
    if (!entered || engine.status() != ExecutionStatus.RUNNING) {
      return effects;
    }
    var left = new ArrayList<Effect>(effects);
    left.removeIf(
        effect -> effect instanceof Effect.ScheduleTask || effect instanceof Effect.ScheduleTimer);
    left.addAll(engine.stop(null, null, now()));
    return left;
  }

  /** A worker has taken an activity's task. False if the task is no longer awaited. */
  boolean activityStarted(String taskId, @Nullable String worker) {
    return report(taskId, execution -> execution.onActivityStarted(taskId, worker, now()));
  }

  /** The token was returned with success. False if the task is no longer awaited. */
  boolean taskSucceeded(String taskId, Payload output) {
    return report(taskId, execution -> execution.onTaskSucceeded(taskId, output, now()));
  }

  /** The token was returned with a failure. False if the task is no longer awaited. */
  boolean taskFailed(String taskId, @Nullable String error, @Nullable String cause) {
    return report(taskId, execution -> execution.onTaskFailed(taskId, error, cause, now()));
  }

  /** A heartbeat for the token. False if the task is no longer awaited. */
  boolean heartbeat(String taskId) {
    boolean[] awaited = new boolean[1];
    advance(
        execution -> {
          awaited[0] = execution.awaitsTask(taskId);
          return execution.onHeartbeat(taskId, now());
        });
    return awaited[0];
  }

  private boolean report(String taskId, Function<Execution, List<Effect>> move) {
    boolean[] awaited = new boolean[1];
    advance(
        execution -> {
          awaited[0] = execution.awaitsTask(taskId);
          if (!awaited[0] || effects.keptForLater(taskId, move)) {
            return List.of();
          }
          return move.apply(execution);
        });
    return awaited[0];
  }

  Instant now() {
    return services.clock().now();
  }

  /** Moves the engine on a new virtual thread. */
  void step(Function<Execution, List<Effect>> move) {
    var running = services.clock().begin();
    Thread.startVirtualThread(
        () -> {
          try {
            advance(move);
          } finally {
            running.close();
          }
        });
  }

  /** Moves the engine on the calling thread and carries out its effects. */
  void advance(Function<Execution, List<Effect>> move) {
    List<Consumer<RunningExecution>> called = List.of();
    boolean endedNow;
    synchronized (this) {
      if (completed != null) {
        // It has ended and awaits no reports.
        return;
      }
      List<Effect> moved = move.apply(engine);
      List<Effect> decided = stopsAtNextTransition ? stoppedIfEntered(moved) : moved;
      boolean ran = end == null;
      recordHistory();
      for (Effect effect : decided) {
        carryOut(effect);
      }
      effects.closeTokensUnless(engine::awaitsTask);
      endedNow = ran && end != null;
      if (end != null && listeners != null) {
        called = listeners;
        listeners = null;
      }
    }
    if (endedNow) {
      onEnd.accept(this);
    }
    for (Consumer<RunningExecution> listener : called) {
      listener.accept(this);
    }
  }

  private void carryOut(Effect effect) {
    if (effect instanceof Effect.ExecutionEnded over) {
      end = new End(over.status(), now(), over.output(), over.error(), over.cause());
    }
    effects.carryOut(effect);
  }

  private void recordHistory() {
    for (HistoryEvent event : engine.historyFrom(journalled + 1)) {
      journalled++;
      services.journal().record(new StateEvent(origin.arn(), origin.name(), event));
      services.logs().write(origin, event, redriveCount());
      if (event.type() == HistoryEventType.MAP_RUN_STARTED
          && event.details() instanceof EventDetails.MapRun run) {
        services.mapRuns().add(run.mapRunArn(), this);
      }
    }
  }

  /** Registers the action that cancels a task. False if the task is no longer awaited. */
  synchronized boolean cancelledBy(String taskId, Runnable action) {
    if (!engine.awaitsTask(taskId)) {
      return false;
    }
    effects.onCancel(taskId, action);
    return true;
  }
}
