// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.EventDetails;
import dev.syncline.sim.asl.HistoryEventType;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.internal.expr.PayloadTemplate;
import dev.syncline.sim.asl.internal.expr.Scope;
import dev.syncline.sim.asl.internal.expr.StateFailure;
import dev.syncline.sim.asl.internal.model.ErrorHandling;
import dev.syncline.sim.asl.internal.model.ErrorHandling.Catcher;
import dev.syncline.sim.asl.internal.model.State;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One visit of a state, from entry to exit or failure, retries included. */
abstract class StateRun {
  private final Branch branch;
  private final State state;
  private final Payload input;
  private final long before;
  private final long entered;
  private final Instant enteredTime;
  private final StateErrorHandler handler;
  private @Nullable StateError failedWith;

  StateRun(Branch branch, State state, Payload input, long before) {
    this.branch = branch;
    this.state = state;
    this.input = input;
    this.before = before;
    this.entered = branch.previous();
    this.enteredTime = scheduler().now();
    this.handler = new StateErrorHandler(this, handling());
  }

  static StateRun of(Branch branch, State state, Payload input, long before) {
    return switch (state) {
      case State.Wait wait -> new WaitRun(branch, wait, input, before);
      case State.Task task -> new TaskRun(branch, task, input, before);
      case State.Parallel parallel -> new ParallelRun(branch, parallel, input, before);
      case State.Map map ->
          map.distributed() == null
              ? new InlineMapRun(branch, map, input, before)
              : new DistributedMapRun(branch, map, map.distributed(), input, before);
      case State.Pass pass -> new InstantRun(branch, pass, input, before);
      case State.Succeed succeed -> new InstantRun(branch, succeed, input, before);
      case State.Fail fail -> new InstantRun(branch, fail, input, before);
      case State.Choice choice -> new InstantRun(branch, choice, input, before);
    };
  }

  /** The work of one attempt. */
  abstract void attempt();

  /**
   * Stops what the attempt has started.
   *
   * @param because the event that history's records of it point to, 0 to record nothing
   */
  abstract void cancel(long because);

  /**
   * Continues with the parts of the last attempt that did not succeed.
   *
   * @return false if no part is left to continue: the state must be attempted again
   */
  boolean resume() {
    return false;
  }

  /**
   * Continues the state in which the execution had ended, as RedriveExecution does: the entry is
   * not repeated, retries count from zero, and the new events point to the entry (recorded). A Fail
   * state's end points to ExecutionRedriven instead (recorded).
   */
  final void redrive() {
    StateError last = failedWith;
    failedWith = null;
    boolean waitedForRetry = handler.reset();
    if (!(this instanceof InstantRun)) {
      branch.previous(entered);
    }
    // After these errors AWS runs the whole state again, with the parts that had succeeded
    // (documented).
    boolean whole =
        last != null && (last.isRuntime() || "States.DataLimitExceeded".equals(last.error()));
    guarded(
        () -> {
          if (whole || waitedForRetry || !resume()) {
            attempt();
          }
        });
  }

  final void begin() {
    handler.attempted();
    see("input", input);
    Probe probe = probe();
    if (probe != null) {
      probe.seeVariables(branch.variables().visible());
    }
    guarded(this::attempt);
  }

  final @Nullable Probe probe() {
    return branch.execution().probe();
  }

  /** Records a stage of the data for TestState. */
  final void see(String stage, Payload value) {
    Probe probe = probe();
    if (probe != null) {
      probe.see(stage, value);
    }
  }

  /** Ends the attempt as the mock says, if the state is tested with one. */
  final boolean mocked() {
    Probe probe = probe();
    if (probe == null || !probe.mocked()) {
      return false;
    }
    StateError error = probe.mockedError();
    Payload result = probe.mockedResult();
    if (error != null) {
      fail(error);
    } else if (result != null) {
      if (state instanceof State.Task) {
        see("result", result);
      }
      complete(result);
    }
    return true;
  }

  /** Runs a part of the state; its failures go to Retry and Catch. */
  final void guarded(Runnable part) {
    try {
      part.run();
    } catch (StateFailure e) {
      fail(e);
    }
  }

  final void abort(long because) {
    handler.cancel();
    cancel(because);
    if (because > 0) {
      switch (state.type()) {
        case TASK, WAIT, PARALLEL, MAP ->
            branch.append(StateTypes.aborted(state.type()), because, null);
        case PASS, CHOICE, SUCCEED, FAIL -> {}
      }
    }
  }

  // --- leaving the state ---

  /** Shapes the result and leaves for the next state. */
  final void complete(Payload result) {
    State.Head head = state.head();
    if (head.jsonata()) {
      Scope seen = scope().withResult(result.json());
      leave(
          head.next(),
          DataSteps.output(head.data().output(), seen, result),
          head.data().assign(),
          seen);
      return;
    }
    Payload selected =
        DataSteps.fill(head.data().resultSelector(), scope().withInput(result), result);
    Payload merged = DataSteps.merge(head.data().resultPath(), input, selected);
    if (shapesResults()) {
      see("afterResultSelector", selected);
      see("afterResultPath", merged);
    }
    Payload output = DataSteps.select(head.data().outputPath(), merged, scope().withInput(merged));
    leave(head.next(), output, head.data().assign(), scope().withInput(selected));
  }

