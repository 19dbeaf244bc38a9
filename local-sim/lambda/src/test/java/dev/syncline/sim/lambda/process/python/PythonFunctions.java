// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.syncline.sim.lambda.ExecutionEnvironment;
import dev.syncline.sim.lambda.FunctionCode;
import dev.syncline.sim.lambda.FunctionOutcome;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.Invocation;
import dev.syncline.sim.lambda.LogSettings;
import dev.syncline.sim.lambda.process.CannotStartException;
import dev.syncline.sim.lambda.process.ClientScripts;
import dev.syncline.sim.lambda.process.InterpreterSettings;
import dev.syncline.sim.lambda.process.Interpreters;
import dev.syncline.sim.lambda.process.Language;
import dev.syncline.sim.lambda.process.ProcessEnvironments;
import dev.syncline.sim.lambda.process.ProcessOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Python functions in processes of this machine; skipped where there is no Python. */
final class PythonFunctions implements AutoCloseable {
  private final ProcessEnvironments environments;
  final List<String> log = new CopyOnWriteArrayList<>();

  PythonFunctions(Path work, Map<String, String> variables) {
    Interpreters interpreters = Interpreters.ofThisProcess(InterpreterSettings.DEFAULT);
    boolean found = true;
    try {
      assertThat(interpreters.find(Language.PYTHON, "python3.12").runtime()).isNotEmpty();
    } catch (CannotStartException none) {
      found = false;
    }
    assumeTrue(found, "there is no Python on this machine");
    this.environments =
        new ProcessEnvironments(
            List.of(
                new PythonFamily(
                    interpreters,
                    new ClientScripts(work.resolve("clients")),
                    new PythonPackages(interpreters, work.resolve("packages")))),
            ProcessOptions.defaults(work.resolve("tmp"), () -> variables));
  }

  static FunctionSpec spec(Path code, String handler, LogSettings logging) {
    return new FunctionSpec(
        "f",
        "$LATEST",
        "arn:aws:lambda:us-east-1:123456789012:function:f",
        "1",
        "python3.12",
        handler,
        128,
        Duration.ofSeconds(30),
        Map.of(),
        FunctionCode.unpacked(code),
        1,
        null,
        "g",
        false,
        logging,
        null,
        "");
  }

  ProcessEnvironments environments() {
    return environments;
  }

  ExecutionEnvironment start(FunctionSpec spec) {
    return environments.start(spec, "s", log::add);
  }

  static Invocation invocation(String requestId, String event) {
    return new Invocation(
        requestId,
        "arn:aws:lambda:us-east-1:123456789012:function:f",
        event.getBytes(StandardCharsets.UTF_8),
        null,
        null,
        false);
  }

  static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(60, TimeUnit.SECONDS);
  }

  static String text(FunctionOutcome outcome) {
    return new String(outcome.payload(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    environments.close();
  }
}
