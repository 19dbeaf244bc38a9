// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.kernel.HostPlatform;
import dev.syncline.sim.service.settings.DynamoDbSettings;
import dev.syncline.sim.service.settings.Wording;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DynamoDbOptionsTest {
  @TempDir private Path directory = Path.of(".");

  @CommandLine.Command(name = "test")
  private static final class TestCommand {
    @CommandLine.Mixin
    private SimulatorOptions options = new SimulatorOptions(HostPlatform.current());
  }

  private DynamoDbSettings settings(String... arguments) {
    var command = new TestCommand();
    new CommandLine(command).parseArgs(arguments);
    SimulatorConfig config = command.options.config(directory, 0, -1, "real");
    return config.settings().get(DynamoDbSettings.class, DynamoDbSettings.DEFAULT);
  }

  @Test
  void theDefaultsAreTheRooms() {
    assertThat(settings()).isEqualTo(DynamoDbSettings.DEFAULT);
  }

  @Test
  void eachOptionSetsOneBehaviour() {
    assertThat(
            settings(
                "--dynamodb-wording",
                "classic",
                "--dynamodb-activation-delay",
                "2s",
                "--dynamodb-expiry-delay",
                "5m",
                "--dynamodb-stream-delay",
                "0.5s"))
        .isEqualTo(
            new DynamoDbSettings(
                Wording.CLASSIC,
                Duration.ofSeconds(2),
                Duration.ofMinutes(5),
                Duration.ofMillis(500)));
  }
}
