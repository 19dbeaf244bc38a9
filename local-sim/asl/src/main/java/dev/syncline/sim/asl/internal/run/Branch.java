// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import dev.syncline.sim.asl.EventDetails;
import dev.syncline.sim.asl.HistoryEventType;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.internal.expr.Variables;
import dev.syncline.sim.asl.internal.model.Flow;
import dev.syncline.sim.asl.internal.model.State;
import org.jspecify.annotations.Nullable;

/** One thread of control: the machine itself, a Parallel branch, or a Map iteration. */
final class Branch {
  private final ExecutionRun execution;
  private final Flow flow;
  private final Variables variables;
  private final BranchOwner owner;
  private final @Nullable MapItem item;
  private long previous;
  private boolean live = true;
  private boolean done;
  private @Nullable StateRun current;
  private @Nullable Pending pending;

  /** The state that follows, not yet entered. */
  private record Pending(String name, Payload input) {}

  Branch(
      ExecutionRun execution,
      Flow flow,
      Variables variables,
      BranchOwner owner,
      @Nullable MapItem item,
      long previous) {
    this.execution = execution;
    this.flow = flow;
    this.variables = variables;
    this.owner = owner;
    this.item = item;
    this.previous = previous;
  }

  void start(Payload input) {
    proceed(flow.startAt(), input);
  }

  void proceed(String next, Payload input) {
    pending = new Pending(next, input);
    execution.scheduler().ready(execution, this::enterPending);
  }

  private void enterPending() {
    Pending next = pending;
    if (live && next != null) {
      pending = null;
      enter(next.name(), next.input());
    }
  }

  /** Continues where it failed or was aborted; has no effect if it has succeeded. */
  void redrive() {
    if (live || done) {
      return;
    }
    live = true;
    execution.scheduler().ready(execution, this::resume);
  }

  private void resume() {
    StateRun run = current;
    if (pending != null) {
      enterPending();
    } else if (live && run != null) {
      run.redrive();
    }
  }

  private void enter(String name, Payload input) {
    State state = flow.state(name);
    long before = previous;
    previous =
        append(
            StateTypes.entered(state.type()), previous, new EventDetails.StateEntered(name, input));
    StateRun run = StateRun.of(this, state, input, before);
    current = run;
    run.begin();
  }

  void succeed(Payload output) {
    current = null;
    live = false;
    done = true;
    if (owner != execution) {
      execution.variablesEnded(variables);
    }
    owner.succeeded(this, output);
  }

  void fail(StateError error) {
    live = false;
    owner.failed(this, error);
  }

  /**
   * Stops the state that runs in this branch.
   *
   * @param because the event that history's records of it point to, 0 to record nothing
   */
  void abort(long because) {
    live = false;
    // The state is kept, because a redrive continues from it.
    StateRun run = current;
    if (run != null) {
      run.abort(because);
    }
  }

  long append(HistoryEventType type, long prev, @Nullable EventDetails details) {
    return execution.append(type, prev, details);
  }

  /** Appends an event and makes it the predecessor of the next. */
  long chain(HistoryEventType type, @Nullable EventDetails details) {
    previous = append(type, previous, details);
    return previous;
  }

  long previous() {
    return previous;
  }

  void previous(long id) {
    previous = id;
  }

  boolean live() {
    return live;
  }

  ExecutionRun execution() {
    return execution;
  }

  Variables variables() {
    return variables;
  }

  @Nullable MapItem item() {
    return item;
  }
}
