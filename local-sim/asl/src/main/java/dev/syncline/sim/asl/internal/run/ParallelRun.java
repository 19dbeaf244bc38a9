// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.run;

import dev.syncline.sim.asl.Payload;
import dev.syncline.sim.asl.history.HistoryEventType;
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
    branches.forEach(child -> child.start(given));
  }

  @Override
  public void succeeded(Branch child, Payload output) {
    outputs[branches.indexOf(child)] = output;
    open--;
    if (open == 0) {
      branch().previous(child.previous());
      branch().append(HistoryEventType.PARALLEL_STATE_SUCCEEDED, child.previous(), null);
      List<Payload> all = new ArrayList<>();
      Arrays.stream(outputs).forEach(part -> all.add(part == null ? Payload.empty() : part));
      guarded(() -> complete(Payload.arrayOf(all)));
    }
  }

  @Override
  public void failed(Branch child, StateError error) {
    cancel(true);
    branch().previous(child.previous());
    fail(error);
  }

  @Override
  void cancel(boolean record) {
    List<Branch> running = branches;
    branches = List.of();
    // The failed branch's own state counts as aborted too: recorded.
    running.forEach(child -> child.abort(record));
  }

  @Override
  void giveUp() {
    branch().chain(HistoryEventType.PARALLEL_STATE_FAILED, null);
  }
}
