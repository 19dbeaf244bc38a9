// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.simulator.Simulator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The unmodified AWS CLI, without the settings of the user who runs the tests. */
final class AwsCli {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Simulator simulator;
  private final Path scratch;

  /** Skips the test, with the reason, where there is no CLI. */
  AwsCli(Simulator simulator, Path scratch) {
    requireCommand("aws");
    this.simulator = simulator;
    this.scratch = scratch;
  }

  /** The result of a command; its errors are part of the output. */
  record Run(int status, String output) {}

  /** Skips the test, with the reason, where a command is not installed. */
  static void requireCommand(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    boolean there =
        Stream.of(path.split(java.io.File.pathSeparator))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    Assumptions.assumeTrue(there, name + " is not installed");
  }

  /** The output of a command that must succeed. */
  String run(String... arguments) throws Exception {
    Run run = attempt(arguments);
    assertThat(run.status).as("aws %s%n%s", String.join(" ", arguments), run.output).isZero();
    return run.output;
  }

  JsonNode json(String... arguments) throws Exception {
    return JSON.readTree(run(arguments));
  }

  Run attempt(String... arguments) throws Exception {
    var command =
        new ArrayList<>(List.of("aws", "--endpoint-url", simulator.endpoint().toString()));
    command.addAll(List.of(arguments));
    return run(scratch, command);
  }

  /** Runs any command with the environment of the CLI. */
  static Run run(Path scratch, List<String> command) throws Exception {
    Path output = Files.createTempFile(scratch, "out", ".txt");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    environment.put("AWS_PAGER", "");
    environment.put("AWS_CONFIG_FILE", scratch.resolve("none").toString());
    environment.put("AWS_SHARED_CREDENTIALS_FILE", scratch.resolve("none").toString());
    int status = builder.start().waitFor();
    return new Run(status, Files.readString(output, StandardCharsets.UTF_8));
  }
}
