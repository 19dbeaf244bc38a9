// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import dev.syncline.sim.aws.Simulator;
import dev.syncline.sim.aws.SimulatorConfig;
import dev.syncline.sim.aws.SimulatorConfig.FunctionExecutor;
import dev.syncline.sim.kernel.ClockMode;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests held at once by bridges in child processes, so many to an environment, in real time: by
 * HTTP through the gateway, with a workflow that waits ten seconds for each. A first wave of as
 * many requests starts the environments and is not measured.
 */
final class HeldInEnvironments {
  private static final String HANDLER = "dev.syncline.bridge.BridgeHandler";
  private static final int MOST_TRIES = 20;

  private final int environments;
  private final int each;
  private final double rampSeconds;
  private final PrintStream out;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger repeats = new AtomicInteger();
  private final AtomicInteger right = new AtomicInteger();
  private final AtomicInteger wrong = new AtomicInteger();
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger mostHeld = new AtomicInteger();

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
      URI api = Deployment.deployForMany(simulator, each, requests);
      wave(api, "Warm", requests);
      out.printf("%d environments of %d requests each have started%n", bridges().size(), each);
      for (AtomicInteger count : List.of(repeats, right, wrong, mostHeld)) {
        count.set(0);
      }
      long before = residentKilobytes(bridges());
      double[] overhead = wave(api, "Name", requests);
      out.printf(
          "%d requests, all begun within %.1f s, at most %d held at once: %d right, %d wrong, %d"
              + " unanswered; %d repeated because told to%n",
          requests,
          rampSeconds,
          mostHeld.get(),
          right.get(),
          wrong.get(),
          requests - right.get() - wrong.get(),
          repeats.get());
      HeldRequestsBenchmark.printOverhead(out, overhead);
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

  /** All of them; returns what each took beyond the wait, in ms. */
  private double[] wave(URI api, String name, int requests) throws InterruptedException {
    double[] overhead = new double[requests];
    var done = new CountDownLatch(requests);
    long begun = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < requests; i++) {
        int number = i;
        long due = begun + (long) (rampSeconds * 1e9 * i / requests);
        while (System.nanoTime() < due) {
          Thread.sleep(1);
        }
        threads.execute(
            () -> {
              mostHeld.accumulateAndGet(held.incrementAndGet(), Math::max);
              long from = System.nanoTime();
              try {
                ask(api, name + number);
              } catch (IOException | InterruptedException e) {
                out.println("request " + number + ": " + e);
              } finally {
                overhead[number] =
                    (System.nanoTime() - from) / 1e6 - HeldRequestsBenchmark.WAIT_MILLIS;
                held.decrementAndGet();
                done.countDown();
              }
            });
      }
      done.await();
    }
    return overhead;
  }

  /** As a client does that is told to try again, or to ask later: under one key. */
  private void ask(URI api, String name) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(api)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", name)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"name\":\"" + name + "\",\"surname\":\"S\"}"))
            .build();
    for (int tries = 0; tries < MOST_TRIES; tries++) {
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

  /** What the system counts for them; 0 where it has no {@code /proc}. */
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
