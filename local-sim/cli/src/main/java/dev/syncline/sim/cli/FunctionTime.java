// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.simulator.Simulator;

/** Explains why a worker's delay takes real time although the clock skips. */
final class FunctionTime {
  private FunctionTime() {}

  static void explain(Simulator simulator, Reporter reporter) {
    if (simulator.config().functions().executor() == FunctionExecutor.PROCESS
        && !(simulator.config().run().clock() instanceof ClockMode.Real)) {
      reporter.progress(
          "note",
          CliJson.object().put("text", "functions in child processes keep real time"),
          "The worker is a function in a child process, which keeps real time: its delay is not"
              + " skipped.\nWith --executor in-process it is.");
    }
  }
}
