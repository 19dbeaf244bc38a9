// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.CompiledFunction;
import dev.syncline.sim.lambda.FunctionCode;
import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.Invocation;
import dev.syncline.sim.lambda.InvocationResult;
import dev.syncline.sim.lambda.LambdaEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real child processes with AWS's own runtime interface client. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ProcessExecutorTest {
  private static final String SOURCE =
      """
      import com.amazonaws.services.lambda.runtime.Context;
      import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
      import java.io.InputStream;
      import java.io.OutputStream;
      import java.nio.charset.StandardCharsets;
      import java.util.concurrent.CyclicBarrier;
      import java.util.concurrent.atomic.AtomicInteger;

      public class Probe implements RequestStreamHandler {
        private static final AtomicInteger CALLS = new AtomicInteger();
        private static final CyclicBarrier BARRIER = new CyclicBarrier(4);

        public Probe() {
          if (System.getenv("FAIL_INIT") != null) {
            throw new IllegalStateException("no luck");
          }
          if (System.getenv("EXIT_AT_INIT") != null) {
            System.exit(3);
          }
        }

        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context)
            throws java.io.IOException {
          String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          String mode = event.replace("\\"", "");
          String answer;
          try {
            answer = run(mode, context);
          } catch (java.io.IOException | RuntimeException failure) {
            throw failure;
          } catch (Exception failure) {
            throw new IllegalStateException(failure);
          }
          out.write(("\\"" + answer + "\\"").getBytes(StandardCharsets.UTF_8));
        }

        private String run(String mode, Context context) throws Exception {
          if (mode.startsWith("env:")) {
            return String.valueOf(System.getenv(mode.substring(4)));
          }
          if (mode.startsWith("connect:")) {
            try (var socket = new java.net.Socket("127.0.0.1", Integer.parseInt(mode.substring(8)))) {
              return String.valueOf(socket.getInputStream().read());
            }
          }
          switch (mode) {
            case "show":
              System.out.println("api " + System.getenv("AWS_LAMBDA_RUNTIME_API"));
              return "shown";
            case "calls":
              return String.valueOf(CALLS.incrementAndGet());
            case "names":
              return String.join(",", new java.util.TreeSet<>(System.getenv().keySet()));
            case "context":
              return context.getAwsRequestId() + " " + context.getInvokedFunctionArn() + " "
                  + context.getFunctionVersion() + " " + (context.getRemainingTimeInMillis() > 0);
            case "throw":
              throw new IllegalArgumentException("bad event");
            case "exit":
              System.exit(7);
              return "";
            case "hang":
              Thread.sleep(1_000_000);
              return "";
            case "7MB":
              return "x".repeat(7 * 1024 * 1024);
            case "6MB":
              return "x".repeat(6 * 1024 * 1024 - 2);
            case "print":
              for (int i = 0; i < 100_000; i++) {
                System.out.println("line " + i + " " + "y".repeat(90));
              }
              System.out.print("no line end, \\u00fc \\uD83D\\uDE00");
              return "printed";
            case "fork":
              Process child =
                  new ProcessBuilder("sh", "-c", "sleep 1000 & echo $!; wait").start();
              return child.inputReader().readLine();
            case "meet":
              BARRIER.await();
              return Thread.currentThread().getName();
            default:
              return mode;
          }
        }
      }
      """;

  @TempDir static Path directory;
  private static RuntimeInterfaceClient client;
  private static Path code;

  private final SimClock clock = new SimClock(new ClockMode.Real());
  private final Journal journal = new Journal(clock);
  private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
  private final Ids ids = new Ids(7);
  private final List<FunctionHost> hosts = new ArrayList<>();

  @BeforeAll
  static void prepare() throws IOException {
    assumeTrue(
        RuntimeInterfaceClient.supported(),
        "AWS's runtime interface client has no native library for this machine");
    client = RuntimeInterfaceClient.unpack(directory.resolve("client"));
    code = CompiledFunction.compile(directory.resolve("code"), "Probe", SOURCE);
  }

  @AfterEach
  void stop() {
    hosts.forEach(FunctionHost::close);
    clock.close();
  }

  @AfterAll
  static void nothingIsLeft() {
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

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
    var factory = new ProcessEnvironments(client, ProcessOptions.defaults(Map::of));
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
  void anExceptionIsTheFunctionsErrorAndTheEnvironmentLivesOn() {
    FunctionHost host = host(5);
    FunctionSpec spec = spec(1, Duration.ofSeconds(30), Map.of());
    invoke(host, spec, "calls");

    InvocationResult result = invoke(host, spec, "throw");

    assertThat(result.functionError()).isEqualTo("Unhandled");
    assertThat(result.errorType()).isEqualTo("java.lang.IllegalArgumentException");
    assertThat(text(result)).contains("\"errorMessage\":\"bad event\"", "stackTrace");
    assertThat(text(invoke(host, spec, "calls"))).isEqualTo("\"2\"");
  }

  @Test
  void aHandlerThatNeverReturnsIsKilledAtItsTimeout() {
    FunctionHost host = host(5);
    FunctionSpec spec = spec(1, Duration.ofSeconds(2), Map.of());

    InvocationResult result = invoke(host, spec, "hang");

    assertThat(result.errorType()).isEqualTo("Sandbox.Timedout");
    assertThat(text(result))
        .contains("\"errorType\":\"Sandbox.Timedout\"")
        .contains("Error: Task timed out after 2.00 seconds");
    assertThat(log).anyMatch(line -> line.contains("Status: timeout"));
    assertThat(text(invoke(host, spec, "calls"))).isEqualTo("\"1\"");
  }

  @Test
  void aProcessThatExitsIsAnErrorOfTheInvocation() {
    FunctionHost host = host(5);
    FunctionSpec spec = spec(1, Duration.ofSeconds(30), Map.of());

    InvocationResult result = invoke(host, spec, "exit");

    assertThat(result.errorType()).isEqualTo("Runtime.ExitError");
    assertThat(text(result)).contains("Error: Runtime exited with error: exit status 7");
    assertThat(text(invoke(host, spec, "calls"))).isEqualTo("\"1\"");
  }

  @Test
  void aConstructorThatThrowsFailsTheInvocation() {
    FunctionHost host = host(5);

    InvocationResult result =
        invoke(host, spec(1, Duration.ofSeconds(30), Map.of("FAIL_INIT", "1")), "calls");

    assertThat(result.functionError()).isEqualTo("Unhandled");
    assertThat(text(result)).contains("no luck");
    assertThat(log).anyMatch(line -> line.startsWith("INIT_REPORT") && line.contains("error"));
    assertThat(host.environments()).isZero();
  }

  @Test
  void anExitAtInitFailsTheInvocation() {
    FunctionHost host = host(5);

    InvocationResult result =
        invoke(host, spec(1, Duration.ofSeconds(30), Map.of("EXIT_AT_INIT", "1")), "calls");

    assertThat(result.errorType()).isEqualTo("Runtime.ExitError");
    assertThat(text(result)).contains("exit status 3");
  }

  @Test
  void sevenMegabytesAreTooManyAndSixAreNot() {
    FunctionHost host = host(5);
    FunctionSpec spec = spec(1, Duration.ofSeconds(30), Map.of());

    InvocationResult tooLarge = invoke(host, spec, "7MB");
    assertThat(tooLarge.errorType()).isEqualTo("Function.ResponseSizeTooLarge");
    assertThat(invoke(host, spec, "6MB").payload()).hasSize(6 * 1024 * 1024);
    assertThat(text(invoke(host, spec, "calls"))).startsWith("\"");
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
  void whatAFunctionForksEndsWithItsEnvironment() {
    FunctionHost host = host(5);
    FunctionSpec spec = spec(1, Duration.ofSeconds(30), Map.of());
    long forked = Long.parseLong(text(invoke(host, spec, "fork")).replace("\"", ""));
    ProcessHandle left = ProcessHandle.of(forked).orElseThrow();
    assertThat(left.isAlive()).isTrue();

    // Its own end orphans what it forked; only then is it looked for.
    invoke(host, spec, "exit");

    assertThat(left.onExit().orTimeout(30, TimeUnit.SECONDS))
        .succeedsWithin(Duration.ofSeconds(30));
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

  @Test
  void aSkippingClockDoesNotRunPastTheTimeoutOfAProcessAtWork() {
    try (var skipping = new SimClock(new ClockMode.Skipping());
        FunctionHost host = host(5, skipping)) {
      FunctionSpec spec = spec(1, Duration.ofSeconds(900), Map.of());
      assertThat(text(start(host, spec, "calls").join())).isEqualTo("\"1\"");
      assertThat(skipping.skipped()).isZero();
    }
  }

  private FunctionHost host(int maxEnvironments) {
    FunctionHost host = host(maxEnvironments, clock);
    hosts.add(host);
    return host;
  }

  private FunctionHost host(int maxEnvironments, SimClock time) {
    return host(
        maxEnvironments,
        time,
        new ProcessEnvironments(
            client, ProcessOptions.defaults(() -> Map.of("AWS_ENDPOINT_URL", "http://sim"))));
  }

  private FunctionHost host(int maxEnvironments, SimClock time, ProcessEnvironments environments) {
    return new FunctionHost(
        time,
        new Ids(1),
        journal,
        environments,
        (group, stream, at, line) -> log.add(line),
        maxEnvironments,
        () -> 0,
        false);
  }

  private static FunctionSpec spec(int concurrency, Duration timeout, Map<String, String> env) {
    return new FunctionSpec(
        "probe",
        "$LATEST",
        "arn:aws:lambda:us-east-1:111111111111:function:probe",
        env.toString(),
        "java21",
        "Probe",
        512,
        timeout,
        env,
        FunctionCode.unpacked(code),
        concurrency,
        null,
        "/aws/lambda/probe",
        false);
  }

  private CompletableFuture<InvocationResult> start(
      FunctionHost host, FunctionSpec spec, String mode) {
    return host.invoke(
        spec,
        new Invocation(
            ids.uuid().toString(),
            spec.arn(),
            ("\"" + mode + "\"").getBytes(StandardCharsets.UTF_8),
            null,
            null,
            false));
  }

  private InvocationResult invoke(FunctionHost host, FunctionSpec spec, String mode) {
    return start(host, spec, mode).join();
  }

  private static String text(InvocationResult result) {
    return new String(result.payload(), StandardCharsets.UTF_8);
  }
}
