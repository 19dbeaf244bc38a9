// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.JournalEvent;
import dev.syncline.sim.lambda.LambdaEvent;
import dev.syncline.sim.simulator.Simulator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts starts, faults and time-outs in a simulator, to verify its answers. Thread-safe. */
final class SimulatorObserver implements AutoCloseable {
  private final Map<String, LongAdder> starts = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> faults = new ConcurrentHashMap<>();
  private final LongAdder timeouts = new LongAdder();
  private final ClockActivity listening;

  /**
   * Observes from now on.
   *
   * @param start the operation that starts work
   */
  SimulatorObserver(Simulator simulator, String start) {
    simulator
        .dispatcher()
        .observe(
            (service, operation, input, output) -> {
              String text = operation.equals(start) ? input.toString() : "";
              if (!text.isEmpty() && !Faults.isTheGateways(text)) {
                count(starts, SeededDecisions.workOf(text));
              }
            });
    this.listening = simulator.journal().listen(entry -> saw(entry.event()));
  }

  private void saw(JournalEvent event) {
    if (event instanceof FaultPlan.Struck struck) {
      count(faults, struck.place() + " " + struck.fault().getClass().getSimpleName());
    } else if (event instanceof LambdaEvent.Finished finished
        && finished.status().equals("timeout")) {
      timeouts.increment();
    }
  }

  private static void count(Map<String, LongAdder> counts, String what) {
    counts.computeIfAbsent(what, k -> new LongAdder()).increment();
  }

  /** How often the backend accepted this work. */
  long starts(String work) {
    LongAdder counted = starts.get(work);
    return counted == null ? 0 : counted.sum();
  }

  /** Whether a function timed out, which ends its environment. */
  boolean sawATimeout() {
    return timeouts.sum() > 0;
  }

  /** The number of times that each fault struck. */
  Map<String, LongAdder> faults() {
    return faults;
  }

  @Override
  public void close() {
    listening.close();
  }
}
