// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.CompiledFunction;
import dev.syncline.sim.lambda.FunctionOutcome;
import dev.syncline.sim.lambda.InvocationResult;
import dev.syncline.sim.lambda.LambdaEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faulty functions in real processes with AWS's own runtime interface client. Expected texts:
 * Lambda's documentation of the execution environment's life cycle, and logs of AWS.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class FaultyFunctionsTest {
  private static final String SOURCE =
      """
      import com.amazonaws.services.lambda.runtime.Context;
      import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
      import java.io.InputStream;
      import java.io.OutputStream;
      import java.nio.ByteBuffer;
      import java.nio.charset.StandardCharsets;
      import java.nio.file.Files;
      import java.nio.file.Path;
      import java.util.ArrayList;
      import java.util.List;
      import java.util.UUID;

      public class Faulty implements RequestStreamHandler {
        private static final UUID STARTED = UUID.randomUUID();
        private static final List<Object> KEPT = new ArrayList<>();

        public Faulty() throws Exception {
          String marker = System.getenv("FAIL_INIT_UNLESS");
          if (marker != null && !Files.exists(Path.of(marker))) {
            Files.createFile(Path.of(marker));
            throw new IllegalStateException("not the first time");
          }
          if (System.getenv("THROW_AT_INIT") != null) {
            throw new IllegalStateException("never");
          }
          if (System.getenv("HANG_AT_INIT") != null) {
            Thread.sleep(1_000_000);
          }
        }

        @Override
        public void handleRequest(InputStream in, OutputStream out, Context context)
            throws java.io.IOException {
          String mode =
              new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\\"", "");
          try {
            out.write(("\\"" + run(mode) + "\\"").getBytes(StandardCharsets.UTF_8));
          } catch (InterruptedException ended) {
            throw new java.io.IOException(ended);
          }
        }

        private String run(String mode) throws java.io.IOException, InterruptedException {
          switch (mode) {
            case "started":
              return STARTED.toString();
            case "gigabyte":
              byte[] line = "x".repeat(1024 * 1024 - 1).concat("\\n").getBytes();
              for (int i = 0; i < 1024; i++) {
                System.out.write(line);
              }
              System.out.flush();
              return "printed";
            case "no line end":
              byte[] block = "y".repeat(1024 * 1024).getBytes();
              for (int i = 0; i < 64; i++) {
                System.out.write(block);
              }
              System.out.flush();
              return "printed";
            case "heap":
              while (true) {
                KEPT.add(new byte[16 * 1024 * 1024]);
              }
            case "memory":
              Process hog =
                  new ProcessBuilder(
                          "sh", "-c", "x=$(head -c 300000000 /dev/zero | tr '\\\\0' x); sleep 600")
                      .start();
              hog.waitFor();
              return "never";
            case "fork":
              Process child =
                  new ProcessBuilder("sh", "-c", "setsid sleep 1000 & echo $!; wait").start();
              String pid = child.inputReader().readLine();
              System.out.println("forked " + pid);
              Thread.sleep(1_000_000);
              return pid;
            case "exit":
              System.exit(1);
              return "";
            case "halt":
              Runtime.getRuntime().halt(0);
              return "";
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
  private final ProcessHost function = host();

  @BeforeAll
  static void prepare(TestInfo test) throws IOException {
    client = ProcessHost.client(directory, test);
    code = CompiledFunction.compile(directory.resolve("code"), "Faulty", SOURCE);
  }

  @AfterEach
  void stop() {
    function.close();
    clock.close();
  }

  @AfterAll
  static void nothingIsLeft() {
    ProcessHost.assertNoProcessIsLeft();
  }

  @Test
  void anInitThatFailsOnceIsTriedAgainWithinTheInvocation() {
    Path marker = directory.resolve("failed-once");

    String answer = function.variable("FAIL_INIT_UNLESS", marker.toString()).answer("hello");

    assertThat(answer).isEqualTo("\"hello\"");
    assertThat(log)
        .anyMatch(
            line ->
                line.startsWith("INIT_REPORT")
                    && line.contains("Phase: init\tStatus: error\tError Type: "))
        .anyMatch(line -> line.startsWith("INIT_REPORT") && line.endsWith("Phase: invoke"));
    assertThat(journal.select(entry -> entry.event() instanceof LambdaEvent.EnvironmentStarted))
        .hasSize(2);
  }

  @Test
  void anInitThatFailsTwiceFailsTheInvocation() {
    InvocationResult result = function.variable("THROW_AT_INIT", "1").invoke("hello");

    assertThat(result.functionError()).isEqualTo("Unhandled");
    assertThat(ProcessHost.text(result)).contains("\"errorMessage\":", "never");
    assertThat(function.host.environments()).isZero();
  }

  @Test
  void anInitThatHangsIsCutAtTenSecondsAndThenAtTheFunctionsTimeout() {
    InvocationResult result =
        function.variable("HANG_AT_INIT", "1").timeout(Duration.ofSeconds(1)).invoke("hello");

    assertThat(result.errorType()).isEqualTo("Sandbox.Timedout");
    assertThat(ProcessHost.text(result)).contains("Task timed out after 1.00 seconds");
    assertThat(log)
        .contains("INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout")
        .contains("INIT_REPORT Init Duration: 1000.00 ms\tPhase: invoke\tStatus: timeout")
        .anyMatch(line -> line.endsWith(" Task timed out after 1.00 seconds"))
        .anyMatch(
            line ->
                line.startsWith("REPORT")
                    && line.contains("\tDuration: 1000.00 ms\tBilled Duration: 1000 ms")
                    && line.endsWith("\tStatus: timeout"));
  }

  @Test
  void aGigabytePrintedNeitherStopsTheFunctionNorFillsOurMemory() {
    var lines = new AtomicInteger();
    var bytes = new AtomicLong();
    var longest = new AtomicInteger();
    try (var printing =
        new ProcessHost(
            clock,
            journal,
            client,
            (group, stream, at, line) -> {
              lines.incrementAndGet();
              bytes.addAndGet(line.length());
              longest.accumulateAndGet(line.length(), Math::max);
            },
            code,
            "Faulty")) {
      assertThat(printing.answer("gigabyte")).isEqualTo("\"printed\"");
    }

    assertThat(bytes.get()).isBetween(1024L * (1024 * 1024 - 1), 1024L * 1024 * 1024);
    assertThat(longest.get()).isLessThanOrEqualTo(OutputPump.MAX_LINE);
    assertThat(lines.get()).isGreaterThanOrEqualTo(4096);
  }

  @Test
  void outputWithoutALineEndIsCutAndStillLoggedBeforeTheReport() {
    assertThat(function.answer("no line end")).isEqualTo("\"printed\"");

    assertThat(log.stream().filter(line -> line.startsWith("y")).mapToLong(String::length).sum())
        .isEqualTo(64L * 1024 * 1024);
    List<String> all = List.copyOf(log);
    assertThat(all.get(all.size() - 1)).startsWith("REPORT");
    assertThat(all.get(all.size() - 3)).startsWith("yyy");
  }

  @Test
  void aHeapThatIsFullIsTheFunctionsErrorAndTheEnvironmentIsNotUsedAgain() {
    function.memory(256);
    String before = function.answer("started");

    InvocationResult result = function.invoke("heap");

    assertThat(result.errorType()).isEqualTo("java.lang.OutOfMemoryError");
    assertThat(ProcessHost.text(result)).contains("Java heap space");
    assertThat(function.answer("started")).isNotEqualTo(before);
  }

  @Test
  void memoryBeyondTheFunctionsOwnEndsTheEnvironmentEvenWhenAChildTakesIt() {
    assumeTrue(Files.exists(Path.of("/proc/self/task")), "there is no /proc to measure by");
    function.memory(128);

    InvocationResult result = function.invoke("memory");

    assertThat(result.errorType()).isEqualTo("Runtime.ExitError");
    assertThat(ProcessHost.text(result))
        .contains("Error: Runtime exited with error: signal: killed");
    assertThat(log)
        .anyMatch(
            line ->
                line.contains("Error: Runtime exited with error: signal: killed")
                    && line.endsWith("\nRuntime.ExitError"));
  }

  @Test
  void aForkInItsOwnSessionEndsAtTheTimeout() {
    assumeTrue(Files.exists(Path.of("/proc/self/environ")), "there is no /proc to find them by");

    InvocationResult result = function.timeout(Duration.ofSeconds(2)).invoke("fork");

    assertThat(result.errorType()).isEqualTo("Sandbox.Timedout");
    long pid =
        log.stream()
            .filter(line -> line.startsWith("forked "))
            .mapToLong(line -> Long.parseLong(line.substring("forked ".length())))
            .findFirst()
            .orElseThrow();
    ProcessHandle.of(pid)
        .ifPresent(left -> assertThat(left.onExit()).succeedsWithin(Duration.ofSeconds(30)));
  }

  @Test
  void endsByItselfAreToldByTheirStatus() {
    assertThat(function.answer("exit")).contains("Runtime exited with error: exit status 1");
    assertThat(function.answer("halt")).contains("Runtime exited without providing a reason");
    assertThat(function.answer("fine")).isEqualTo("\"fine\"");
  }

  @Test
  void theFirstReportBillsInitAndTheSecondDoesNot() {
    function.answer("a");
    function.answer("b");

    List<String> reports = log.stream().filter(line -> line.startsWith("REPORT")).toList();
    assertThat(reports).hasSize(2);
    assertThat(reports.get(0)).contains("\tMemory Size: 512 MB", "\tInit Duration: ");
    assertThat(billed(reports.get(0)))
        .isGreaterThanOrEqualTo((long) (number(reports.get(0), "Init Duration: ")));
    assertThat(reports.get(1)).doesNotContain("Init Duration");
    assertThat(billed(reports.get(1)))
        .isEqualTo((long) Math.ceil(number(reports.get(1), "\tDuration: ")));
  }

  @Test
  void aSnapshotIsTakenAfterInitAndRestoredByTheFirstInvocation() {
    function.snapStart();

    FunctionOutcome init = function.host.snapshot(function.spec()).join();

    assertThat(init.errorType()).isNull();
    assertThat(log).anyMatch(line -> line.startsWith("INIT_REPORT"));
    assertThat(function.answer("restored")).isEqualTo("\"restored\"");
    assertThat(function.host.environments()).isEqualTo(1);
    assertThat(log)
        .anyMatch(
            line ->
                line.startsWith("REPORT")
                    && line.contains("\tRestore Duration: ")
                    && line.contains("\tBilled Restore Duration: ")
                    && !line.contains("Init Duration"));
  }

  @Test
  void aSnapshotOfAFunctionThatDoesNotStartFails() {
    function.snapStart().variable("THROW_AT_INIT", "1");

    FunctionOutcome init = function.host.snapshot(function.spec()).join();

    assertThat(init.errorType()).isNotNull();
    assertThat(function.host.environments()).isZero();
  }

  private ProcessHost host() {
    return new ProcessHost(
        clock, journal, client, (group, stream, at, line) -> log.add(line), code, "Faulty");
  }

  private static long billed(String report) {
    return (long) number(report, "Billed Duration: ");
  }

  private static double number(String report, String name) {
    String rest = report.substring(report.indexOf(name) + name.length());
    return Double.parseDouble(rest.substring(0, rest.indexOf(' ')));
  }
}
