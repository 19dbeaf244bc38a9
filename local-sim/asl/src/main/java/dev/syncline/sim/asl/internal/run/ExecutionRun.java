// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.EventDetails;
import dev.syncline.sim.asl.ExecutionContext;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.HistoryEvent;
import dev.syncline.sim.asl.HistoryEventType;
import dev.syncline.sim.asl.MapRun;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.TimerPurpose;
import dev.syncline.sim.asl.internal.expr.StateFailure;
import dev.syncline.sim.asl.internal.expr.Timestamps;
import dev.syncline.sim.asl.internal.expr.Variables;
import dev.syncline.sim.asl.internal.model.Flow;
import dev.syncline.sim.asl.internal.model.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One execution: the outermost, or a child of a distributed Map. Not thread-safe. */
public final class ExecutionRun implements BranchOwner {
  /** AWS ends a Standard execution after a year; an Express one has a shorter timeout anyway. */
  private static final Duration MAX_STANDARD_AGE = Duration.ofDays(365);

  /** All variables of an execution together. */
  private static final long MAX_VARIABLE_BYTES = 10 * 1024 * 1024;

  private final Scheduler scheduler;
  private final ExecutionContext context;
  private final Payload input;
  private final @Nullable Duration timeout;
  private final Consumer<ExecutionRun> whenEnded;
  private final History history = new History();
  private final Branch root;
  private Instant startTime = Instant.EPOCH;
  private @Nullable Instant stopTime;
  private @Nullable String timer;
  private ExecutionStatus status = ExecutionStatus.RUNNING;
  private @Nullable Payload output;
  private @Nullable StateError failure;
  private @Nullable Probe probe;
  private final List<MapRunChildren> mapRuns = new ArrayList<>(0);
  private boolean begun;
  private int redriveCount;
  private long variableBytes;
  private @Nullable Instant redriveTime;

  /** Nothing happens before {@link #start}. */
  public ExecutionRun(
      Scheduler scheduler,
      Flow flow,
      ExecutionContext context,
      Payload input,
      @Nullable Duration timeout,
      Consumer<ExecutionRun> whenEnded) {
    this.scheduler = scheduler;
    this.context = context;
    this.input = input;
    this.timeout = timeout;
    this.whenEnded = whenEnded;
    // The first state's predecessor is 0, not ExecutionStarted: recorded.
    this.root = new Branch(this, flow, new Variables(null), this, null, 0);
  }

  /** Tests its first state alone; to be called before {@link #start}. */
  public void probe(Probe watching, Map<String, JsonNode> variables) {
    probe = watching;
    variables.forEach(root.variables()::put);
  }

  @Nullable Probe probe() {
    return probe;
  }

  /** Begins. */
  public void start() {
    begun = true;
    started();
    startTimeout();
    root.start(input);
  }

  private void started() {
    startTime = scheduler.now();
    append(
        HistoryEventType.EXECUTION_STARTED,
        0,
        new EventDetails.ExecutionStarted(input, context.roleArn()));
  }

  /** Whether {@link #start} was called. */
  public boolean begun() {
    return begun;
  }

  /** Ends it from outside; without effect once it has ended. */
  public void stop(@Nullable String error, @Nullable String cause) {
    if (status == ExecutionStatus.RUNNING) {
      if (!begun) {
        started();
      }
      root.abort(0);
      failure = StateError.of(error, cause);
      end(
          ExecutionStatus.ABORTED,
          HistoryEventType.EXECUTION_ABORTED,
          0,
          new EventDetails.Failure(error, cause));
    }
  }

  /**
   * Continues where it failed, timed out or was aborted. The time limit restarts (documented).
   *
   * @throws IllegalStateException if it runs or has succeeded
   */
  public void redrive() {
    if (status == ExecutionStatus.RUNNING || status == ExecutionStatus.SUCCEEDED) {
      throw new IllegalStateException(
          "Execution is " + status + " and cannot be redriven: " + context.arn());
    }
    status = ExecutionStatus.RUNNING;
    stopTime = null;
    failure = null;
    redriveCount++;
    redriveTime = scheduler.now();
    long redriven =
        append(
            HistoryEventType.EXECUTION_REDRIVEN,
            history.size(),
            new EventDetails.ExecutionRedriven(redriveCount));
    startTimeout();
    if (!begun) {
      begun = true;
      root.redrive();
      root.start(input);
      return;
    }
    root.previous(redriven);
    root.redrive();
  }

  private void startTimeout() {
    if (timeout != null) {
      timer = scheduler.startTimer(this, timeout, TimerPurpose.EXECUTION_TIMEOUT, this::timeOut);
    }
  }

  /** Ends it because its year is over. */
  public void expire() {
    if (status == ExecutionStatus.RUNNING) {
      timeOut();
    }
  }

  /** Whether {@code time} is beyond the year that AWS gives an execution. */
  public boolean overdue(Instant time) {
    return status == ExecutionStatus.RUNNING
        && historySize() > 0
        && !time.isBefore(startTime.plus(MAX_STANDARD_AGE));
  }

  /** A timer of a state; one that would outlive the execution ends it when its year is over. */
  String startTimer(Duration delay, TimerPurpose purpose, Runnable action) {
    Instant end = startTime.plus(MAX_STANDARD_AGE);
    if (scheduler.now().plus(delay).isAfter(end)) {
      Duration left = Duration.between(scheduler.now(), end);
      return scheduler.startTimer(this, left, TimerPurpose.EXECUTION_TIMEOUT, this::timeOut);
    }
    return scheduler.startTimer(this, delay, purpose, action);
  }

