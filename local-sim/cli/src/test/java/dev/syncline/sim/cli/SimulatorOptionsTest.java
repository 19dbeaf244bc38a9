// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.HostPlatform;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.service.settings.JavaClient;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class SimulatorOptionsTest {
  private static final HostPlatform LINUX = new HostPlatform("Linux", "amd64");
  private static final HostPlatform BSD = new HostPlatform("FreeBSD", "amd64");

  private final StringWriter said = new StringWriter();

  @Command
  private static final class Probe {
    @Mixin private SimulatorOptions options;

    Probe(HostPlatform platform) {
      this.options = new SimulatorOptions(platform);
    }
  }

  private static SimulatorOptions parse(HostPlatform platform, String... arguments) {
    var probe = new Probe(platform);
    new CommandLine(probe).parseArgs(arguments);
    return probe.options;
  }

  private static SimulatorConfig config(HostPlatform platform, String... arguments) {
    return parse(platform, arguments).config(Path.of("."), 0, -1, "skip");
  }

  private String notice(HostPlatform platform, Reporter.Style style, String... arguments) {
    parse(platform, arguments).explainExecutor(new Reporter(new PrintWriter(said, true), style));
    return said.toString();
  }

  @ParameterizedTest
  @CsvSource({"Linux, amd64", "Linux, aarch64", "Linux, riscv64", "Mac OS X, aarch64"})
  void functionsRunInChildProcessesWhereTheseCanRun(String system, String architecture) {
    var platform = new HostPlatform(system, architecture);

    assertThat(config(platform).functions().executor()).isEqualTo(FunctionExecutor.PROCESS);
    assertThat(notice(platform, Reporter.Style.TEXT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Windows 11, amd64", "FreeBSD, amd64"})
  void elsewhereTheyRunInThisProcessAndOneLineSaysSo(String system, String architecture) {
    var platform = new HostPlatform(system, architecture);

    assertThat(config(platform).functions().executor()).isEqualTo(FunctionExecutor.IN_PROCESS);
    assertThat(notice(platform, Reporter.Style.TEXT).lines())
        .containsExactly(
            "Functions run in this process (--executor in-process): child processes need Linux or"
                + " macOS, and this is "
                + system
                + " "
                + architecture
                + ".");
  }

  @Test
  void theNativeLibraryOfTheClientForJavaIsUsedUnlessItIsDeclined() {
    assertThat(config(LINUX).settings().get(JavaClient.class, JavaClient.DEFAULT).inJava())
        .isFalse();
    assertThat(
            config(LINUX, "--java-client-in-java")
                .settings()
                .get(JavaClient.class, JavaClient.DEFAULT)
                .inJava())
        .isTrue();
  }

  @Test
  void theLineIsAnEventForPrograms() {
    assertThat(notice(BSD, Reporter.Style.JSON).lines())
        .singleElement()
        .asString()
        .startsWith("{\"event\":\"note\",\"text\":\"functions run in this process:");
  }

  @Test
  void aChosenInProcessExecutorIsNotReported() {
    assertThat(config(BSD, "--executor", "in-process").functions().executor())
        .isEqualTo(FunctionExecutor.IN_PROCESS);
    assertThat(notice(BSD, Reporter.Style.TEXT, "--executor", "in-process")).isEmpty();
  }

  @Test
  void childProcessesAreRefusedWhereTheyCannotRun() {
    assertThatThrownBy(() -> config(BSD, "--executor", "process"))
        .isInstanceOf(ParameterException.class)
        .hasMessage(
            "--executor process cannot be used: child processes need Linux or macOS, and"
                + " this is FreeBSD amd64; use --executor in-process, the default here");
  }

  @Test
  void aFunctionInThisProcessIsGivenTimeToLoadItsClassesBeforeALimitIsJumpedTo() {
    assertThat(config(LINUX).run().clock()).isEqualTo(new ClockMode.Skipping());
    assertThat(config(BSD).run().clock())
        .isInstanceOfSatisfying(
            ClockMode.Skipping.class,
            skips -> assertThat(skips.settle()).isGreaterThan(new ClockMode.Skipping().settle()));
    assertThat(config(BSD, "--time", "real").run().clock()).isEqualTo(new ClockMode.Real());
  }
}
