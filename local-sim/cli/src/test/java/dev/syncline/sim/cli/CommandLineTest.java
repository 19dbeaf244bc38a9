// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory = Path.of(".");

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private void assertOneLineNaming(String... texts) {
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(texts).doesNotContain("\tat ").doesNotContain("defect");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "demo",
        "down",
        "status",
        "logs",
        "publish",
        "subscribe",
        "coverage",
        "ca",
        "fault",
        "messages",
        "deploy",
        "wait",
        "env",
        "aws",
        "runtimes"
      })
  void everyCommandHasHelp(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).contains("Usage: syncline " + command);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void theVersionNamesTheJavaItRunsOn() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).contains("syncline").contains("Java " + Runtime.version());
  }

  @Test
  void withoutACommandItListsThem() {
    assertThat(run()).isEqualTo(2);
    assertOneLineNaming("demo", "up", "down", "status", "logs", "publish", "subscribe");
  }

  @ParameterizedTest
  @CsvSource({
    "upp, up",
    "stat, status",
    "log, logs",
    "publsh, publish",
  })
  void aMistypedCommandIsAnsweredWithTheNearestOne(String typed, String meant) {
    assertThat(run(typed)).isEqualTo(2);
    assertOneLineNaming("'" + typed + "'", "did you mean " + meant);
  }

  @Test
  void aMistypedOptionIsAnsweredWithTheNearestOne() {
    assertThat(run("up", "--prot", "1")).isEqualTo(2);
    assertOneLineNaming("--prot", "did you mean --port");
  }

  @ParameterizedTest
  @CsvSource({"-1", "90000", "soon"})
  void aBadTimeoutOfWaitIsNamedInOneLine(String seconds) {
    assertThat(run("wait", "--timeout", seconds)).isEqualTo(2);
    assertOneLineNaming("--timeout");
  }

  @Test
  void theDemoNamesAnHttpWorkerThatDoesNotListen() throws Exception {
    Path template = directory.resolve("template.yaml");
    Files.writeString(template, "Parameters:\n  WorkerUrl:\n    Type: String\n    Default: x\n");
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String url = "http://127.0.0.1:" + free + "/jobs";
    assertThat(
            run(
                "demo",
                "--backend",
                "http",
                "--template",
                template.toString(),
                "--parameter",
                "WorkerUrl=" + url))
        .isEqualTo(1);
    assertOneLineNaming(url, "--parameter WorkerUrl=");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--time, fast",
    "--allow-origin, *",
    "--allow-origin, null",
    "--allow-origin, localhost:5173",
    "--allow-origin, http://localhost:5173/app",
    "--allow-origin, http://localhost:0",
    "--time, x0",
    "--time, manual",
    "--port, 70000",
    "--port, http",
    "--tls-port, -2",
    "--second-tls-port, -1",
    "--second-tls-port, 70000",
    "--events-limit, lifetime",
    "--events-limit, lifetime=long",
    "--events-limit, colours=3",
    "--dynamodb-wording, old",
    "--layer, layer.zip",
    "--layer, arn:aws:lambda:us-east-1:017000801446:layer:P:1=missing.zip",
    "--ended-runtimes, maybe",
    "--url-permissions, 3",
    "--dynamodb-activation-delay, soon",
    "--dynamodb-expiry-delay, -1s",
    "--mailbox, bytes=many",
    "--mailbox, overflow=wait",
    "--mailbox, colours=3",
    "--signatures, loose",
    "--executor, docker",
    "--region, mars",
    "--account, 12",
    "--max-environments, 0",
    "--backend, kinesis",
    "--stack-name, a_b",
    "--parameter, novalue",
    "--template, missing.yaml",
    "--upload, key=missing.jar",
  })
  void aBadOptionIsNamedInOneLine(String option, String value) {
    assertThat(run("up", option, value)).isEqualTo(2);
    assertOneLineNaming(option);
  }

  @Test
  void aWrongLimitIsAnsweredWithAllThatThereAre() {
    assertThat(run("up", "--events-limit", "colours=3")).isEqualTo(2);
    assertOneLineNaming("colours", "publishes-per-second", "lifetime");
  }

  @Test
  void theAuthorityIsMadeOnceAndToldHowToTrust() {
    assertThat(run("ca", "--path", "--work-directory", directory.toString())).isZero();
    Path file = Path.of(out.toString().strip());
    assertThat(file).isEqualTo(directory.toAbsolutePath().resolve("ca.pem")).isNotEmptyFile();
    assertThat(run("ca", "--work-directory", directory.toString())).isZero();
    assertThat(out.toString())
        .contains(
            file.toString(),
            "curl --cacert '" + file + "'",
            "NODE_EXTRA_CA_CERTS",
            "AWS_CA_BUNDLE",
            "keytool -importcert",
            "Firefox");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aSecondTlsPortInUseNamesTheOption() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(
              run(
                  "up",
                  "--empty",
                  "--port",
                  "0",
                  "--second-tls-port",
                  String.valueOf(taken.getLocalPort())))
          .isEqualTo(1);
      assertOneLineNaming("--second-tls-port", String.valueOf(taken.getLocalPort()));
    }
  }

  @Test
  void anUnknownOptionIsNamed() {
    assertThat(run("up", "--frobnicate")).isEqualTo(2);
    assertOneLineNaming("--frobnicate");
  }

  @Test
  void withoutATemplateItSaysHowToGiveOne() {
    assertThat(run("demo")).isEqualTo(1);
    assertOneLineNaming("--template");
  }

  @Test
  void aTemplateThatIsNotTextIsRefused() throws Exception {
    Path file = Files.write(directory.resolve("template.yaml"), new byte[] {(byte) 0xC3, 0x28});
    assertThat(run("up", "--template", file.toString())).isEqualTo(2);
    assertOneLineNaming("--template", "UTF-8");
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      int status = run("up", "--empty", "--port", port, "--work-directory", directory.toString());
      assertThat(status).isEqualTo(1);
      assertOneLineNaming(port, "--port");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"down", "status", "logs"})
  void whereNothingRunsItSaysHowToStart(String command) throws Exception {
    int free;
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = probe.getLocalPort();
    }
    assertThat(run(command, "--port", String.valueOf(free))).isEqualTo(1);
    assertOneLineNaming(String.valueOf(free), "syncline up");
  }

  @Test
  void anEventThatIsNotJsonIsNamed() {
    assertThat(run("publish", "/a/b", "{\"ok\":1}", "hello")).isEqualTo(2);
    assertOneLineNaming("EVENT 2");
  }

  @Test
  void moreEventsThanARequestTakesAreRefused() {
    assertThat(run("publish", "/a/b", "1", "2", "3", "4", "5", "6")).isEqualTo(2);
    assertOneLineNaming("1 to 5", "6");
  }
}
