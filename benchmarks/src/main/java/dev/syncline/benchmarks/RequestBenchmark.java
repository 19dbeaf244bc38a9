// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import dev.syncline.sim.simulator.deploy.StackDeployer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests through the whole system: client, gateway, bridge in a child process, workflow, channel,
 * and back. On a skipping clock the Wait takes no real time, so what a request takes is the
 * overhead; with {@code real} the ten seconds are taken off. Those two keep a number of requests in
 * flight, which on a skipping clock is as fast as the machine can. {@code steady} is what a service
 * sees: requests arrive evenly, as many a second as keep that number in flight, on a clock that
 * runs ten times as fast, so that a Wait takes one real second, after a warm-up at four times that
 * rate.
 *
 * <pre>
 * RequestBenchmark [skip|real|steady] [requests] [in flight] [executor: process|in-process]
 *     [environments at most] [requests an environment takes at once]
 * </pre>
 */
public final class RequestBenchmark {
  /** The Wait of the template's workflow. */
  private static final long WAIT_MILLIS = 10_000;

  private static final int FASTER = 10;

  /** Until the simulator's compiler has little left to do. */
  private static final int WARM_UP_REQUESTS = 20_000;

  private static final String BUCKET = "artifacts";
  private static final String PROVIDER =
      "arn:aws:lambda:us-east-1:111111111111:capacity-provider:shared";

  private final Simulator simulator;
  private final String path;
  private final Deque<PlainConnection> idle = new ConcurrentLinkedDeque<>();

  private RequestBenchmark(Simulator simulator, String path) {
    this.simulator = simulator;
    this.path = path;
  }

  /** Runs it from the repository's root, after {@code mvn package}. */
  public static void main(String[] given) throws Exception {
    Arguments arguments = Arguments.of(given);
    String time = arguments.text(0, "skip");
    boolean steady = time.equals("steady");
    int requests = arguments.number(1, 10000);
    int inFlight = arguments.number(2, 100);
    FunctionExecutor executor =
        arguments.text(3, "process").equals("process")
            ? FunctionExecutor.PROCESS
            : FunctionExecutor.IN_PROCESS;
    int environments = arguments.number(4, 4);
    int each = arguments.number(5, Math.max(64, steady ? 2 * inFlight : inFlight));
    long begun = System.nanoTime();
    SimulatorConfig config =
        SimulatorConfig.defaults(Files.createTempDirectory("syncline-benchmark"))
            .withClock(ClockMode.parse(steady ? "x" + FASTER : time))
            .withExecutor(executor, environments);
    try (Simulator simulator = Simulator.start(config)) {
      Map<String, String> outputs = deploy(simulator, each);
      System.out.printf("simulator up and stack deployed   %6d ms%n", millisSince(begun));
      String path =
          "/restapis/"
              + outputs.get("ApiId")
              + "/"
              + outputs.get("StageName")
              + "/_user_request_/event";
      var benchmark = new RequestBenchmark(simulator, path);
      long waitMillis = time.equals("skip") ? 0 : steady ? WAIT_MILLIS / FASTER : WAIT_MILLIS;
      long first = System.nanoTime();
      benchmark.request(0);
      System.out.printf(
          "first request                     %6d ms%n", millisSince(first) - waitMillis);
      if (waitMillis == 0) {
        benchmark.run("warm-up", requests, inFlight, 0);
        benchmark.run("one at a time", Math.min(requests, 500), 1, 0);
      }
      if (environments > 4) {
        // Starting so many at once would be what is measured.
        benchmark.run("starting them", inFlight, inFlight, waitMillis);
      }
      double aSecond = inFlight * 1000.0 * FASTER / WAIT_MILLIS;
      if (steady) {
        benchmark.run("warm-up", WARM_UP_REQUESTS, 4 * inFlight, waitMillis);
      }
      long heapBefore = usedHeap();
      if (steady) {
        benchmark.arrive(inFlight + " in flight", requests, aSecond, waitMillis);
      } else {
        benchmark.run(inFlight + " in flight", requests, inFlight, waitMillis);
      }
      System.out.printf(
          "simulator heap after collection   %6.1f MB before, %.1f MB after %d requests%n",
          heapBefore / 1e6, usedHeap() / 1e6, requests);
      benchmark.printChildren();
    }
  }

