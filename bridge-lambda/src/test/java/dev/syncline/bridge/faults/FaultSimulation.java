// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.faults;

import dev.syncline.bridge.faults.Environments.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Sends thousands of requests through several bridges with the shipped backends, under faults of
 * the channel, the services, the workers and the bridges. With simulated threads and time, a run is
 * deterministic under its seed.
 *
 * <pre>
 * FaultSimulation [seed] [requests a round] [rounds; 0 for no limit] [backends, comma between]
 * </pre>
 */
public final class FaultSimulation {
  static final String SECRET = "the secret of a simulated deployment";
  static final String MACHINE = "arn:aws:states:eu-west-1:000000000000:stateMachine:names";

  /** The backends that can be simulated. */
  public static final List<String> BACKENDS =
      List.of(
          "stepfunctions",
          "stepfunctions/per-request",
          "stepfunctions-express",
          "lambda",
          "sqs",
          "http",
          "http/not-idempotent");

  private static final int ENVIRONMENTS = 3;
  private static final long BETWEEN_REQUESTS_MILLIS = 40;
  private static final long BETWEEN_KEYS_MILLIS = 20_000;
  private static final long BETWEEN_DEATHS_MILLIS = 8_000;
  private static final int MAX_VIOLATIONS = 20;

  /**
   * The clients' time-outs use real time, so here they are longer than any stall of the machine.
   */
  private static final String REAL_TIMEOUT_MILLIS = "600000";

  /**
   * The configuration of a run.
   *
   * @param backend one of {@link #BACKENDS}
   */
  public record Settings(long seed, String backend, int requests) {}

