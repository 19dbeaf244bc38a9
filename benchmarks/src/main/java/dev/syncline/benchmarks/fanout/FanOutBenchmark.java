// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks.fanout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Deliveries of AppSync: Events beside {@link BareFanOut}, and GraphQL beside Events, in turns:
 * each in a separate process on one core, this process on the other.
 *
 * <pre>
 * FanOutBenchmark fanout   [plain|tls] [rounds] [subscribers] [events a burst]
 * FanOutBenchmark graphql  [plain|tls] [rounds] [subscribers] [events a burst]
 * FanOutBenchmark channels [plain|tls] [rounds] [channels] [publications a second]
 * FanOutBenchmark idle     [plain|tls] [connections]
 * </pre>
 */
public final class FanOutBenchmark {
  private static final int EVENT_BYTES = 200;
  private static final int EVENTS_A_REQUEST = 5;
  private static final int ONE_BY_ONE = 250;
  private static final int BURSTS = 20;
  private static final int WARM_UPS = 4;
  private static final List<String> SERVERS = List.of("simulator", "bare");
  private static final List<String> OPTIONS = List.of("-Xms768m", "-Xmx1500m");

  private enum Way {
    ONE_AT_A_TIME,
    BURSTS
  }

  private record Result(double perSecond, double p50, double p99, double cpuMicros) {
    void print(String title) {
      System.out.printf(
          Locale.ROOT,
          "%-34s %,10.0f/s   p50 %8.2f ms   p99 %8.2f ms   %6.3f us CPU each%n",
          title,
          perSecond,
          p50,
          p99,
          cpuMicros);
    }
  }

  private final String[] arguments;
  private final boolean secure;
  private final boolean pinned;

  private FanOutBenchmark(String[] arguments) throws InterruptedException {
    this.arguments = arguments;
    this.secure = argument(1, "plain").equals("tls");
    this.pinned = ServerProcess.pinSelf();
    if (!pinned) {
      System.out.println("no taskset here: nothing is pinned to a core");
    }
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    var benchmark = new FanOutBenchmark(arguments);
    switch (benchmark.argument(0, "fanout")) {
      case "fanout" -> benchmark.fanOut("simulator", "bare");
      case "graphql" -> benchmark.fanOut("graphql", "simulator");
      case "channels" -> benchmark.channels();
      case "idle" -> benchmark.idle();
      default -> throw new IllegalArgumentException("fanout, graphql, channels or idle");
    }
    System.exit(0);
  }

  /** Compares a server with another. */
  private void fanOut(String measured, String base) throws Exception {
    int rounds = number(2, 7);
    int subscribers = number(3, 1_000);
    int burst = number(4, 100);
    var all = new EnumMap<Way, Map<String, List<Result>>>(Way.class);
    try (ServerProcess simulator = start(measured);
        ServerProcess bare = start(base);
        Load ours = new Load(simulator, secure, subscribers, 1, 4, EVENT_BYTES);
        Load theirs = new Load(bare, secure, subscribers, 1, 4, EVENT_BYTES)) {
      ours.learn(1);
      theirs.learn(1);
      for (int round = -WARM_UPS; round < rounds; round++) {
        for (Way way : Way.values()) {
          for (boolean us : List.of(round % 2 == 0, round % 2 != 0)) {
            Load load = us ? ours : theirs;
            ServerProcess server = us ? simulator : bare;
            Result result = measure(server, load, way, burst);
            if (round >= 0) {
              all.computeIfAbsent(way, any -> new java.util.HashMap<>())
                  .computeIfAbsent(server.name(), any -> new ArrayList<>())
                  .add(result);
            }
            result.print((round < 0 ? "(warm-up) " : "") + server.name() + ", " + title(way));
          }
        }
      }
    }
    all.forEach((way, results) -> summary(title(way), results, measured, base));
  }

  private static String title(Way way) {
    return way == Way.BURSTS ? "in bursts" : "one at a time";
  }

  private static Result measure(ServerProcess server, Load load, Way way, int burst)
      throws IOException {
    int perTurn = way == Way.BURSTS ? burst : 1;
    int turns = way == Way.BURSTS ? BURSTS : ONE_BY_ONE;
    ByteBuffer request = load.request(0, Math.min(perTurn, EVENTS_A_REQUEST));
    int requests = Math.max(1, perTurn / EVENTS_A_REQUEST);
    load.begin();
    long cpu = server.cpu().toNanos();
    long from = System.nanoTime();
    for (int turn = 1; turn <= turns; turn++) {
      load.stamp();
      for (int i = 0; i < requests; i++) {
        load.publish(request);
      }
      load.await((long) turn * perTurn * load.size());
    }
    double seconds = (System.nanoTime() - from) / 1e9;
    long deliveries = load.delivered();
    return new Result(
        deliveries / seconds,
        load.latencies().millis(0.5),
        load.latencies().millis(0.99),
        (server.cpu().toNanos() - cpu) / 1e3 / deliveries);
  }

