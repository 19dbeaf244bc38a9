// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The wall time of {@code terraform apply}, of a plan without changes and of {@code destroy} for
 * the repository's module, with the number of calls that the simulator answered. The floor is the
 * provider's own: it waits 10 s for each operation on a stack and 5 s for each change of a
 * function.
 *
 * <p>Needs terraform, and a directory with the provider as {@code terraform init -plugin-dir} takes
 * it: the argument.
 */
public final class TerraformBenchmark {
  private TerraformBenchmark() {}

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("give the directory with the provider");
    }
    Path work = Files.createTempDirectory("syncline-terraform");
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults(work))) {
      var calls = new LongAdder();
      simulator.dispatcher().observe((signingName, operation, input, output) -> calls.increment());
      Path module = Path.of("terraform/examples/local-sim").toAbsolutePath();
      String state = "-state=" + work.resolve("terraform.tfstate");
      String endpoint = "-var=endpoint=" + simulator.endpoint();
      Path data = work.resolve("data");
      Path lock = module.resolve(".terraform.lock.hcl");
      boolean locked = Files.exists(lock);
      run(data, module, "init", "-plugin-dir=" + arguments[0]);
      timed("apply", calls, data, module, "apply", "-auto-approve", state, endpoint);
      timed("plan", calls, data, module, "plan", state, endpoint);
      timed("destroy", calls, data, module, "destroy", "-auto-approve", state, endpoint);
      if (!locked) {
        Files.deleteIfExists(lock);
      }
    }
  }

  private static void timed(String what, LongAdder calls, Path data, Path module, String... command)
      throws Exception {
    long before = calls.sum();
    long begun = System.nanoTime();
    run(data, module, command);
    System.out.printf(
        Locale.ROOT,
        "%-8s %6.1f s, %d calls%n",
        what,
        (System.nanoTime() - begun) / 1e9,
        calls.sum() - before);
  }

  private static void run(Path data, Path module, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("terraform"));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("terraform", ".txt");
    var builder =
        new ProcessBuilder(command)
            .directory(module.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("TF_"));
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    environment.put("AWS_REGION", "us-east-1");
    environment.put("TF_CLI_CONFIG_FILE", "/dev/null");
    environment.put("TF_DATA_DIR", data.toString());
    environment.put("CHECKPOINT_DISABLE", "1");
    environment.put("TF_CLI_ARGS", "-no-color");
    if (builder.start().waitFor() != 0) {
      throw new IOException("terraform " + arguments[0] + " failed:\n" + Files.readString(output));
    }
  }
}
