// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.kernel.HostPlatform;
import dev.syncline.sim.service.settings.FunctionInterpreters;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The interpreters of functions, as options and as the command that lists them. */
class InterpreterOptionsTest {
  @TempDir private Path directory = Path.of(".");

  @CommandLine.Command(name = "test")
  private static final class TestCommand {
    @CommandLine.Mixin
    private SimulatorOptions options = new SimulatorOptions(HostPlatform.current());
  }

  private FunctionInterpreters settings(String... arguments) {
    var command = new TestCommand();
    new CommandLine(command).parseArgs(arguments);
    SimulatorConfig config = command.options.config(directory, 0, -1, "real");
    return config.settings().get(FunctionInterpreters.class, FunctionInterpreters.DEFAULT);
  }

  private Path program() throws Exception {
    Path program = Files.writeString(directory.resolve("python"), "");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }

  @Test
  void eachOptionSetsOneBehaviour() throws Exception {
    assertThat(settings()).isEqualTo(FunctionInterpreters.DEFAULT);
    Path program = program();
    assertThat(
            settings(
                "--runtime",
                "python3.12=" + program,
                "--runtime",
                "nodejs22.x=" + program,
                "--runtime-versions",
                "exact",
                "--host-packages",
                "--sdk-node",
                directory.toString()))
        .isEqualTo(
            new FunctionInterpreters(
                Map.of("python3.12", program, "nodejs22.x", program), true, true, directory));
  }

  @ParameterizedTest
  @CsvSource({
    "--runtime, python3.12, --runtime must be a runtime such as python3.12",
    "--runtime, java21=/bin/sh, --runtime must be a runtime such as python3.12",
    "--runtime, python3.12=/no/such/file, --runtime python3.12: /no/such/file cannot be executed",
    "--runtime-versions, some, '--runtime-versions must be compatible or exact, got ''some'''",
    "--sdk-node, /no/such/directory, --sdk-node must be a directory",
  })
  void wrongValuesAreNamed(String option, String value, String message) {
    assertThatThrownBy(() -> settings(option, value))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theCommandListsEveryRuntimeThatNeedsAnInterpreter() throws Exception {
    var out = new StringWriter();
    var err = new StringWriter();

    int status =
        Main.run(new PrintWriter(out, true), new PrintWriter(err, true), "runtimes", "--json");

    assertThat(status).as(err.toString()).isZero();
    JsonNode found = new ObjectMapper().readTree(out.toString());
    assertThat(found.findValuesAsText("runtime"))
        .contains("python3.9", "python3.14", "nodejs18.x", "nodejs24.x")
        .noneMatch(runtime -> runtime.startsWith("java"));
    for (JsonNode one : found) {
      // Which interpreters there are depends on the machine; without one the note says what to do.
      assertThat(one.path("program").asText().isEmpty())
          .isEqualTo(one.path("note").asText().startsWith("no interpreter for "));
    }
  }

  @Test
  void aWrongOptionOfTheCommandIsOneLine() {
    var err = new StringWriter();
    int status =
        Main.run(
            new PrintWriter(new StringWriter(), true),
            new PrintWriter(err, true),
            "runtimes",
            "--runtime-versions",
            "none");
    assertThat(status).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
  }
}
