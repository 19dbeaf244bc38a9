// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line as processes, since what stays has to outlive the command that starts it. */
@Timeout(120)
class StayingUpTest {
  private static final String GOOD =
      """
      Resources:
        Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: orders}}
      Outputs:
        Url: {Value: "https://a1.execute-api.us-east-1.amazonaws.com/dev/orders"}
      """;
  private static final String BAD = GOOD.replace("QueueName", "QueueNam");

  @TempDir private Path directory = Path.of(".");

  private record Ended(int status, String out, String err) {}

  private Ended syncline(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put(Home.VARIABLE, directory.resolve("home").toString());
    try {
      int status = builder.start().waitFor();
      return new Ended(
          status,
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private String template(String text) {
    try {
      return Files.writeString(directory.resolve("template.yaml"), text).toString();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @AfterEach
  void stopWhatStays() {
    new Home(directory.resolve("home"))
        .running()
        .forEach(one -> ProcessHandle.of(one.pid()).ifPresent(ProcessHandle::destroyForcibly));
  }

  @Test
  void aDetachedStartReturnsWhenReadyAndStaysUntilDown() {
    Ended up = syncline("up", "--detach", "--port", "0", "--template", template(GOOD));
    assertThat(up.status()).as(up.err()).isZero();
    assertThat(up.out())
        .contains("Ready.", "Runs as process", "./syncline down --port")
        .contains("here: http://127.0.0.1:")
        .contains("/restapis/a1/dev/_user_request_/orders");
    assertThat(syncline("wait").status()).isZero();
    Ended env = syncline("env");
    assertThat(env.out())
        .contains("export AWS_ENDPOINT_URL='http://127.0.0.1:", "unset AWS_PROFILE");
    assertThat(syncline("env", "--shell", "fish").out()).contains("set -gx AWS_REGION 'us-east-1'");
    assertThat(syncline("down").status()).isZero();
    Ended after = syncline("wait", "--timeout", "0");
    assertThat(after.status()).isEqualTo(1);
    assertThat(after.err()).contains("no simulator answers");
  }

  @Test
  void aStackThatFailsLeavesTheSimulatorUpForTheNextTry() throws Exception {
    Ended up = syncline("up", "--detach", "--port", "0", "--template", template(BAD));
    assertThat(up.status()).isEqualTo(1);
    assertThat(up.err()).contains("QueueNam");
    assertThat(up.out()).contains("The simulator continues", "./syncline deploy");
    int port = new Home(directory.resolve("home")).running().getFirst().port();
    JsonNode health = new AdminClient(port).health().orElseThrow();
    assertThat(health.path("status").asText()).isEqualTo("failed");
    assertThat(health.path("reason").asText()).contains("QueueNam");
    assertThat(syncline("wait").status()).isEqualTo(1);

    Ended again = syncline("deploy", "--template", template(BAD));
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("QueueNam");
    Ended deployed = syncline("deploy", "--template", template(GOOD));
    assertThat(deployed.status()).as(deployed.err()).isZero();
    assertThat(deployed.out()).contains("CREATE_COMPLETE", "Deployed 1 resources");
    assertThat(syncline("wait").status()).isZero();
    assertThat(new AdminClient(port).status().path("stacks").path(0).path("status").asText())
        .isEqualTo("CREATE_COMPLETE");
  }

  @Test
  void aDetachedStartThatCannotStartSaysWhy() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ended up =
          syncline("up", "--detach", "--empty", "--port", String.valueOf(taken.getLocalPort()));
      assertThat(up.status()).isEqualTo(1);
      assertThat(up.err()).contains("--port");
    }
  }

  @Test
  void aMistypedLogGroupIsAnsweredWithTheNearestOne() {
    String groups =
        """
        Resources:
          Orders: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /aws/lambda/orders}}
        """;
    assertThat(syncline("up", "-d", "--port", "0", "--template", template(groups)).status())
        .isZero();
    Ended logs = syncline("logs", "/aws/lambda/order");
    assertThat(logs.status()).isEqualTo(1);
    assertThat(logs.err()).contains("did you mean /aws/lambda/orders?");
  }
}
