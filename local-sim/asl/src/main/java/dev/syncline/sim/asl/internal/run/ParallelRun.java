// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import dev.syncline.sim.asl.HistoryEventType;
import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.internal.expr.Variables;
import dev.syncline.sim.asl.internal.model.Flow;
import dev.syncline.sim.asl.internal.model.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parallel: all branches at once; the first failure stops the others. */
final class ParallelRun extends StateRun implements BranchOwner {
  private final State.Parallel parallel;
  private List<Branch> branches = List.of();
  private @Nullable Payload[] outputs = new Payload[0];
  private int open;
  private boolean running;

  ParallelRun(Branch branch, State.Parallel parallel, Payload input, long before) {
    super(branch, parallel, input, before);
    this.parallel = parallel;
  }

  @Override
  void attempt() {
    Payload effective = effectiveInput();
    Payload given =
        DataSteps.fill(head().data().arguments(), scope().withInput(effective), effective);
    if (mocked()) {
      return;
    }
    long started = branch().chain(HistoryEventType.PARALLEL_STATE_STARTED, null);
    branches = new ArrayList<>();
    outputs = new Payload[parallel.branches().size()];
    open = outputs.length;
    for (Flow flow : parallel.branches()) {
      branches.add(
          new Branch(
              branch().execution(),
              flow,
              new Variables(branch().variables()),
              this,
              branch().item(),
              started));
    }
    running = true;
    branches.forEach(child -> child.start(given));
  }

  @Override
  boolean resume() {
    if (branches.isEmpty()) {
      return false;
    }
    running = true;
    if (open == 0) {
      finish();
    } else {
      branches.forEach(Branch::redrive);
    }
    return true;
  }

  @Override
  public void succeeded(Branch child, Payload output) {
    outputs[branches.indexOf(child)] = output;
    open--;
    if (open == 0) {
      branch().previous(child.previous());
      finish();
    }
  }

  private void finish() {
    running = false;
    branch().append(HistoryEventType.PARALLEL_STATE_SUCCEEDED, branch().previous(), null);
    List<Payload> all = new ArrayList<>();
    Arrays.stream(outputs).forEach(part -> all.add(part == null ? Payload.empty() : part));
    guarded(() -> complete(Payload.arrayOf(all)));
  }

  @Override
  public void failed(Branch child, StateError error) {
    cancel(child.previous());
    branch().previous(child.previous());
    fail(error);
  }

  @Override
  void cancel(long because) {
    if (running) {
      running = false;
      // The failed branch's own state counts as aborted too: recorded.
      branches.forEach(child -> child.abort(because));
    }
  }

  @Override
  void recordOwnFailure() {
    branch().chain(HistoryEventType.PARALLEL_STATE_FAILED, null);
  }
}