  private static Map<String, String> deploy(Simulator simulator, int each) throws Exception {
    try (var pollClock = new SimClock(new ClockMode.Real())) {
      var deployer = new StackDeployer(simulator.dispatcher(), simulator.internalCall(), pollClock);
      for (String artifact :
          List.of(
              "bridge-lambda/target/bridge-lambda.jar",
              "backend-worker/target/backend-worker.jar",
              "cloudformation/workflow.asl.json")) {
        Path file = Path.of(artifact);
        deployer.upload(BUCKET, file.getFileName().toString(), Files.readAllBytes(file));
      }
      var parameters = new LinkedHashMap<String, String>();
      parameters.put("ArtifactBucket", BUCKET);
      parameters.put("CapacityProviderArn", PROVIDER);
      parameters.put("BridgeMaxConcurrency", String.valueOf(each));
      return deployer.create(
          "benchmark",
          Files.readString(Path.of("cloudformation/template.yaml")),
          parameters,
          step -> {});
    }
  }

  /** Keeps {@code inFlight} requests under way until all are answered. */
  private void run(String title, int requests, int inFlight, long waitMillis) throws Exception {
    var places = new Semaphore(inFlight);
    measure(title, requests, waitMillis, number -> places.acquire(), places::release);
  }

  /** Requests at equal intervals, independent of the completion of earlier ones. */
  private void arrive(String title, int requests, double aSecond, long waitMillis)
      throws Exception {
    long begun = System.nanoTime();
    measure(
        title,
        requests,
        waitMillis,
        number -> {
          long left = begun + (long) (number / aSecond * 1e9) - System.nanoTime();
          if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
          }
        },
        () -> {});
  }

  private void measure(String title, int requests, long waitMillis, Turn turn, Runnable answered)
      throws Exception {
    double[] millis = new double[requests];
    var failures = new AtomicInteger();
    Duration ownBefore = cpu(ProcessHandle.current());
    Duration bridgeBefore = bridgeCpu();
    long begun = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < requests; i++) {
        int number = i;
        turn.await(number);
        threads.execute(
            () -> {
              long from = System.nanoTime();
              try {
                if (!request(number)) {
                  failures.incrementAndGet();
                }
              } catch (IOException failed) {
                failures.incrementAndGet();
              } finally {
                millis[number] = (System.nanoTime() - from) / 1e6 - waitMillis;
                answered.run();
              }
            });
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    Arrays.sort(millis);
    System.out.printf(
        "%-18s %6d requests  p50 %7.2f ms  p99 %7.2f ms  max %8.2f ms  %7.0f/s  %d wrong%n",
        title,
        requests,
        millis[requests / 2],
        millis[(int) Math.min(requests - 1, requests * 0.99)],
        millis[requests - 1],
        requests / seconds,
        failures.get());
    System.out.printf(
        "%-18s CPU a request: simulator and client %.2f ms, bridge %.2f ms%n",
        "",
        cpu(ProcessHandle.current()).minus(ownBefore).toNanos() / 1e6 / requests,
        bridgeCpu().minus(bridgeBefore).toNanos() / 1e6 / requests);
  }

  private static Duration cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static Duration bridgeCpu() {
    return ProcessHandle.current()
        .children()
        .map(RequestBenchmark::cpu)
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** When a request may begin. */
  private interface Turn {
    void await(int number) throws InterruptedException;
  }

  private boolean request(int number) throws IOException {
    PlainConnection connection = idle.pollFirst();
    if (connection == null) {
      connection = new PlainConnection(simulator.endpoint());
    }
    PlainConnection.Answer answer =
        connection.post(path, "{\"name\":\"Name" + number + "\",\"surname\":\"Surname\"}");
    idle.addFirst(connection);
    return answer.status() == 200
        && answer.body().contains("\"fullName\":\"Name" + number + " Surname\"");
  }

  /** Resident memory of the child processes, where the system reports it. */
  private void printChildren() throws IOException {
    long all = 0;
    int children = 0;
    for (ProcessHandle child : ProcessHandle.current().children().toList()) {
      Path status = Path.of("/proc", String.valueOf(child.pid()), "status");
      if (Files.isReadable(status)) {
        for (String line : Files.readAllLines(status)) {
          if (line.startsWith("VmRSS")) {
            children++;
            all += Long.parseLong(line.replaceAll("\\D", ""));
          }
        }
      }
    }
    System.out.printf("%d environments of the bridge      %,d KB resident in all%n", children, all);
    System.out.println("virtual time skipped " + simulator.clock().skipped());
  }

  private static long usedHeap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }
}
