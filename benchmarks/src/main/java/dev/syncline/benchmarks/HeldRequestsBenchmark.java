// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import com.amazonaws.services.lambda.runtime.Context;
import dev.syncline.bridge.BridgeHandler;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many requests held at once in real time: one bridge object, one reply subscription, and a
 * workflow that waits ten seconds for each. What a request takes beyond that is the overhead; it
 * includes starting all executions and publishing all answers on the same machine.
 *
 * <pre>
 * HeldRequestsBenchmark [requests] [seconds over which they begin]
 * HeldRequestsBenchmark environments [number; 15] [requests each; 64] [seconds over which they begin]
 * </pre>
 *
 * The second holds them in bridges that are child processes; see {@link HeldInEnvironments}. More
 * than 1,000 at once an account may not have, here as on AWS.
 */
public final class HeldRequestsBenchmark {
  static final long WAIT_MILLIS = 10_000;
  private static final int MAX_TRIES = 20;

  private HeldRequestsBenchmark() {}

  /** Runs it from the repository's root, after {@code mvn package}. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0 && arguments[0].equals("environments")) {
      new HeldInEnvironments(
              arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15,
              arguments.length > 2 ? Integer.parseInt(arguments[2]) : 64,
              arguments.length > 3 ? Double.parseDouble(arguments[3]) : 5,
              System.out)
          .run();
      return;
    }
    int requests = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    double rampSeconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 8;
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    SimulatorConfig config =
        SimulatorConfig.defaults(Files.createTempDirectory("syncline-held"))
            .withClock(new ClockMode.Real());
    try (Simulator simulator = Simulator.start(config);
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1)) {
      timer.setRemoveOnCancelPolicy(true);
      Map<String, String> environment =
          new HashMap<>(BenchmarkDeployment.bridgeEnvironment(simulator));
      // All are to be answered: nothing here limits the wait as a gateway does.
      environment.put("WAIT_BUDGET_MS", "300000");
      environment.put("METRICS", "off");
      try (BridgeHandler bridge = new BridgeHandler(environment, Clock.systemUTC(), timer)) {
        call(bridge, "warm up");
        var connections = new AtomicInteger();
        var unused =
            simulator
                .journal()
                .listen(
                    entry -> {
                      if (entry.event().type().equals("appsync.ConnectionOpened")) {
                        connections.incrementAndGet();
                      }
                    });
        long heapBefore = usedHeap();
        var right = new AtomicInteger();
        var repeats = new AtomicInteger();
        long[] heapHeld = {0};
        var series =
            new RequestSeries(
                requests,
                rampSeconds,
                WAIT_MILLIS,
                out,
                number -> {
                  String answer = call(bridge, "Name" + number);
                  // Retries or polls as the answer says.
                  for (int tries = 1; !answered(answer) && tries < MAX_TRIES; tries++) {
                    repeats.incrementAndGet();
                    answer = call(bridge, "Name" + number);
                  }
                  if (answered(answer) && answer.contains("Name" + number + " S")) {
                    right.incrementAndGet();
                  }
                },
                () -> heapHeld[0] = usedHeap());
        out.printf(
            "%d requests, all begun within %.1f s, at most %d held at once: %d right%n",
            requests, rampSeconds, series.maxHeld(), right.get());
        series.printOverhead(out, WAIT_MILLIS);
        out.printf(
            "heap %.1f MB before, %.1f MB while they are held (bridge, simulator and clients in"
                + " one process): %.1f KB a request%n",
            heapBefore / 1e6, heapHeld[0] / 1e6, (heapHeld[0] - heapBefore) / 1e3 / requests);
        out.printf("repeated because told to         %d%n", repeats.get());
        out.printf("connections opened meanwhile      %d%n", connections.get());
      }
    } finally {
      System.setOut(out);
    }
  }

  private static boolean answered(String answer) {
    return answer.contains("\"statusCode\":200");
  }

  private static String call(BridgeHandler bridge, String name) throws IOException {
    var answer = new ByteArrayOutputStream();
    bridge.handleRequest(
        new ByteArrayInputStream(ProxyEvents.post(name).getBytes(StandardCharsets.UTF_8)),
        answer,
        context());
    return answer.toString(StandardCharsets.UTF_8);
  }

  private static Context context() {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAwsRequestId" -> "benchmark";
                  case "getRemainingTimeInMillis" -> 300_000;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
