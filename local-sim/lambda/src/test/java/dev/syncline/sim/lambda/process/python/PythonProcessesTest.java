// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.ExecutionEnvironment;
import dev.syncline.sim.lambda.FunctionCode;
import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.lambda.FunctionOutcome;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.InvocationResult;
import dev.syncline.sim.lambda.LogSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The processes of Python functions: their end, their directories and their variables. */
@Timeout(300)
class PythonProcessesTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private static Path code() throws Exception {
    var resource = PythonProcessesTest.class.getResource("functions/processes.py");
    return Objects.requireNonNull(Path.of(Objects.requireNonNull(resource).toURI()).getParent());
  }

  private static FunctionSpec spec(
      String handler, String runtime, Map<String, String> variables, @Nullable Path layers)
      throws Exception {
    return new FunctionSpec(
        "f",
        "$LATEST",
        "arn:aws:lambda:us-east-1:123456789012:function:f",
        "1",
        runtime,
        "processes." + handler,
        128,
        Duration.ofSeconds(60),
        variables,
        FunctionCode.unpacked(code()),
        1,
        null,
        "g",
        false,
        LogSettings.TEXT,
        layers,
        "");
  }

  private static FunctionSpec spec(String handler) throws Exception {
    return spec(handler, "python3.12", Map.of(), null);
  }

  private static JsonNode invoke(ExecutionEnvironment environment, String event) throws Exception {
    FunctionOutcome ready = PythonFunctions.get(environment.ready());
    assertThat(ready.errorType()).as(PythonFunctions.text(ready)).isNull();
    FunctionOutcome outcome =
        PythonFunctions.get(environment.invoke(PythonFunctions.invocation("r", event), LIMIT));
    assertThat(outcome.errorType()).as(PythonFunctions.text(outcome)).isNull();
    return JSON.readTree(outcome.payload());
  }

  @Test
  void aHundredEnvironmentsThatEndLeaveNoProcess() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc")), "processes are found by /proc");
    // Different in each run, so that another run's processes are not counted.
    String seconds = "6000." + ProcessHandle.current().pid();
    try (var functions = new PythonFunctions(directory, Map.of())) {
      for (int batch = 0; batch < 20; batch++) {
        var started = new ArrayList<ExecutionEnvironment>();
        for (int i = 0; i < 5; i++) {
          started.add(functions.start(spec("leave_a_child")));
        }
        for (ExecutionEnvironment environment : started) {
          Path temporary = Path.of(invoke(environment, "\"" + seconds + "\"").asText());
          assertThat(temporary).isDirectory();
          PythonFunctions.get(environment.kill());
          assertThat(temporary).doesNotExist();
        }
      }
    }
    assertThat(
            ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine())
                .flatMap(Optional::stream)
                .filter(command -> command.contains(seconds)))
        .isEmpty();
  }

  @Test
  void aProcessThatEndsAfterItsAnswerTakesNoWaitingInvocationWithIt() throws Exception {
    try (var clock = new SimClock(new ClockMode.Real());
        var functions = new PythonFunctions(directory, Map.of());
        var host =
            new FunctionHost(
                clock,
                new Ids(1),
                new Journal(clock),
                functions.environments(),
                (group, stream, time, line) -> functions.log.add(line),
                1,
                () -> 0,
                false)) {
      FunctionSpec spec = spec("end_before_the_next");
      List<CompletableFuture<InvocationResult>> results = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        results.add(host.invoke(spec, PythonFunctions.invocation("r" + i, "1")));
      }
      var processes = new ArrayList<String>();
      for (CompletableFuture<InvocationResult> result : results) {
        InvocationResult one = PythonFunctions.get(result);
        assertThat(one.functionError()).isNull();
        processes.add(new String(one.payload(), StandardCharsets.UTF_8));
      }
      assertThat(processes).doesNotHaveDuplicates();
      assertThat(functions.log).noneMatch(line -> line.contains("Runtime.ExitError"));
    }
  }

  @Test
  void theVariablesAreThoseOfLambdaAndTheFunctionsOwnPrecedeDefaults() throws Exception {
    Path layers = Files.createDirectories(directory.resolve("opt"));
    try (var functions =
        new PythonFunctions(directory, Map.of("AWS_REGION", "eu-west-1", "SHARED", "ours"))) {
      ExecutionEnvironment environment =
          functions.start(
              spec(
                  "variables",
                  "python3.12",
                  Map.of("SHARED", "own", "PYTHONPATH", "/mine", "LAMBDA_TASK_ROOT", "/wrong"),
                  layers));
      JsonNode seen =
          invoke(
              environment,
              "[\"AWS_REGION\",\"SHARED\",\"PYTHONPATH\",\"LAMBDA_TASK_ROOT\",\"HOME\","
                  + "\"AWS_EXECUTION_ENV\",\"PATH\",\"LD_LIBRARY_PATH\",\"_SYNCLINE_LAYERS\"]");
      assertThat(seen.path("AWS_REGION").asText()).isEqualTo("eu-west-1");
      assertThat(seen.path("SHARED").asText()).isEqualTo("own");
      assertThat(seen.path("PYTHONPATH").asText()).isEqualTo("/mine");
      assertThat(seen.path("LAMBDA_TASK_ROOT").asText()).isEqualTo(code().toString());
      assertThat(seen.path("HOME").isNull()).isTrue();
      assertThat(seen.path("AWS_EXECUTION_ENV").asText()).isEqualTo("AWS_Lambda_python3.12");
      assertThat(seen.path("PATH").asText()).contains(layers.resolve("bin").toString());
      assertThat(seen.path("LD_LIBRARY_PATH").asText())
          .endsWith(layers.resolve("lib").toString())
          .doesNotContain("/lib64");
      assertThat(seen.path("_SYNCLINE_LAYERS").isNull()).isTrue();
    }
  }

  @Test
  void layersComeAfterTheFunctionAndTheHostsOtherPackagesAreHidden() throws Exception {
    Path layers = directory.resolve("opt");
    Path python = Files.createDirectories(layers.resolve("python"));
    Files.writeString(python.resolve("from_layer.py"), "");
    Files.writeString(python.resolve("processes.py"), "raise ValueError('the layer came first')");
    try (var functions = new PythonFunctions(directory, Map.of())) {
      JsonNode found =
          invoke(
              functions.start(spec("imports", "python3.12", Map.of(), layers)),
              "[\"from_layer\",\"snapshot_restore_py\",\"pip\"]");
      assertThat(found.path("from_layer").asText()).isEqualTo("from_layer");
      assertThat(found.path("snapshot_restore_py").asText()).isEqualTo("snapshot_restore_py");
      assertThat(found.path("pip").asText()).isEqualTo("No module named 'pip'");
    }
  }

  @Test
  void aWrapperOfALayerStartsTheInterpreter() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the wrapper needs /bin/sh");
    Path layers = Files.createDirectories(directory.resolve("opt"));
    Path wrapper = layers.resolve("wrapper");
    Files.writeString(wrapper, "#!/bin/sh\nexport BY_WRAPPER=yes\nexec \"$@\"\n");
    assertThat(wrapper.toFile().setExecutable(true)).isTrue();
    try (var functions = new PythonFunctions(directory, Map.of())) {
      JsonNode seen =
          invoke(
              functions.start(
                  spec(
                      "wrapped",
                      "python3.12",
                      Map.of("AWS_LAMBDA_EXEC_WRAPPER", "/opt/wrapper"),
                      layers)),
              "1");
      assertThat(seen.toString()).isEqualTo("[\"yes\",1]");

      FunctionOutcome missing =
          PythonFunctions.get(
              functions
                  .start(
                      spec(
                          "wrapped",
                          "python3.12",
                          Map.of("AWS_LAMBDA_EXEC_WRAPPER", "/opt/absent"),
                          layers))
                  .ready());
      assertThat(PythonFunctions.text(missing))
          .contains("Runtime.InvalidEntrypoint")
          .contains("fork/exec /opt/absent: no such file or directory");
    }
  }

  @Test
  void aModuleInMachineCodeForAnotherVersionIsNamed() throws Exception {
    Path layers = Files.createDirectories(directory.resolve("opt/python"));
    Files.writeString(layers.resolve("fast.cpython-399-x86_64-linux-gnu.so"), "");
    try (var functions = new PythonFunctions(directory, Map.of())) {
      FunctionOutcome refused =
          PythonFunctions.get(
              functions.start(spec("imports", "python3.99", Map.of(), layers.getParent())).ready());
      assertThat(PythonFunctions.text(refused))
          .contains("Runtime.InvalidEntrypoint")
          .contains("fast.cpython-399-x86_64-linux-gnu.so cannot be loaded by")
          .contains("--runtime python3.99=PATH");
    }
  }
}
