// SPDX-License-Identifier: Apache-2.0
package dev.syncline.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.cli.CoverageTable;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README lists the operations that the code supports. {@code -Dsyncline.coverage=apply}
 * rewrites its table.
 */
class CoverageTest {
  private static final String BEGIN = "<!-- coverage:begin -->\n";
  private static final String END = "<!-- coverage:end -->";

  @TempDir private Path directory = Path.of(".");

  @Test
  void theTableInTheReadmeIsWhatTheRegistryHolds() throws Exception {
    String table;
    try (var simulator = Simulator.start(SimulatorConfig.defaults(directory).withPort(0, -1))) {
      table = CoverageTable.markdown(simulator.dispatcher());
    }
    Path readme = Sources.root().resolve("README.md");
    String text = Files.readString(readme);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    assertThat(end).as("place of " + END).isGreaterThanOrEqualTo(begin);
    if ("apply".equals(System.getProperty("syncline.coverage"))) {
      Files.writeString(readme, text.substring(0, begin) + table + text.substring(end));
    } else {
      assertThat(text.substring(begin, end))
          .as("README's table; './syncline coverage' prints what it should be")
          .isEqualTo(table);
    }
  }
}
