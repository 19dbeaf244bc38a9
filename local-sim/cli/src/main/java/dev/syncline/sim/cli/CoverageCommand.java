// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import dev.syncline.sim.simulator.SimulatorConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the operations of AWS's models, and which of them the running services support. */
@Command(
    name = "coverage",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Print the operations of AWS's models, supported or not, as Markdown.")
final class CoverageCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Path directory = Home.temporary();
    try (Instance instance =
        Instance.start(SimulatorConfig.defaults(directory).withPort(0, -1), new StopSignal())) {
      spec.commandLine()
          .getOut()
          .print(CoverageTable.page(instance.simulator().dispatcher(), (service, operation) -> ""));
      spec.commandLine().getOut().flush();
    } finally {
      Home.remove(directory);
    }
    return 0;
  }
}
