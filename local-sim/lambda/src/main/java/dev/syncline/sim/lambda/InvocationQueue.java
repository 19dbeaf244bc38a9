// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import dev.syncline.sim.kernel.Journal;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The invocations that wait because the machine may start no further environment, in order. Guarded
 * by the host's lock.
 */
final class InvocationQueue {
  private final Journal journal;
  private final ArrayDeque<PendingInvocation> waiting = new ArrayDeque<>();

  InvocationQueue(Journal journal) {
    this.journal = journal;
  }

  /** An invocation and the environment that takes it. */
  record Assignment(Slot slot, PendingInvocation invocation) {}

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void add(PendingInvocation pending) {
    waiting.addLast(pending);
    journal.record(
        new LambdaEvent.Queued(
            pending.invocation.requestId(), pending.spec.name(), waiting.size()));
  }

  /**
   * Removes the first invocation that an environment can take; null if no invocation can run.
   *
   * @param roomFor finds an environment with room for a function; null if every environment is busy
   */
  @Nullable Assignment assign(Function<FunctionSpec, @Nullable Slot> roomFor) {
    for (PendingInvocation pending : waiting) {
      Slot slot = roomFor.apply(pending.spec);
      if (slot != null) {
        waiting.remove(pending);
        return new Assignment(slot, pending);
      }
    }
    return null;
  }

  /** Every waiting function. */
  List<FunctionSpec> specs() {
    return waiting.stream().map(pending -> pending.spec).toList();
  }

  /** Removes all; returns them in order. */
  List<PendingInvocation> clear() {
    List<PendingInvocation> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }
}
