// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Sends thousands of requests through the whole system in one process on virtual time, injects
 * faults at random, and checks every answer: each client must get its own correct answer, under one
 * id, within the gateway's limit, or an error that permits a retry and then the correct answer.
 *
 * <p>The seed decides what each client does and which faults strike its calls (see {@link
 * SeededDecisions}), independently of the order of threads. The interleaving of threads is not
 * replayed, so a violation may need several runs of its seed to show again. {@code FaultSimulation}
 * in the tests of the bridge replays everything, but has no sockets except those of its backends.
 *
 * <p>An error that permits a retry must be true. If it says that nothing was started, nothing was.
 * The gateway may time out a request only when 29 s of virtual time are over, or when its
 * environment was lost because another request in it timed out, which happens on a busy machine
 * because computing takes real time.
 *
 * <pre>
 * FaultMatrix [seed] [requests a round] [rounds; 0 for no end] [backends: stepfunctions,worker,sqs]
 * </pre>
 */
public record FaultMatrix(Settings settings, FaultMatrixRun run, SimulatorObserver observer) {
  /** How many callers, each with an API key, share every idempotency key. */
  static final int CALLERS = 2;

  private static final int MAX_VIOLATIONS = 20;

  /**
   * What to run.
   *
   * @param backend a value of the template's parameter {@code Backend}
   * @param inFlight the number of concurrent clients
   */
  public record Settings(long seed, String backend, int requests, int inFlight) {}

  /**
   * The result of a run.
   *
   * @param answers the number of answers of each kind
   * @param faults the number of times that each fault struck
   * @param violations wrong answers, at most {@value #MAX_VIOLATIONS}
   */
  public record Report(
      Settings settings,
      Map<String, Long> answers,
      Map<String, Long> faults,
      List<String> violations) {
    /** The sum of all faults. */
    public long faultsInAll() {
      return faults.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public String toString() {
      return settings
          + "\n  answers "
          + answers
          + "\n  faults  "
          + faultsInAll()
          + " "
          + faults
          + (violations.isEmpty() ? "" : "\n  VIOLATIONS " + String.join("\n    ", violations));
    }
  }

  /** Runs rounds, each with the next seed, until one finds a violation. */
  public static void main(String[] given) throws Exception {
    Arguments arguments = Arguments.of(given);
    long seed = Long.parseLong(arguments.text(0, "1"));
    int requests = arguments.number(1, 2000);
    int rounds = arguments.number(2, 1);
    String[] backends = arguments.text(3, "stepfunctions,worker,sqs").split(",");
    PrintStream out = System.out;
    // The functions' own log lines, one a request, would hide the report.
    if (System.getenv("KEEP") == null)
      System.setOut(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    long asked = 0;
    long struck = 0;
    for (int round = 0; rounds == 0 || round < rounds; round++, seed++) {
      for (String backend : backends) {
        long begun = System.nanoTime();
        Report report = run(new Settings(seed, backend, requests, inFlight(backend)));
        asked += requests;
        struck += report.faultsInAll();
        out.printf(
            "%s%n  %.1f s; %d requests and %d faults survived so far%n",
            report, (System.nanoTime() - begun) / 1e9, asked, struck);
        if (!report.violations().isEmpty()) {
          out.println("Again with: FaultMatrix " + seed + " " + requests + " 1 " + backend);
          System.exit(1);
        }
      }
    }
  }

  /** Runs once, from the repository's root or one of its modules, after {@code mvn package}. */
  public static Report run(Settings settings) throws Exception {
    SimulatorConfig config =
        SimulatorConfig.defaults(Files.createTempDirectory("syncline-faults"))
            .withSeed(settings.seed())
            .withExecutor(FunctionExecutor.IN_PROCESS, environments(settings.backend()));
    try (Simulator simulator = Simulator.start(config)) {
      BenchmarkDeployment.WithCallers deployed =
          BenchmarkDeployment.deployWithCallers(
              simulator, settings.backend(), settings.inFlight(), CALLERS);
      try (var observer = new SimulatorObserver(simulator, Faults.startOf(settings.backend()));
          var run = new FaultMatrixRun(settings.seed(), deployed, simulator.clock(), observer)) {
        // The first environments start before anything fails.
        new FaultMatrixClient(run, -1).run();
        Faults.plan(simulator.faults(), settings.backend(), new SeededDecisions(settings.seed()));
        var matrix = new FaultMatrix(settings, run, observer);
        matrix.runClients();
        matrix.requireACauseForLostEnvironments();
        matrix.requireOneStartPerKey();
        return new Report(
            settings,
            run.answers(),
            FaultMatrixRun.sums(observer.faults()),
            run.violations().stream().limit(MAX_VIOLATIONS).toList());
      }
    }
  }

  /** The number of concurrent clients that a backend's functions can serve in one process. */
  public static int inFlight(String backend) {
    return backend.equals("stepfunctions") ? 64 : 12;
  }

  /** A worker runs one job at a time; the bridge is shared. */
  private static int environments(String backend) {
    return backend.equals("stepfunctions") ? 8 : 32;
  }

  /**
   * A function that times out loses its environment, with all other requests in it. Their 502 may
   * reach the clients before the time-out is in the journal, so this is checked at the end.
   */
  private void requireACauseForLostEnvironments() {
    boolean lost =
        run.answers().keySet().stream()
            .anyMatch(answer -> answer.startsWith("502 " + FaultMatrixRun.GAVE_UP));
    if (lost && !observer.sawATimeout()) {
      run.violation("the gateway answered 502 although no function timed out");
    }
  }

  /**
   * The work of a key is started once, however many requests there are. An environment that is lost
   * during a start is the one exception: the next environment cannot know whether it succeeded.
   */
  private void requireOneStartPerKey() {
    if (!settings.backend().equals("worker") || observer.sawATimeout()) {
      return;
    }
    for (String work : run.works()) {
      if (observer.starts(work) > 1) {
        run.violation(work + " was started " + observer.starts(work) + " times");
      }
    }
  }

  private void runClients() throws Exception {
    var permits = new Semaphore(settings.inFlight());
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < settings.requests() && run.violations().size() < MAX_VIOLATIONS; i++) {
        int number = i;
        permits.acquire();
        all.add(
            threads.submit(
                () -> {
                  try {
                    new FaultMatrixClient(run, number).run();
                  } catch (IOException | InterruptedException | RuntimeException e) {
                    run.violation("client " + number + " failed: " + e);
                  } finally {
                    permits.release();
                  }
                }));
      }
    }
    for (Future<?> each : all) {
      each.get();
    }
  }
}
