// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests held at once by bridges in child processes, so many to an environment, in real time: by
 * HTTP through the gateway, with a workflow that waits ten seconds for each. A first series of as
 * many requests starts the environments and is not measured.
 */
final class HeldInEnvironments {
  private static final String HANDLER = "dev.syncline.bridge.BridgeHandler";
  private static final int MAX_TRIES = 20;

  private final int environments;
  private final int each;
  private final double rampSeconds;
  private final PrintStream out;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger repeats = new AtomicInteger();
  private final AtomicInteger right = new AtomicInteger();
  private final AtomicInteger wrong = new AtomicInteger();

  HeldInEnvironments(int environments, int each, double rampSeconds, PrintStream out) {
    this.environments = environments;
    this.each = each;
    this.rampSeconds = rampSeconds;
    this.out = out;
  }

  void run() throws Exception {
    SimulatorConfig config =
        SimulatorConfig.defaults(Files.createTempDirectory("syncline-held"))
            .withClock(new ClockMode.Real())
            .withExecutor(FunctionExecutor.PROCESS, environments);
    int requests = environments * each;
    try (Simulator simulator = Simulator.start(config)) {
      URI api = BenchmarkDeployment.deployForMany(simulator, each, requests);
      series(api, "Warm", requests);
      out.printf("%d environments of %d requests each have started%n", bridges().size(), each);
      for (AtomicInteger count : List.of(repeats, right, wrong)) {
        count.set(0);
      }
      long before = residentKilobytes(bridges());
      RequestSeries series = series(api, "Name", requests);
      out.printf(
          "%d requests, all begun within %.1f s, at most %d held at once: %d right, %d wrong, %d"
              + " unanswered; %d repeated because told to%n",
          requests,
          rampSeconds,
          series.maxHeld(),
          right.get(),
          wrong.get(),
          requests - right.get() - wrong.get(),
          repeats.get());
      series.printOverhead(out, HeldRequestsBenchmark.WAIT_MILLIS);
      List<ProcessHandle> bridges = bridges();
      long after = residentKilobytes(bridges);
      out.printf(
          "resident: %d bridges %.0f MB in all (%.0f MB each; %.0f MB before they held them);"
              + " simulator and clients %.0f MB%n",
          bridges.size(),
          after / 1024.0,
          after / 1024.0 / Math.max(1, bridges.size()),
          before / 1024.0,
          residentKilobytes(List.of(ProcessHandle.current())) / 1024.0);
    } finally {
      client.close();
    }
  }

  private RequestSeries series(URI api, String name, int requests) throws InterruptedException {
    return new RequestSeries(
        requests,
        rampSeconds,
        HeldRequestsBenchmark.WAIT_MILLIS,
        out,
        number -> ask(api, name + number),
        () -> {});
  }

  /** Retries or polls as the answer says, under one key. */
  private void ask(URI api, String name) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(api)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", name)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"name\":\"" + name + "\",\"surname\":\"S\"}"))
            .build();
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        boolean own = answer.body().contains("\"fullName\":\"" + name + " S\"");
        (own ? right : wrong).incrementAndGet();
        return;
      }
      repeats.incrementAndGet();
    }
  }

  private static List<ProcessHandle> bridges() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains(HANDLER))
        .toList();
  }

  /** Their memory as the system reports it; 0 without {@code /proc}. */
  private static long residentKilobytes(List<ProcessHandle> processes) throws IOException {
    long sum = 0;
    for (ProcessHandle process : processes) {
      Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
      if (Files.isReadable(status)) {
        sum +=
            Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .flatMap(line -> Arrays.stream(line.split("\\s+")))
                .filter(word -> word.matches("\\d+"))
                .mapToLong(Long::parseLong)
                .sum();
      }
    }
    return sum;
  }
}
