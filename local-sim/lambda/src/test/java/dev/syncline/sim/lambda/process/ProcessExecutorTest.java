// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.InvocationResult;
import dev.syncline.sim.lambda.LambdaEvent;
import dev.syncline.sim.lambda.process.java.JavaFamily;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Real child processes with AWS's own runtime interface client. */
class ProcessExecutorTest extends ProcessExecutorFixture {
  @Test
  void aWarmEnvironmentIsUsedAgain() {
    FunctionHost host = host(5);
    FunctionSpec spec = spec(1, Duration.ofSeconds(30), Map.of());

    assertThat(text(invoke(host, spec, "calls"))).isEqualTo("\"1\"");
    assertThat(text(invoke(host, spec, "calls"))).isEqualTo("\"2\"");
    assertThat(host.environments()).isEqualTo(1);
    assertThat(log)
        .anyMatch(line -> line.startsWith("START RequestId: ") && line.endsWith("$LATEST"))
        .anyMatch(line -> line.startsWith("REPORT") && line.contains("Init Duration: "))
        .anyMatch(line -> line.startsWith("REPORT") && !line.contains("Init Duration: "));
  }

  @Test
  void theFunctionSeesItsOwnEnvironmentAndNotOurs() {
    FunctionHost host = host(5);
    FunctionSpec spec = spec(1, Duration.ofSeconds(30), Map.of("STAGE", "dev"));

    assertThat(text(invoke(host, spec, "env:STAGE"))).isEqualTo("\"dev\"");
    assertThat(text(invoke(host, spec, "env:AWS_ENDPOINT_URL"))).isEqualTo("\"http://sim\"");
    assertThat(text(invoke(host, spec, "names")))
        .contains("AWS_LAMBDA_FUNCTION_NAME", "LAMBDA_TASK_ROOT", "TZ")
        .doesNotContain("HOME", "USER", "MAVEN", "JAVA_HOME");
  }

  @Test
  void theSecretOfTheRuntimeApiIsInTheProcessAndNotInItsLog() {
    FunctionHost host = host(5);
    FunctionSpec spec = spec(1, Duration.ofSeconds(30), Map.of());

    assertThat(text(invoke(host, spec, "env:AWS_LAMBDA_RUNTIME_API")))
        .matches("\"127\\.0\\.0\\.1:\\d+/[0-9a-f]{32}\"");
    invoke(host, spec, "show");
    assertThat(log).anyMatch(line -> line.matches("api 127\\.0\\.0\\.1:\\d+/\\*{3}"));
  }

  @Test
  void aConnectionOfAFunctionIsToldFromOurOwn() throws Exception {
    var factory =
        JavaFamily.environments(
            client, ProcessHost.options(client, directory.resolve("tmp"), Map::of));
    FunctionHost host = host(5, clock, factory);
    hosts.add(host);
    FunctionSpec spec = spec(1, Duration.ofSeconds(60), Map.of());
    try (var server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        var ours = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket acceptedOurs = server.accept()) {
      var result =
          CompletableFuture.supplyAsync(
              () -> text(invoke(host, spec, "connect:" + server.getLocalPort())));
      try (Socket accepted = server.accept()) {
        assertThat(factory.holdsConnection(accepted.getPort(), server.getLocalPort())).isTrue();
        assertThat(factory.holdsConnection(accepted.getPort(), 1)).isFalse();
        assertThat(factory.holdsConnection(acceptedOurs.getPort(), server.getLocalPort()))
            .isFalse();
        accepted.getOutputStream().write(7);
      }
      assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo("\"7\"");
    }
  }

  @Test
  void theContextCarriesTheRequest() {
    FunctionHost host = host(5);
    FunctionSpec spec = spec(1, Duration.ofSeconds(30), Map.of());

    assertThat(text(invoke(host, spec, "context")))
        .matches(
            "\"[0-9a-f-]{36} arn:aws:lambda:us-east-1:111111111111:function:probe \\$LATEST"
                + " true\"");
  }

  @Test
  void everythingPrintedIsLoggedBeforeTheEndOfTheInvocation() {
    FunctionHost host = host(5);
    FunctionSpec spec = spec(1, Duration.ofSeconds(60), Map.of());

    assertThat(text(invoke(host, spec, "print"))).isEqualTo("\"printed\"");

    var lines = new ArrayList<>(log);
    int last = lines.indexOf("no line end, \u00fc \uD83D\uDE00");
    assertThat(lines.stream().filter(line -> line.startsWith("line "))).hasSize(100_000);
    assertThat(lines.subList(last + 1, last + 3))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("END RequestId"),
            line -> assertThat(line).startsWith("REPORT RequestId"));
  }

  @Test
  void oneEnvironmentTakesSeveralInvocationsAtOnceWhenTheFunctionSaysSo() {
    FunctionHost host = host(1);
    FunctionSpec spec = spec(4, Duration.ofSeconds(60), Map.of());

    List<CompletableFuture<InvocationResult>> meeting =
        List.of(
            start(host, spec, "meet"),
            start(host, spec, "meet"),
            start(host, spec, "meet"),
            start(host, spec, "meet"));

    assertThat(meeting).allSatisfy(one -> assertThat(one.join().functionError()).isNull());
    assertThat(host.environments()).isEqualTo(1);
  }

  @Test
  void withoutRoomAnInvocationWaitsInLineAndAnIdleEnvironmentGivesWay() {
    FunctionHost host = host(1);
    FunctionSpec first = spec(1, Duration.ofSeconds(3), Map.of());
    FunctionSpec second = spec(1, Duration.ofSeconds(30), Map.of("OTHER", "1"));

    CompletableFuture<InvocationResult> hanging = start(host, first, "hang");
    CompletableFuture<InvocationResult> waiting = start(host, second, "calls");
    CompletableFuture<InvocationResult> behind = start(host, first, "calls");

    assertThat(hanging.join().functionError()).isNotNull();
    assertThat(text(waiting.join())).isEqualTo("\"1\"");
    assertThat(text(behind.join())).isEqualTo("\"1\"");
    assertThat(host.environments()).isEqualTo(1);
    assertThat(journal.select(entry -> entry.event() instanceof LambdaEvent.Queued)).hasSize(2);
    assertThat(journal.select(entry -> entry.event() instanceof LambdaEvent.Throttled)).isEmpty();
  }
}
