// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.lambda.FunctionOutcome;
import dev.syncline.sim.lambda.LambdaEvent;
import dev.syncline.sim.lambda.RuntimeErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The threads that went on when their environment had been ended: nothing stops a thread that does
 * not react to its interruption. They are few: a function that has several, or any when all
 * functions together have many, is not started again before some have ended. Thread-safe.
 */
final class AbandonedThreads {
  /** So many of one function; each may keep a processor busy. */
  static final int MAX_OF_FUNCTION = 3;

  /** So many in all. */
  static final int MAX = 12;

  private static final String ERROR = "Simulator.FunctionStillRuns";

  private final @Nullable Journal journal;
  private final Map<String, List<Thread>> byFunction = new HashMap<>();

  /**
   * None.
   *
   * @param journal null to tell of none
   */
  AbandonedThreads(@Nullable Journal journal) {
    this.journal = journal;
  }

  /** Counts the threads of an environment that has been ended. */
  void add(String function, List<Thread> threads) {
    if (threads.isEmpty()) {
      return;
    }
    synchronized (this) {
      byFunction.computeIfAbsent(function, name -> new ArrayList<>()).addAll(threads);
    }
    if (journal != null) {
      journal.record(new LambdaEvent.StillRuns(function, threads.size()));
    }
  }

  /** Why the function is not started now; null when it may be. */
  synchronized @Nullable FunctionOutcome refusal(String function) {
    byFunction.values().forEach(threads -> threads.removeIf(thread -> !thread.isAlive()));
    byFunction.values().removeIf(List::isEmpty);
    int own = byFunction.getOrDefault(function, List.of()).size();
    int all = byFunction.values().stream().mapToInt(List::size).sum();
    if (own < MAX_OF_FUNCTION && all < MAX) {
      return null;
    }
    String whose =
        own >= MAX_OF_FUNCTION
            ? own + " of its threads still run after its time-out"
            : all + " threads of " + byFunction.keySet() + " still run after their time-out";
    return RuntimeErrors.of(
        ERROR,
        "The simulator does not start the function '"
            + function
            + "': "
            + whose
            + " and a thread in the simulator's process cannot be stopped. Let the function end by"
            + " itself, or run functions in processes of their own (the executor 'process')",
        true);
  }
}
