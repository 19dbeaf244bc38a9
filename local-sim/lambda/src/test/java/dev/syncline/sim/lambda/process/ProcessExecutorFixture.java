// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.lambda.CompiledFunction;
import dev.syncline.sim.lambda.FunctionCode;
import dev.syncline.sim.lambda.FunctionHost;
import dev.syncline.sim.lambda.FunctionSpec;
import dev.syncline.sim.lambda.InvocationResult;
import dev.syncline.sim.lambda.process.java.JavaFamily;
import java.io.IOException;
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
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Functions that run in child processes with AWS's own runtime interface client. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
abstract class ProcessExecutorFixture {
  static final String SOURCE =
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
          switch (String.valueOf(System.getenv("AT_INIT"))) {
            case "fail":
              throw new IllegalStateException("no luck");
            case "exit":
              System.exit(3);
              break;
            default:
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
  static RuntimeInterfaceClient client;
  static Path code;

  final SimClock clock = new SimClock(new ClockMode.Real());
  final Journal journal = new Journal(clock);
  final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
  final Ids ids = new Ids(7);
  final List<FunctionHost> hosts = new ArrayList<>();

  @BeforeAll
  static void prepare(TestInfo test) throws IOException {
    client = ProcessHost.client(directory, test);
    code = CompiledFunction.compile(directory.resolve("code"), "Probe", SOURCE);
  }

  @AfterEach
  void stop() {
    hosts.forEach(FunctionHost::close);
    clock.close();
  }

  @AfterAll
  static void nothingIsLeft() {
    ProcessHost.assertNoProcessIsLeft();
  }

  FunctionHost host(int maxEnvironments) {
    FunctionHost host = host(maxEnvironments, clock);
    hosts.add(host);
    return host;
  }

  FunctionHost host(int maxEnvironments, SimClock time) {
    return host(
        maxEnvironments,
        time,
        JavaFamily.environments(
            client,
            ProcessHost.options(
                client, directory.resolve("tmp"), () -> Map.of("AWS_ENDPOINT_URL", "http://sim"))));
  }

  FunctionHost host(int maxEnvironments, SimClock time, ProcessEnvironments environments) {
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

  static FunctionSpec spec(int concurrency, Duration timeout, Map<String, String> env) {
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

  CompletableFuture<InvocationResult> start(FunctionHost host, FunctionSpec spec, String mode) {
    return ProcessHost.start(host, ids, spec, mode);
  }

  InvocationResult invoke(FunctionHost host, FunctionSpec spec, String mode) {
    return start(host, spec, mode).join();
  }

  static String text(InvocationResult result) {
    return ProcessHost.text(result);
  }
}