  private void timeOut() {
    root.abort(0);
    failure = StateError.of(null, null);
    end(
        ExecutionStatus.TIMED_OUT,
        HistoryEventType.EXECUTION_TIMED_OUT,
        0,
        new EventDetails.Failure(null, null));
  }

  @Override
  public void succeeded(Branch branch, Payload result) {
    output = result;
    end(
        ExecutionStatus.SUCCEEDED,
        HistoryEventType.EXECUTION_SUCCEEDED,
        branch.previous(),
        new EventDetails.Output(result));
  }

  @Override
  public void failed(Branch branch, StateError error) {
    failure = error;
    end(
        ExecutionStatus.FAILED,
        HistoryEventType.EXECUTION_FAILED,
        branch.previous(),
        new EventDetails.Failure(error.error(), error.cause()));
  }

  private void end(
      ExecutionStatus how, HistoryEventType type, long previous, @Nullable EventDetails details) {
    scheduler.cancelTimer(timer);
    status = how;
    stopTime = scheduler.now();
    history.appendLast(type, previous, scheduler.now(), details);
    whenEnded.accept(this);
  }

  /** Runs a step of this execution, and ends it when its history is full. */
  void guarded(Runnable step) {
    if (status != ExecutionStatus.RUNNING) {
      return;
    }
    try {
      step.run();
    } catch (History.Full e) {
      collapse(
          "The execution reached the maximum number of history events ("
              + History.MAX_EVENTS
              + ").");
    } catch (StackOverflowError e) {
      collapse("The data is nested too deeply.");
    } catch (RuntimeException | LinkageError | AssertionError | OutOfMemoryError e) {
      // A fault of the engine ends only this execution, with an error that says so.
      collapse("The state machine engine failed: " + e);
    }
  }

  private void collapse(String cause) {
    root.abort(0);
    root.fail(StateError.of(StateError.RUNTIME, cause));
  }

  /** The part of the context object that is the same for all states. */
  ObjectNode contextObject() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode execution = root.putObject("Execution");
    execution.put("Id", context.arn());
    execution.set("Input", input.json());
    execution.put("StartTime", Timestamps.format(startTime));
    execution.put("Name", context.name());
    execution.put("RoleArn", context.roleArn().isEmpty() ? null : context.roleArn());
    if (probe == null) {
      execution.put("RedriveCount", redriveCount);
      if (redriveTime != null) {
        execution.put("RedriveTime", Timestamps.format(redriveTime));
      }
    }
    ObjectNode machine = root.putObject("StateMachine");
    machine.put("Id", context.stateMachineArn());
    machine.put("Name", context.stateMachineName());
    return root;
  }

  long append(HistoryEventType type, long previous, @Nullable EventDetails details) {
    return history.append(type, previous, scheduler.now(), details);
  }

  Scheduler scheduler() {
    return scheduler;
  }

  /** Its identity. */
  public ExecutionContext context() {
    return context;
  }

  /** Its input. */
  public Payload input() {
    return input;
  }

  /** Its status. */
  public ExecutionStatus status() {
    return status;
  }

  /** Its result, once it has succeeded. */
  public @Nullable Payload output() {
    return output;
  }

  /** Its error name, if it ended with one. */
  public @Nullable String error() {
    return failure == null ? null : failure.error();
  }

  /** Its cause, if it ended with one. */
  public @Nullable String cause() {
    return failure == null ? null : failure.cause();
  }

  /** When it began. */
  public Instant startTime() {
    return startTime;
  }

  /** When it ended, null while it runs. */
  public @Nullable Instant stopTime() {
    return stopTime;
  }

  void variablesGrew(long bytes, State by) {
    variableBytes += bytes;
    if (variableBytes > MAX_VARIABLE_BYTES) {
      throw StateFailure.variables(
          "Execution total variable size limit exceeded. State '"
              + by.name()
              + "' assigned variables that exceed the total execution limit by "
              + (variableBytes - MAX_VARIABLE_BYTES)
              + " bytes.");
    }
  }

  /** The scope of a branch or iteration has ended. */
  void variablesEnded(Variables scope) {
    variableBytes -= scope.bytes();
  }

  /** How often it has been redriven. */
  public int redriveCount() {
    return redriveCount;
  }

  /** When it was last redriven, null if it never was. */
  public @Nullable Instant redriveTime() {
    return redriveTime;
  }

  /** How many events there are. */
  public int historySize() {
    return history.size();
  }

  void addMapRun(MapRunChildren mapRun) {
    mapRuns.add(mapRun);
  }

  /** Changes limits of one of its Map Runs; null keeps a limit. */
  public void updateMapRun(
      String arn,
      @Nullable Long concurrency,
      @Nullable Long toleratedCount,
      @Nullable Double toleratedPercentage) {
    for (MapRunChildren mapRun : mapRuns) {
      if (mapRun.arn().equals(arn)) {
        MapRunChildren.Limits old = mapRun.limits();
        mapRun.limits(
            new MapRunChildren.Limits(
                concurrency == null ? old.concurrency() : concurrency,
                toleratedCount == null ? old.toleratedCount() : toleratedCount,
                toleratedPercentage == null ? old.toleratedPercentage() : toleratedPercentage));
      }
    }
  }

  /** Its Map Runs, oldest first. */
  public List<MapRun> mapRuns() {
    return mapRuns.stream().map(MapRunChildren::snapshot).toList();
  }

  /** The events from the one with id {@code firstId} on. */
  public List<HistoryEvent> historyFrom(int firstId) {
    return history.from(firstId);
  }

  /** The events so far. */
  public List<HistoryEvent> history() {
    return history.events();
  }
}
