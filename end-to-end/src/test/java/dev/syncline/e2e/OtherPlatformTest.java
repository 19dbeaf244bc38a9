// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The command line on other platforms. The JVM is told that it runs there, which is what the
 * simulator goes by.
 */
@Timeout(180)
class OtherPlatformTest {
  @TempDir private Path directory = Path.of(".");

  private record Run(int status, String out, String err) {}

  private Run demo(String system, String... arguments) throws Exception {
    Path artifacts = Files.createDirectories(directory.resolve("artifacts"));
    for (String file :
        List.of(
            "cloudformation/template.yaml",
            "cloudformation/workflow.asl.json",
            "cloudformation/express.asl.json",
            "bridge-lambda/target/bridge-lambda.jar",
            "backend-worker/target/backend-worker.jar")) {
      Path from = Repository.path(file);
      Files.copy(from, artifacts.resolve(from.getFileName()));
    }
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Dos.name=" + system,
                "-Dos.arch=aarch64",
                "-Dsyncline.dist=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.syncline.sim.cli.Main",
                "demo"));
    command.addAll(List.of(arguments));
    Path err = directory.resolve("err");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), out, Files.readString(err));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stepfunctions", "express", "worker", "sqs"})
  void onMacTheDemoRunsFunctionsInChildProcessesAsOnLinux(String backend) throws Exception {
    Run run = demo("Mac OS X", "--backend", backend);

    assertThat(run.status).as(run.out + run.err).isZero();
    assertThat(run.out.lines())
        // The demo of a worker recommends that option.
        .noneMatch(line -> line.contains("in-process") && !line.startsWith("With --executor"))
        .anyMatch(line -> line.endsWith("\"fullName\":\"Ada Lovelace\"}"));
    assertThat(run.err).doesNotContain("defect");
  }

  @Test
  void elsewhereTheDemoRunsFunctionsInItsOwnProcessAndSaysSo() throws Exception {
    Run run = demo("FreeBSD", "--backend", "worker");

    assertThat(run.status).as(run.out + run.err).isZero();
    assertThat(run.out.lines())
        .startsWith(
            "Functions run in this process (--executor in-process): child processes need Linux or"
                + " macOS, and this is FreeBSD aarch64.")
        .anyMatch(line -> line.endsWith("\"fullName\":\"Ada Lovelace\"}"));
    assertThat(run.err).doesNotContain("defect");
  }

  @Test
  void childProcessesAreRefusedInOneLineThatNamesTheWayOut() throws Exception {
    Run run = demo("FreeBSD", "--executor", "process");

    assertThat(run.status).isEqualTo(2);
    assertThat(run.err.lines())
        .singleElement()
        .asString()
        .contains("FreeBSD aarch64", "use --executor in-process");
  }
}