  private void channels() throws Exception {
    int rounds = number(2, 5);
    int channels = number(3, 10_000);
    int rate = number(4, 10_000);
    Map<String, List<Result>> results = new java.util.HashMap<>();
    // One after the other: their connections together would be more than a process may have open.
    for (String name : SERVERS) {
      try (ServerProcess server = start(name);
          Load load = new Load(server, secure, channels, channels, 32, EVENT_BYTES)) {
        load.learn(channels);
        for (int round = -WARM_UPS; round < rounds; round++) {
          Result result = paced(server, load, channels, rate);
          if (round >= 0) {
            results.computeIfAbsent(name, any -> new ArrayList<>()).add(result);
          }
          result.print((round < 0 ? "(warm-up) " : "") + name);
        }
      }
    }
    summary(
        channels + " channels, " + rate + " publications/s asked for",
        results,
        "simulator",
        "bare");
  }

  /** Publishes at that rate until each channel has three events. */
  private static Result paced(ServerProcess server, Load load, int channels, int rate)
      throws IOException {
    List<ByteBuffer> requests = new ArrayList<>();
    for (int i = 0; i < channels; i++) {
      requests.add(load.request(i, 1));
    }
    load.begin();
    long cpu = server.cpu().toNanos();
    long from = System.nanoTime();
    int publications = channels * 3;
    double nanosEach = 1e9 / rate;
    for (int i = 0; i < publications; i++) {
      while (System.nanoTime() < from + (long) (i * nanosEach)) {
        load.receive(0);
      }
      load.stamp(i % channels);
      load.publish(requests.get(i % channels));
      if (i - load.delivered() > channels / 2) {
        load.await(i - channels / 2);
      }
    }
    load.await(publications);
    double seconds = (System.nanoTime() - from) / 1e9;
    return new Result(
        publications / seconds,
        load.latencies().millis(0.5),
        load.latencies().millis(0.99),
        (server.cpu().toNanos() - cpu) / 1e3 / publications);
  }

  private void idle() throws Exception {
    int connections = number(2, 10_000);
    for (String name : SERVERS) {
      try (ServerProcess server = start(name)) {
        for (int warmUp = 0; warmUp < WARM_UPS; warmUp++) {
          new Load(server, secure, Math.min(connections, 2_000), 1_000, 1, EVENT_BYTES).close();
        }
        long before = settledHeap(server);
        long cpu = server.cpu().toNanos();
        try (Load load = new Load(server, secure, connections, connections, 1, EVENT_BYTES)) {
          double cpuEach = (server.cpu().toNanos() - cpu) / 1e3 / connections;
          long after = server.heap();
          System.out.printf(
              Locale.ROOT,
              "%-10s %d connections, each subscribed to its own channel: %,.0f bytes of heap"
                  + " each, %,.0f accepted a second, %.0f us CPU each%n",
              name,
              load.size(),
              (after - before) / (double) connections,
              load.connectRate(),
              cpuEach);
        }
      }
    }
  }

  /** When what was closed before is gone: two readings that are about the same. */
  private static long settledHeap(ServerProcess server) throws IOException {
    long before = server.heap();
    for (int i = 0; i < 50; i++) {
      long now = server.heap();
      if (Math.abs(now - before) < 10_000) {
        return now;
      }
      before = now;
    }
    return before;
  }

  private static void summary(
      String title, Map<String, List<Result>> results, String measured, String base) {
    List<Result> ours = results.getOrDefault(measured, List.of());
    List<Result> theirs = results.getOrDefault(base, List.of());
    System.out.printf("%n%s, medians of %d rounds%n", title, ours.size());
    median(ours).print("  " + measured);
    median(theirs).print("  " + base);
    double[] ratios = new double[ours.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = ours.get(i).perSecond() / theirs.get(i).perSecond();
    }
    Arrays.sort(ratios);
    System.out.printf(
        Locale.ROOT,
        "  %.0f %% of the rate of %s (median of the rounds' ratios; %.0f to %.0f %%),"
            + " %.0f %% of its CPU%n",
        ratios[ratios.length / 2] * 100,
        base,
        ratios[0] * 100,
        ratios[ratios.length - 1] * 100,
        median(ours).cpuMicros() / median(theirs).cpuMicros() * 100);
  }

  private static Result median(List<Result> results) {
    return new Result(
        median(results, Result::perSecond),
        median(results, Result::p50),
        median(results, Result::p99),
        median(results, Result::cpuMicros));
  }

  private static double median(List<Result> results, ToDoubleFunction<Result> value) {
    double[] values = results.stream().mapToDouble(value).sorted().toArray();
    return values[values.length / 2];
  }

  private ServerProcess start(String name) throws IOException {
    return ServerProcess.start(name, pinned, OPTIONS);
  }

  private int number(int index, int fallback) {
    return Integer.parseInt(argument(index, String.valueOf(fallback)));
  }

  private String argument(int index, String fallback) {
    return arguments.length > index ? arguments[index] : fallback;
  }
}
