// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import dev.syncline.sim.simulator.SimulatorConfig;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** Prints the operations of AWS's models, and which of them the running services support. */
@Command(
    name = "coverage",
    description = "Print the operations of AWS's models, supported or not, as Markdown.")
final class CoverageCommand extends Subcommand {

  @Override
  public Integer call() {
    Path directory = Home.temporary();
    try (Instance instance =
        Instance.start(SimulatorConfig.defaults(directory).withPort(0, -1), new StopSignal())) {
      out()
          .print(CoverageTable.page(instance.simulator().dispatcher(), (service, operation) -> ""));
      out().flush();
    } finally {
      Home.remove(directory);
    }
    return 0;
  }
}
