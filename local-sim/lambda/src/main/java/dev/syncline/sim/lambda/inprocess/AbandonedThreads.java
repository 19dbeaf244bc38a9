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
 * Threads that continue after the end of their environment: a thread that ignores interruption
 * cannot be stopped. Their number is limited: a function with {@value #MAX_OF_FUNCTION} of them, or
 * with one while all functions together have {@value #MAX}, is not started until some have ended.
 * Thread-safe.
 */
final class AbandonedThreads {
  /** The maximum of one function; each thread may occupy a processor. */
  static final int MAX_OF_FUNCTION = 3;

  /** The maximum of all functions. */
  static final int MAX = 12;

  private static final String ERROR = "Simulator.FunctionStillRuns";

  private final @Nullable Journal journal;
  private final Map<String, List<Thread>> byFunction = new HashMap<>();

  /**
   * Without threads.
   *
   * @param journal null to record nothing
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

  /** Why the function is not started now; null if it may be. */
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
            + " itself, or run functions in separate processes (the executor 'process')",
        true);
  }
}
