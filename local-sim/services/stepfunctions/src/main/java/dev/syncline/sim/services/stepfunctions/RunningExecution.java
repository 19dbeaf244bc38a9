// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.Effect;
import dev.syncline.sim.asl.EventDetails;
import dev.syncline.sim.asl.Execution;
import dev.syncline.sim.asl.ExecutionContext;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.HistoryEvent;
import dev.syncline.sim.asl.HistoryEventType;
import dev.syncline.sim.asl.MapRun;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.TaskPhase;
import dev.syncline.sim.asl.TaskResource;
import dev.syncline.sim.asl.TimerPurpose;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.services.stepfunctions.integration.TaskPerformer;
import dev.syncline.sim.services.stepfunctions.integration.TaskReports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

  private final ExecutionOrigin origin;
  private final ExecutionSurroundings surroundings;
  private final TaskPerformer tasks;
  private final Execution engine;
  private final OpenTimers timers = new OpenTimers();
  private @Nullable OpenTokens tokens;
  private @Nullable Map<String, Runnable> cancellations;

  /** What is to be told of the end: one for all executions, and those that asked for this one. */
  private final Consumer<RunningExecution> onEnd;

  private @Nullable List<Consumer<RunningExecution>> listeners;
  private int journalled;
  private volatile @Nullable End end;
  private boolean stopsAtNextTransition;

  /** Set when another process ran it: the engine has then never begun, and never will. */
  private @Nullable PastExecution past;

  RunningExecution(
      ExecutionOrigin origin,
      Payload input,
      long seed,
      ExecutionSurroundings surroundings,
      Consumer<RunningExecution> onEnd) {
    this(
        origin,
        Execution.create(
            Objects.requireNonNull(origin.machine().parsed(), "a stored machine can run"),
            context(origin),
            input,
            seed),
        surroundings,
        onEnd);
  }

  /** Drives an engine that is made already and has not begun. */
  RunningExecution(
      ExecutionOrigin origin,
      Execution engine,
      ExecutionSurroundings surroundings,
      Consumer<RunningExecution> onEnd) {
    this.onEnd = onEnd;
    this.origin = origin;
    this.surroundings = surroundings;
    this.engine = engine;
    this.tasks = surroundings.tasks().of(origin.machine(), origin.testCase());
  }

  /** One that has ended, in another process; {@code idle} is an engine that has not begun. */
  static RunningExecution past(
      ExecutionOrigin origin,
      Execution idle,
      ExecutionSurroundings surroundings,
      PastExecution past) {
    var execution = new RunningExecution(origin, idle, surroundings, ended -> {});
    execution.past = past;
    execution.end = past.end();
    return execution;
  }

  /** What there would be left of it if the process ended now. */
  synchronized PastExecution past() {
    return past != null
        ? past
        : new PastExecution(end, history(), mapRuns(), redriveCount(), redriven());
  }

  /** Who the engine is told it is. */
  static ExecutionContext context(ExecutionOrigin origin) {
    StateMachine machine = origin.machine();
    return new ExecutionContext(
        origin.arn(), origin.name(), machine.roleArn(), machine.arn(), machine.name());
  }

  /** Takes the first steps on the calling thread, unless somebody has stopped it before. */
  void start() {
    try (var running = surroundings.clock().begin()) {
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
    return past != null ? past.history() : List.copyOf(engine.history());
  }

  /** Its Map Runs, oldest first, as they stand. */
  synchronized List<MapRun> mapRuns() {
    return past != null ? past.mapRuns() : engine.mapRuns();
  }

  /** Changes the limits of a Map Run; null leaves one as it is. */
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
    return past != null ? past.redriveCount() : engine.redriveCount();
  }

  /** When it was redriven last, null if never. */
  synchronized @Nullable Instant redriven() {
    return past != null ? past.redriven() : engine.redriveTime().orElse(null);
  }

  /** Whether it can be redriven now, and if not why. */
  synchronized Execution.RedriveStatus redriveStatus() {
    return past != null
        ? new Execution.RedriveStatus(Optional.of(past.redriveRefusal()))
        : engine.redriveStatus(now());
  }

  /**
   * Takes it up again, on the calling thread.
   *
   * @param taken is called once it runs again, before its first step is carried out
   * @return null when it runs again, otherwise why it cannot
   */
  @Nullable String redrive(Runnable taken) {
    String[] refused = {past == null ? null : past.redriveRefusal()};
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

  /** Roughly what the history holds in memory. */
  synchronized long estimatedBytes() {
    int output = end == null || end.output() == null ? 0 : end.output().text().length();
    int events = past == null ? engine.historySize() : past.history().size();
    return 256L * events + 2L * (input().length() + output);
  }

  /** Calls {@code listener} once it has ended, at once if it has; off the execution's lock. */
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

  /** Its state machine is being deleted: it is aborted when it enters its next state. */
  synchronized void stopAtNextTransition() {
    stopsAtNextTransition = true;
  }

  /** What is left to be carried out once a next state has been entered that is not to be. */
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

  /** A worker has taken an activity's task; false when nobody waits for it any more. */
  boolean activityStarted(String taskId, @Nullable String worker) {
    return report(taskId, execution -> execution.onActivityStarted(taskId, worker, now()));
  }

  /** Whoever holds the token is done; false when nobody waits for the task any more. */
  boolean taskSucceeded(String taskId, Payload output) {
    return report(taskId, execution -> execution.onTaskSucceeded(taskId, output, now()));
  }

  /** Whoever holds the token has failed; false when nobody waits for the task any more. */
  boolean taskFailed(String taskId, @Nullable String error, @Nullable String cause) {
    return report(taskId, execution -> execution.onTaskFailed(taskId, error, cause, now()));
  }

  /** Whoever holds the token is alive; false when nobody waits for the task any more. */
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
          if (!awaited[0] || (tokens != null && tokens.keptForLater(taskId, move))) {
            return List.of();
          }
          return move.apply(execution);
        });
    return awaited[0];
  }

  private Instant now() {
    return surroundings.clock().now();
  }

  private void step(Function<Execution, List<Effect>> move) {
    var running = surroundings.clock().begin();
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
    List<Consumer<RunningExecution>> told = List.of();
    boolean endedNow;
    synchronized (this) {
      if (past != null) {
        // It has ended; nothing that is reported to it is awaited.
        return;
      }
      List<Effect> moved = move.apply(engine);
      List<Effect> effects = stopsAtNextTransition ? stoppedIfEntered(moved) : moved;
      boolean ran = end == null;
      recordHistory();
      for (Effect effect : effects) {
        carryOut(effect);
      }
      if (tokens != null) {
        tokens.closeUnless(engine::awaitsTask);
      }
      endedNow = ran && end != null;
      if (end != null && listeners != null) {
        told = listeners;
        listeners = null;
      }
    }
    if (endedNow) {
      onEnd.accept(this);
    }
    for (Consumer<RunningExecution> listener : told) {
      listener.accept(this);
    }
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.ScheduleTimer timer -> schedule(timer);
      case Effect.CancelTimer cancel -> timers.cancel(cancel.timerId());
      case Effect.ScheduleTask task -> {
        String token = task.taskToken();
        if (token != null && OpenTokens.isHandedOut(task)) {
          if (tokens == null) {
            tokens = new OpenTokens(surroundings);
          }
          tokens.open(task, token, this);
        }
        if (task.resource().kind() == TaskResource.Kind.ACTIVITY
            && !tasks.standsInFor(task.stateName())) {
          offer(task);
        } else {
          perform(task);
        }
      }
      case Effect.CancelTask cancel -> {
        // The engine drops what a cancelled task still reports; a request that is under way ends by
        // itself, as it does on AWS.
        Runnable action = cancellations == null ? null : cancellations.remove(cancel.taskId());
        if (action != null) {
          action.run();
        }
      }
      case Effect.ExecutionEnded over -> {
        end = new End(over.status(), now(), over.output(), over.error(), over.cause());
        timers.cancelAll();
        cancellations = null;
      }
    }
  }

  private void schedule(Effect.ScheduleTimer timer) {
    String id = timer.timerId();
    timers.put(
        id,
        surroundings
            .clock()
            .schedule(
                kind(timer.purpose()),
                timer.delay(),
                () ->
                    step(
                        execution -> {
                          timers.fired(id);
                          return execution.onTimer(id, now());
                        })));
  }

  private void offer(Effect.ScheduleTask task) {
    String token = Objects.requireNonNull(task.taskToken(), "an activity's task has a token");
    var activity = surroundings.activities().find(task.resource().arn());
    if (activity == null) {
      // Error and cause are a guess: no recording shows what becomes of a missing activity.
      String cause = "Activity Does Not Exist: '" + task.resource().arn() + "'";
      step(
          execution ->
              execution.onTaskFailed(
                  task.taskId(), TaskPhase.SCHEDULE, "ActivityDoesNotExist", cause, now()));
      return;
    }
    activity.offer(token, task.parameters().text());
  }

  private void perform(Effect.ScheduleTask task) {
    SimClock clock = surroundings.clock();
    var scheduled = clock.begin();
    Thread.startVirtualThread(
        () ->
            clock.run(
                () -> {
                  scheduled.close();
                  advance(execution -> execution.onTaskStarted(task.taskId(), now()));
                  tasks.perform(task, new Reports(task.taskId()));
                }));
  }

  private void recordHistory() {
    for (HistoryEvent event : engine.historyFrom(journalled + 1)) {
      journalled++;
      surroundings.journal().record(new StateEvent(origin.arn(), origin.name(), event));
      surroundings.logs().write(origin, event, redriveCount());
      if (event.type() == HistoryEventType.MAP_RUN_STARTED
          && event.details() instanceof EventDetails.MapRun run) {
        surroundings.mapRuns().add(run.mapRunArn(), this);
      }
    }
  }

  private static TimerKind kind(TimerPurpose purpose) {
    return switch (purpose) {
      case WAIT, RETRY -> TimerKind.WORK;
      case TASK_TIMEOUT, HEARTBEAT, EXECUTION_TIMEOUT -> TimerKind.LIMIT;
    };
  }

  private List<Effect> submittedAndMore(Execution execution, String taskId, JsonNode answer) {
    var effects = new ArrayList<>(execution.onTaskSubmitted(taskId, answer, now()));
    if (tokens != null) {
      effects.addAll(tokens.submitted(taskId).apply(execution));
    }
    return effects;
  }

  private synchronized boolean cancelledBy(String taskId, Runnable action) {
    if (!engine.awaitsTask(taskId)) {
      return false;
    }
    if (cancellations == null) {
      cancellations = new HashMap<>();
    }
    cancellations.put(taskId, action);
    return true;
  }

  /** Where the one who does a task reports. */
  private final class Reports implements TaskReports {
    private final String taskId;

    Reports(String taskId) {
      this.taskId = taskId;
    }

    @Override
    public void submitted(JsonNode answer) {
      advance(execution -> submittedAndMore(execution, taskId, answer));
    }

    @Override
    public void succeeded(JsonNode output) {
      advance(execution -> execution.onTaskSucceeded(taskId, output, now()));
    }

    @Override
    public void failed(TaskPhase phase, @Nullable String error, @Nullable String cause) {
      advance(execution -> execution.onTaskFailed(taskId, phase, error, cause, now()));
    }

    @Override
    public void onCancel(Runnable action) {
      if (!cancelledBy(taskId, action)) {
        action.run();
      }
    }
  }
}
