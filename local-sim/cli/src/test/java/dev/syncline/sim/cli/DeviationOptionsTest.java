// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.kernel.HostPlatform;
import dev.syncline.sim.service.settings.CognitoSettings;
import dev.syncline.sim.service.settings.SqsSettings;
import dev.syncline.sim.service.settings.Tolerance;
import dev.syncline.sim.service.settings.ToleranceSettings;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DeviationOptionsTest {
  @TempDir private Path directory = Path.of(".");

  @CommandLine.Command(name = "test")
  private static final class TestCommand {
    @CommandLine.Mixin
    private SimulatorOptions options = new SimulatorOptions(HostPlatform.current());
  }

  private SimulatorConfig config(String... arguments) {
    var command = new TestCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.options.config(directory, 0, -1, "real");
  }

  private Set<Tolerance> tolerated(String... arguments) {
    return config(arguments)
        .settings()
        .get(ToleranceSettings.class, ToleranceSettings.NONE)
        .tolerated();
  }

  @Test
  void nothingIsToleratedAndTheClockStartsNowByDefault() {
    assertThat(tolerated()).isEmpty();
    assertThat(config().run().start()).isNull();
    assertThat(config().settings().get(SqsSettings.class, new SqsSettings(true)))
        .isEqualTo(SqsSettings.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-11-15,                2024-11-15T00:00:00Z",
    "2024-11-15T09:30,          2024-11-15T09:30:00Z",
    "2024-11-15T09:30:15,       2024-11-15T09:30:15Z",
    "2024-11-15T09:30:00Z,      2024-11-15T09:30:00Z",
    "2024-11-15T09:30:00+02:00, 2024-11-15T07:30:00Z",
  })
  void theClockStartsAtADateOrATime(String text, Instant start) {
    assertThat(config("--now", text).run().start()).isEqualTo(start);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "15.11.2024", "2024-13-01", "2024-11-15T", "1999-01-01"})
  void anotherDateIsRefused(String text) {
    assertThatThrownBy(() -> config("--now", text))
        .isInstanceOf(CommandLine.ParameterException.class);
  }

  @Test
  void tolerancesAreNamedOneByOneOrInAList() {
    assertThat(tolerated("--tolerate", "key-expiry,unknown-properties"))
        .containsExactlyInAnyOrder(Tolerance.KEY_EXPIRY, Tolerance.UNKNOWN_PROPERTIES);
    assertThat(tolerated("--tolerate=key-expiry", "--tolerate=dead-letter-permission"))
        .containsExactlyInAnyOrder(Tolerance.KEY_EXPIRY, Tolerance.DEAD_LETTER_PERMISSION);
    assertThat(tolerated("--tolerate=all")).containsExactlyInAnyOrder(Tolerance.values());
  }

  @Test
  void anUnknownToleranceIsRefusedWithAllNames() {
    assertThatThrownBy(() -> tolerated("--tolerate", "everything"))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessage(
            "--tolerate: there is no tolerance 'everything'; the tolerances are key-expiry,"
                + " unknown-properties, dead-letter-permission, visibility-timeout,"
                + " unknown-managed-policies");
  }

  @Test
  void jsonWithoutATargetCanBeRefused() {
    assertThat(
            config("--sqs-untargeted-json", "refuse")
                .settings()
                .get(SqsSettings.class, SqsSettings.DEFAULT)
                .jsonNeedsTarget())
        .isTrue();
    assertThatThrownBy(() -> config("--token-issuer", "mine"))
        .hasMessageContaining("--token-issuer must be aws or local, got 'mine'");
    assertThat(
            config("--token-issuer", "local")
                .settings()
                .get(CognitoSettings.class, CognitoSettings.DEFAULT)
                .issuer())
        .isEqualTo(CognitoSettings.Issuer.LOCAL);
    assertThatThrownBy(() -> config("--sqs-untargeted-json", "guess"))
        .hasMessageContaining("--sqs-untargeted-json must be query or refuse");
  }
}
