// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.asl.internal.model.Flow;
import dev.syncline.sim.asl.internal.run.AwaitedTask;
import dev.syncline.sim.asl.internal.run.ExecutionRun;
import dev.syncline.sim.asl.internal.run.Probe;
import dev.syncline.sim.asl.internal.run.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a state machine. It takes inputs and returns the effects to carry out.
 *
 * <p>It never waits, blocks, or reads a clock: every input carries the time, every answer is a list
 * of {@link Effect}s. The same definition, input, seed and inputs give the same history and the
 * same effects. A waiting execution holds a few small objects and no thread.
 *
 * <p><b>Not thread-safe</b>: one writer at a time, which the caller ensures. {@link #history()} and
 * the effects are immutable snapshots that may be shared.
 *
 * <p>Reports about tasks or timers that the execution no longer waits for are ignored and answered
 * with an empty list, so late answers need no special care.
 */
public final class Execution {
  /** The time limit of an Express workflow. */
  public static final Duration EXPRESS_LIMIT = Duration.ofMinutes(5);

  /** AWS ends a Standard execution after a year. */
  public static final Duration STANDARD_LIMIT = Duration.ofDays(365);

  /** How long after its end an execution can be redriven. */
  private static final Duration REDRIVABLE_PERIOD = Duration.ofDays(14);

  /** A redrive needs room for its own event and at least one more. */
  private static final int REDRIVABLE_EVENTS = 24_999;

  private final Scheduler scheduler;
  private final ExecutionRun run;
  private final WorkflowType type;

  private Execution(
      Flow flow,
      WorkflowType type,
      @Nullable Duration limit,
      ExecutionContext context,
      Payload input,
      long seed) {
    this.type = type;
    this.scheduler = new Scheduler(seed);
    this.run = new ExecutionRun(scheduler, flow, context, input, limit, this::ended);
  }

  static Execution probing(Flow flow, ExecutionContext context, Payload input, long seed) {
    return new Execution(flow, WorkflowType.EXPRESS, EXPRESS_LIMIT, context, input, seed);
  }

  void probe(Probe probe, Map<String, JsonNode> variables) {
    run.probe(probe, variables);
  }

  /**
   * A new execution; it begins with {@link #start}.
   *
   * @param seed of jitter, random intrinsics, UUIDs and task tokens
   */
  public static Execution create(
      StateMachineDefinition definition, ExecutionContext context, Payload input, long seed) {
    return new Execution(
        definition.flow(), definition.type(), limit(definition), context, input, seed);
  }

  private static @Nullable Duration limit(StateMachineDefinition definition) {
    Duration own = definition.timeout().orElse(null);
    if (definition.type() == WorkflowType.STANDARD) {
      return own;
    }
    return own == null || own.compareTo(EXPRESS_LIMIT) > 0 ? EXPRESS_LIMIT : own;
  }

  private void ended(ExecutionRun ended) {
    scheduler.ended(
        new Effect.ExecutionEnded(ended.status(), ended.output(), ended.error(), ended.cause()));
  }

  /**
   * Begins at {@code now}; without effect if it was stopped before it began.
   *
   * @throws IllegalStateException if it has begun before
   */
  public List<Effect> start(Instant now) {
    if (run.status() == ExecutionStatus.ABORTED && !run.begun()) {
      return List.of();
    }
    if (!run.history().isEmpty()) {
      throw new IllegalStateException("The execution " + context().arn() + " has already started");
    }
    return scheduler.take(now, run::start);
  }

  /** Takes one input; times the execution out instead if it is a Standard one older than a year. */
  private List<Effect> take(Instant now, Runnable input) {
    return scheduler.take(now, run.overdue(now) ? run::expire : input);
  }

  /** A timer of {@link Effect.ScheduleTimer} is due. */
  public List<Effect> onTimer(String timerId, Instant now) {
    return take(now, () -> scheduler.fire(timerId));
  }

  /** Work on a task has begun. Optional: a result implies it. */
  public List<Effect> onTaskStarted(String taskId, Instant now) {
    return onTask(taskId, now, task -> task.started(null));
  }

  /** An activity worker has taken the task; its name is optional. */
  public List<Effect> onActivityStarted(String taskId, @Nullable String workerName, Instant now) {
    return onTask(taskId, now, task -> task.started(workerName));
  }

  /**
   * The service has answered a {@code .sync} or {@code .waitForTaskToken} task, which now waits for
   * the job or the token.
   */
  public List<Effect> onTaskSubmitted(String taskId, JsonNode output, Instant now) {
    return onTask(taskId, now, task -> task.submitted(Payload.of(output)));
  }

  /** The task is done. A result over {@link Payload#MAX_BYTES} fails it. */
  public List<Effect> onTaskSucceeded(String taskId, JsonNode output, Instant now) {
    return onTaskSucceeded(taskId, Payload.of(output), now);
  }

  /** The task is done; the text of {@code output} is kept. */
  public List<Effect> onTaskSucceeded(String taskId, Payload output, Instant now) {
    return onTask(taskId, now, task -> task.succeeded(output));
  }

  /** The task has failed while it ran. */
  public List<Effect> onTaskFailed(
      String taskId, @Nullable String error, @Nullable String cause, Instant now) {
    return onTaskFailed(taskId, TaskPhase.RUN, error, cause, now);
  }

  /** The task has failed in {@code phase}. */
  public List<Effect> onTaskFailed(
      String taskId, TaskPhase phase, @Nullable String error, @Nullable String cause, Instant now) {
    return onTask(taskId, now, task -> task.failed(phase, error, cause));
  }

  /** A heartbeat for the task. */
  public List<Effect> onHeartbeat(String taskId, Instant now) {
    return onTask(taskId, now, AwaitedTask::heartbeat);
  }

  private List<Effect> onTask(String taskId, Instant now, Consumer<AwaitedTask> report) {
    return take(
        now,
        () -> {
          AwaitedTask task = scheduler.task(taskId);
          if (task != null) {
            report.accept(task);
          }
        });
  }

  /** Stops the execution, as StopExecution does; without effect once it has ended. */
  public List<Effect> stop(@Nullable String error, @Nullable String cause, Instant now) {
    return scheduler.take(now, () -> run.stop(error, cause));
  }

  /**
   * Continues an execution that failed, timed out or was aborted, as RedriveExecution does:
   * successful work is kept, the rest runs again with the same definition and input, and new events
   * follow in the same history.
   *
   * @throws IllegalStateException if {@link #redriveStatus} is not REDRIVABLE; the message is the
   *     reason
   */
  public List<Effect> redrive(Instant now) {
    RedriveStatus status = redriveStatus(now);
    if (!status.redrivable()) {
      throw new IllegalStateException(status.reason().orElse("not redrivable"));
    }
    return scheduler.take(now, run::redrive);
  }

  /**
   * Whether it can be redriven at {@code now}, and why not. The caller checks whether its state
   * machine is being deleted.
   */
  public RedriveStatus redriveStatus(Instant now) {
    String reason =
        switch (run.status()) {
          case RUNNING, SUCCEEDED -> "Execution is " + run.status() + " and cannot be redriven";
          case FAILED, TIMED_OUT, ABORTED -> {
            Instant stopped = run.stopTime();
            if (type == WorkflowType.EXPRESS) {
              yield "Express executions cannot be redriven";
            } else if (run.historySize() >= REDRIVABLE_EVENTS) {
              yield "Execution history event limit exceeded";
            } else if (!now.isBefore(run.startTime().plus(STANDARD_LIMIT))) {
              yield "Execution has exceeded the max execution time";
            } else if (stopped != null && now.isAfter(stopped.plus(REDRIVABLE_PERIOD))) {
              yield "Execution redrivable period exceeded";
            }
            yield null;
          }
        };
    return new RedriveStatus(Optional.ofNullable(reason));
  }

  /**
   * Whether an execution can be redriven.
   *
   * @param reason why not, in AWS's words (recorded or documented); empty if it can
   */
  public record RedriveStatus(Optional<String> reason) {
    /** Whether it can. */
    public boolean redrivable() {
      return reason.isEmpty();
    }

    /** AWS's name: REDRIVABLE or NOT_REDRIVABLE. */
    public String aws() {
      return redrivable() ? "REDRIVABLE" : "NOT_REDRIVABLE";
    }
  }

  /** How often it has been redriven. */
  public int redriveCount() {
    return run.redriveCount();
  }

  /** When it was last redriven. */
  public Optional<Instant> redriveTime() {
    return Optional.ofNullable(run.redriveTime());
  }

  /** Whether the execution still waits for the task. */
  public boolean awaitsTask(String taskId) {
    return scheduler.task(taskId) != null;
  }

  /** Its identity. */
  public ExecutionContext context() {
    return run.context();
  }

  /** Its input. */
  public Payload input() {
    return run.input();
  }

  /** Its status. */
  public ExecutionStatus status() {
    return run.status();
  }

  /** Its result, once it has succeeded. */
  public Optional<Payload> output() {
    return Optional.ofNullable(run.output());
  }

  /** Its error name, if it ended with one. */
  public Optional<String> error() {
    return Optional.ofNullable(run.error());
  }

  /** Its cause, if it ended with one. */
  public Optional<String> cause() {
    return Optional.ofNullable(run.cause());
  }

  /** When it began. */
  public Instant startTime() {
    return run.startTime();
  }

  /** When it ended. */
  public Optional<Instant> stopTime() {
    return Optional.ofNullable(run.stopTime());
  }

  /**
   * The Map Runs of its distributed Maps, oldest first, with their child executions; the children's
   * own Map Runs are not among them.
   */
  public List<MapRun> mapRuns() {
    return run.mapRuns();
  }

  /**
   * Changes the limits of a running Map Run, as UpdateMapRun does; null keeps a limit.
   *
   * @return the effects to carry out; empty also if no run has that ARN
   */
  public List<Effect> updateMapRun(
      String arn,
      @Nullable Long maxConcurrency,
      @Nullable Long toleratedFailureCount,
      @Nullable Double toleratedFailurePercentage,
      Instant now) {
    return take(
        now,
        () ->
            run.updateMapRun(
                arn, maxConcurrency, toleratedFailureCount, toleratedFailurePercentage));
  }

  /**
   * The events from the one with id {@code firstId} on, at most {@link #historySize()} + 1; for a
   * reader that polls.
   */
  public List<HistoryEvent> historyFrom(int firstId) {
    return run.historyFrom(firstId);
  }

  /** How many events there are so far. */
  public int historySize() {
    return run.historySize();
  }

  /** The events so far, oldest first. */
  public List<HistoryEvent> history() {
    return run.history();
  }
}
