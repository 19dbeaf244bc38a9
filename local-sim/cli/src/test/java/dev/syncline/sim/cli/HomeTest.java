// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class HomeTest {
  @TempDir private Path directory = Path.of(".");

  @Test
  void aRunningSimulatorIsFoundUntilItWithdraws() {
    var home = new Home(directory);
    long pid = ProcessHandle.current().pid();
    home.announce(4700);
    home.announce(4600);
    assertThat(home.running())
        .containsExactly(new Home.Running(4600, pid), new Home.Running(4700, pid));
    home.withdraw(4600);
    assertThat(home.running()).containsExactly(new Home.Running(4700, pid));
  }

  @Test
  void anInstanceWhoseProcessIsGoneDoesNotRun() throws Exception {
    Path words = Files.createDirectories(directory.resolve("running"));
    // Beyond the largest process id there can be.
    Files.writeString(words.resolve("4566.json"), "{\"port\":4566,\"pid\":99999999999}");
    Files.writeString(words.resolve("4567.json"), "{half");
    assertThat(new Home(directory).running()).isEmpty();
  }

  @Test
  void aDirectoryThatCannotBeMadeNamesTheSetting() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> new Home(file).workDirectory(4566))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(Home.VARIABLE);
  }

  @Test
  void theOneThatRunsIsMeant() {
    var options = new ConnectOptions();
    CommandLine.populateCommand(new Probe(options));
    assertThat(options.port(List.of())).isEqualTo(ConnectOptions.DEFAULT_PORT);
    assertThat(options.port(List.of(new Home.Running(4700, 1)))).isEqualTo(4700);
  }

  @Test
  void ofSeveralThatRunOneMustBeChosen() {
    var options = new ConnectOptions();
    CommandLine.populateCommand(new Probe(options));
    List<Home.Running> two = List.of(new Home.Running(4600, 1), new Home.Running(4700, 2));
    assertThatThrownBy(() -> options.port(two))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessageContaining("--port: 4600, 4700");
  }

  @CommandLine.Command(name = "probe")
  private static final class Probe {
    @CommandLine.Mixin private final ConnectOptions options;

    Probe(ConnectOptions options) {
      this.options = options;
    }
  }
}