  /**
   * The result of a run.
   *
   * @param answers the number of responses per status
   * @param faults the number of occurrences per fault
   * @param work the number of started pieces of work
   * @param startedAgain how many of them were started twice, because the environment died during
   *     the start or the backend keeps no state
   * @param violations violated properties; at most {@value #MAX_VIOLATIONS}
   * @param course a digest of all responses and their times
   */
  public record Report(
      Settings settings,
      Map<String, Long> answers,
      Map<String, Long> faults,
      List<String> violations,
      int work,
      int startedAgain,
      String course) {

    /** All faults together. */
    public long faultsInAll() {
      return faults.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The command that repeats this run. */
    public String again() {
      return "FaultSimulation "
          + settings.seed()
          + " "
          + settings.requests()
          + " 1 "
          + settings.backend();
    }

    @Override
    public String toString() {
      String text =
          "%s\n  answers %s\n  faults  %d %s\n  work    %d, started again %d\n  course  %s"
              .formatted(settings, answers, faultsInAll(), faults, work, startedAgain, course);
      return violations.isEmpty()
          ? text
          : text + "\n  VIOLATIONS\n    " + String.join("\n    ", violations) + "\n  " + again();
    }
  }

  private final Settings settings;
  private final Fibers fibers = new Fibers();
  private final SeededRandom chance;
  private final EventApi events;
  private final Services services;
  private final Environments environments;
  private final Map<String, Long> answers = new TreeMap<>();
  private final Map<String, String> answeredTo = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private final MessageDigest course;
  private final Set<String> keyed = new HashSet<>();
  private int doubled;
  private int left;

  private FaultSimulation(Settings settings, LongConsumer beforeAnswer) throws IOException {
    this.settings = settings;
    this.left = settings.requests();
    this.chance = new SeededRandom(settings.seed());
    this.events = new EventApi(fibers, chance);
    this.services =
        new Services(
            chance, fibers, events, !settings.backend().endsWith("/not-idempotent"), beforeAnswer);
    try {
      this.course = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    this.environments =
        new Environments(fibers, chance, events, services, variables(), ENVIRONMENTS);
  }

  /** Runs rounds, each with the next seed, until one finds a violation. */
  public static void main(String[] arguments) throws IOException {
    long seed = Long.parseLong(argument(arguments, 0, "1"));
    int requests = Integer.parseInt(argument(arguments, 1, "2000"));
    int rounds = Integer.parseInt(argument(arguments, 2, "1"));
    String[] backends = argument(arguments, 3, String.join(",", BACKENDS)).split(",");
    long begun = System.nanoTime();
    long asked = 0;
    long struck = 0;
    for (int round = 0; rounds == 0 || round < rounds; round++, seed++) {
      for (String backend : backends) {
        Report report = run(new Settings(seed, backend, requests));
        asked += requests;
        struck += report.faultsInAll();
        System.out.printf(
            "%s%n  %d requests and %d faults survived in %.1f s%n",
            report, asked, struck, (System.nanoTime() - begun) / 1e9);
        if (!report.violations().isEmpty()) {
          System.exit(1);
        }
      }
    }
  }

  /** Runs once. */
  public static Report run(Settings settings) throws IOException {
    return run(settings, call -> {});
  }

  /**
   * Runs once.
   *
   * @param beforeAnswer is told the number of each call to a service while the client waits for its
   *     answer
   */
  static Report run(Settings settings, LongConsumer beforeAnswer) throws IOException {
    FaultSimulation simulation = new FaultSimulation(settings, beforeAnswer);
    try {
      return simulation.run();
    } finally {
      simulation.environments.close();
      simulation.services.close();
    }
  }

  private Report run() {
    for (int i = 0; i < settings.requests(); i++) {
      Customer customer = new Customer(i, this);
      fibers.after(
          BETWEEN_REQUESTS_MILLIS * i,
          () ->
              fibers.execute(
                  () -> {
                    customer.shop();
                    left--;
                  }));
    }
    every(BETWEEN_KEYS_MILLIS, events::replaceKey);
    every(BETWEEN_DEATHS_MILLIS, environments::killOne);
    fibers.run(() -> left == 0 || violations.size() >= MAX_VIOLATIONS);
    countTheWork();
    return new Report(
        settings,
        answers,
        chance.faults(),
        List.copyOf(violations),
        services.work().size(),
        doubled,
        HexFormat.of().formatHex(course.digest(), 0, 8));
  }

  /**
   * Each piece of work was started once. Only two kinds of work may be started again by another
   * environment: work that a killed environment was starting, and keyed work without a store.
   */
  private void countTheWork() {
    for (String work : services.work().startedTwice()) {
      boolean died = environments.diedStarting(work);
      if (!died && !(keepsNothing() && keyed.contains(work))) {
        violation(work + " was started " + services.work().starts(work) + " times");
      }
      doubled++;
    }
  }

  private void every(long millis, Runnable task) {
    fibers.after(
        millis,
        () -> {
          task.run();
          every(millis, task);
        });
  }

  private Map<String, String> variables() {
    Map<String, String> all = new HashMap<>();
    String[] backend = settings.backend().split("/");
    all.put("BACKEND", backend[0]);
    all.put("APPSYNC_HTTP_HOST", "abc.appsync-api.eu-west-1.amazonaws.com");
    all.put("APPSYNC_NAMESPACE", "replies");
    all.put("APPSYNC_API_KEY", "not-used");
    all.put("AWS_ENDPOINT_URL", services.address());
    all.put("AWS_REGION", "eu-west-1");
    all.put("AWS_ACCESS_KEY_ID", "test");
    all.put("AWS_SECRET_ACCESS_KEY", "test");
    all.put("FIND_TIMEOUT_MS", REAL_TIMEOUT_MILLIS);
    all.put("START_TIMEOUT_MS", REAL_TIMEOUT_MILLIS);
    all.put("STORE_TIMEOUT_MS", REAL_TIMEOUT_MILLIS);
    all.put("IDEMPOTENCY_SECRET", SECRET);
    if (backend.length > 1 && backend[1].equals("per-request")) {
      all.put("REPLY_MODE", backend[1]);
    }
    switch (backend[0]) {
      case "stepfunctions", "stepfunctions-express" -> all.put("STATE_MACHINE_ARN", MACHINE);
      case "lambda" -> {
        all.put("WORKER_FUNCTION_ARN", "arn:aws:lambda:eu-west-1:000000000000:function:worker");
        all.put("RESULT_BUCKET", "results");
      }
      case "sqs" -> {
        all.put("WORKER_QUEUE_URL", services.address() + "/000000000000/work");
        all.put("RESULT_BUCKET", "results");
      }
      case "http" -> {
        all.put("WORKER_URL", services.address() + "/jobs");
        if (backend.length > 1) {
          all.put("RESULT_BUCKET", "results");
        } else {
          all.put("WORKER_STATUS_URL", services.address() + "/jobs/{id}");
          all.put("WORKER_IDEMPOTENT", "true");
        }
      }
      default -> throw new IllegalArgumentException("no backend to simulate: " + backend[0]);
    }
    return all;
  }

  Fibers fibers() {
    return fibers;
  }

  SeededRandom chance() {
    return chance;
  }

  Work work() {
    return services.work();
  }

  Environments environments() {
    return environments;
  }

  /** Whether no state outside an environment records work. */
  boolean keepsNothing() {
    return settings.backend().equals("stepfunctions-express");
  }

  /** This is the work of a key, which several requests may share. */
  void keyed(String work) {
    keyed.add(work);
  }

  void violation(String what) {
    violations.add(what);
  }

  /** An answer belongs to one client or one key. */
  void answered(String id, String whose) {
    String before = answeredTo.putIfAbsent(id, whose);
    if (before != null && !before.equals(whose)) {
      violation(id + " was answered to " + before + " and to " + whose);
    }
  }

  void saw(int customer, String method, Answer answer, long took) {
    String problem =
        answer.status() < 400
            ? ""
            : " " + (answer.ofGateway() ? "of the gateway" : answer.problem());
    answers.merge(method + " " + answer.status() + problem, 1L, Long::sum);
    course.update(
        (customer
                + " "
                + method
                + " "
                + answer.status()
                + problem
                + " "
                + took
                + " "
                + fibers.millis()
                + "\n")
            .getBytes(StandardCharsets.UTF_8));
  }

  private static String argument(String[] arguments, int index, String fallback) {
    return arguments.length > index ? arguments[index] : fallback;
  }
}