  private boolean shapesResults() {
    return switch (state.type()) {
      case PASS, TASK, PARALLEL, MAP -> true;
      case SUCCEED, FAIL, CHOICE, WAIT -> false;
    };
  }

  /** Leaves the state; its assignments read the variables as they were before. */
  final void leave(
      @Nullable String next, Payload output, @Nullable PayloadTemplate assign, Scope assignScope) {
    JsonNode assigned = assign == null ? null : assign.evaluate(assignScope);
    if (output.tooLarge()) {
      throw DataSteps.tooLarge(state.name());
    }
    Map<String, String> shown =
        assigned == null ? Map.of() : Assignment.apply(branch, state, assigned);
    branch.previous(exitPredecessor());
    branch.chain(
        StateTypes.exited(state.type()), new EventDetails.StateExited(state.name(), output, shown));
    Probe probe = probe();
    if (probe != null) {
      probe.left(next);
      probe.seeVariables(branch.variables().visible());
    }
    if (next == null || probe != null) {
      branch.succeed(output);
    } else {
      branch.proceed(next, output);
    }
  }

  /** Whether it is the first state of its execution. */
  final boolean first() {
    return before == 0;
  }

  /** The event before StateExited. */
  long exitPredecessor() {
    return branch.previous();
  }

  // --- failing ---

  final void fail(StateFailure failure) {
    String cause = failure.detail();
    if (failure.prefixed() && probe() == null) {
      cause =
          "An error occurred while executing the state '"
              + state.name()
              + "' (entered at the event id #"
              + entered
              + "). "
              + cause;
    }
    if (failure.isEvaluation()) {
      // If no event has followed the entry, AWS points to the event before the entry.
      boolean untouched = branch.previous() == entered && !(state instanceof State.Wait);
      branch.previous(untouched ? before : branch.previous());
      branch.chain(
          HistoryEventType.EVALUATION_FAILED,
          new EventDetails.EvaluationFailed(
              failure.error(), cause, failure.location(), state.name()));
    }
    fail(StateError.of(failure.error(), cause));
  }

  final void fail(StateError error) {
    // Stops the branches of a Map or Parallel that failed by itself.
    cancel(branch.previous());
    if (!handler.retry(error)) {
      if (!error.isRuntime()) {
        recordOwnFailure();
      }
      if (!handler.caught(error)) {
        failedWith = error;
        branch.fail(error);
      }
    }
  }

  /** Map and Parallel record their own failure, whether it is caught or not. */
  void recordOwnFailure() {}

  private ErrorHandling handling() {
    return switch (state) {
      case State.Task task -> task.handling();
      case State.Parallel parallel -> parallel.handling();
      case State.Map map -> map.handling();
      default -> ErrorHandling.NONE;
    };
  }

  void takeCatcher(Catcher catcher, StateError error) {
    ObjectNode errorOutput = error.output();
    Payload payload = Payload.of(errorOutput);
    if (state.head().jsonata()) {
      Scope seen = scope().withErrorOutput(errorOutput);
      leave(
          catcher.next(),
          DataSteps.output(catcher.output(), seen, payload),
          catcher.assign(),
          seen);
      return;
    }
    Payload merged = DataSteps.merge(catcher.resultPath(), input, payload);
    see("afterResultPath", merged);
    leave(catcher.next(), merged, catcher.assign(), scope().withInput(payload));
  }

  // --- what queries see ---

  /** The state's view: its own input, and the context object as of now. */
  final Scope scope() {
    return scope(branch.item(), null);
  }

  final Scope scope(@Nullable MapItem item, @Nullable String taskToken) {
    return new Scope(
        input,
        new StateContext(
            branch.execution(),
            state,
            enteredTime,
            handling() == ErrorHandling.NONE ? null : handler.retryCount(),
            item,
            taskToken),
        branch.variables(),
        scheduler().random(),
        scheduler().now(),
        null,
        null);
  }

  /** The input after InputPath; JSONata states have none. */
  final Payload effectiveInput() {
    if (state.head().jsonata()) {
      return input;
    }
    Payload effective = DataSteps.select(state.head().data().inputPath(), input, scope());
    boolean shown =
        switch (state) {
          case State.Parallel parallel -> false;
          case State.Pass pass -> pass.result() == null;
          default -> true;
        };
    if (shown) {
      see("afterInputPath", effective);
    }
    return effective;
  }

  final Branch branch() {
    return branch;
  }

  final State.Head head() {
    return state.head();
  }

  final Payload input() {
    return input;
  }

  final int retryCount() {
    return handler.retryCount();
  }

  final long entered() {
    return entered;
  }

  final Scheduler scheduler() {
    return branch.execution().scheduler();
  }
}
