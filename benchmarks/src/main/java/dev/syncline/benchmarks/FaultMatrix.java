// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.http.CallerIdentity;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * Requests by the thousand through the whole system in one process on virtual time, while faults
 * strike at random, and an oracle that knows what each client must see: its own right answer, under
 * one id, within the gateway's limit; or a word that it may ask again, and then the right answer.
 *
 * <p>The seed decides which client does what, and which faults strike which of its calls (see
 * {@link Chance}): whoever comes first, a seed has the same faults again. How threads interleave is
 * not replayed, so what a seed has found may need several runs to be seen again. The bridge's
 * {@code FaultSimulation}, in its tests, replays everything, and has no sockets but those of its
 * backends.
 *
 * <p>A word that the client may ask again has to be true. Where it is told that nothing was
 * started, nothing was; and the gateway gives up only when the request's time is over, or its
 * environment was lost to one whose time was: on a busy machine that may be, for what computes
 * takes real time.
 *
 * <pre>
 * FaultMatrix [seed] [requests a round] [rounds; 0 for ever] [backends: stepfunctions,worker,sqs]
 * </pre>
 */
public final class FaultMatrix {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CALLERS = 2;
  private static final int MAX_TRIES = 25;
  // Of 20 s each: a message whose worker failed comes again after twelve minutes.
  private static final int MAX_TRIES_AT_LOCATION = 150;
  private static final int MAX_VIOLATIONS = 20;
  private static final String GAVE_UP = "of the gateway";
  // The template's.
  private static final Duration GATEWAYS_LIMIT = Duration.ofSeconds(29);

  /**
   * What is run.
   *
   * @param backend as the template's parameter has it
   * @param inFlight how many clients there are at once
   */
  public record Settings(long seed, String backend, int requests, int inFlight) {}

  /**
   * What came of it.
   *
   * @param answers how often which kind of answer was seen
   * @param faults how often which fault struck
   * @param violations what must not be; at most {@value #MAX_VIOLATIONS} are told
   */
  public record Report(
      Settings settings,
      Map<String, Long> answers,
      Map<String, Long> faults,
      List<String> violations) {

    /** All faults together. */
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

  private final Settings settings;
  private final URI api;
  private final byte[] secret;
  private final List<Map.Entry<String, String>> callers;
  private final Queue<String> works = new ConcurrentLinkedQueue<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final SimClock clock;
  private final Witness witness;

  private FaultMatrix(
      Settings settings, Deployment.WithCallers deployed, SimClock clock, Witness witness) {
    this.settings = settings;
    this.api = deployed.api();
    this.secret = deployed.secret().getBytes(StandardCharsets.UTF_8);
    this.callers = List.copyOf(deployed.callers().entrySet());
    this.clock = clock;
    this.witness = witness;
  }

  /** Runs rounds, each with the next seed, until one finds a violation. */
  public static void main(String[] arguments) throws Exception {
    long seed = Long.parseLong(argument(arguments, 0, "1"));
    int requests = Integer.parseInt(argument(arguments, 1, "2000"));
    int rounds = Integer.parseInt(argument(arguments, 2, "1"));
    String[] backends = argument(arguments, 3, "stepfunctions,worker,sqs").split(",");
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
      Deployment.WithCallers deployed =
          Deployment.deployWithCallers(simulator, settings.backend(), settings.inFlight(), CALLERS);
      try (var witness = new Witness(simulator, Faults.startOf(settings.backend()))) {
        return run(settings, deployed, simulator, witness);
      }
    }
  }

  private static Report run(
      Settings settings, Deployment.WithCallers deployed, Simulator simulator, Witness witness)
      throws Exception {
    var matrix = new FaultMatrix(settings, deployed, simulator.clock(), witness);
    // The first environments start before anything fails.
    matrix.new Client(-1).run();
    Faults.plan(simulator.faults(), settings.backend(), new Chance(settings.seed()));
    matrix.runAll();
    matrix.requireACauseForLostEnvironments();
    matrix.countTheWork();
    return new Report(
        settings,
        sums(matrix.answers),
        sums(witness.faults()),
        matrix.violations.stream().limit(MAX_VIOLATIONS).toList());
  }

  /** How many clients at once a backend's functions can serve in one process. */
  public static int inFlight(String backend) {
    return backend.equals("stepfunctions") ? 64 : 12;
  }

  /** One worker takes one job at a time; the bridge is shared. */
  private static int environments(String backend) {
    return backend.equals("stepfunctions") ? 8 : 32;
  }

  /**
   * What has used up its time takes the environment with it, and whatever else is in there. The
   * others may be told so before it is, which is why this is looked at in the end.
   */
  private void requireACauseForLostEnvironments() {
    boolean told = answers.keySet().stream().anyMatch(what -> what.startsWith("502 " + GAVE_UP));
    if (told && !witness.sawATimeout()) {
      violations.add("the gateway answered 502 though no function has run out of time");
    }
  }

  /**
   * However often it was asked for, the work of a key was started once. Only an environment that
   * was lost in the middle of a start may leave it to another, which cannot know.
   */
  private void countTheWork() {
    if (!settings.backend().equals("worker") || witness.sawATimeout()) {
      return;
    }
    for (String work : works) {
      if (witness.starts(work) > 1) {
        violations.add(work + " was started " + witness.starts(work) + " times");
      }
    }
  }

  private void runAll() throws Exception {
    var places = new Semaphore(settings.inFlight());
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < settings.requests() && violations.size() < MAX_VIOLATIONS; i++) {
        int number = i;
        places.acquire();
        all.add(
            threads.submit(
                () -> {
                  try {
                    new Client(number).run();
                  } catch (IOException | InterruptedException | RuntimeException e) {
                    violations.add("client " + number + " broke: " + e);
                  } finally {
                    places.release();
                  }
                }));
      }
    }
    for (Future<?> each : all) {
      each.get();
    }
    client.close();
  }

  /** One client: what it asks for, and what it may be told. */
  private final class Client {
    private final int number;
    private final SplittableRandom random;
    private final String key;
    private final Map.Entry<String, String> caller;
    private final String name;
    private final String work;
    private volatile boolean twins;
    private volatile boolean inDoubt;
    private String id = "";

    Client(int number) {
      this.number = number;
      this.random = new SplittableRandom(settings.seed() * 1_000_003 + number);
      // Two clients under one key, each another caller: they have nothing to do with each other.
      this.key = "seed-" + settings.seed() + "-" + Math.floorDiv(number, CALLERS);
      this.caller = callers.get(Math.floorMod(number, CALLERS));
      this.work = CorrelationId.fromIdempotencyKey(secret, scope(caller.getKey()), key).value();
      works.add(work);
      this.name = "N" + number + " \"quoted\" \uD83D\uDC69";
    }

    void run() throws IOException, InterruptedException {
      int kind = random.nextInt(100);
      if (kind < 3) {
        expectRefused(post("not json", ""));
      } else if (kind < 20) {
        // Two at once under one key: one piece of work, one answer for both.
        twins = true;
        Thread twin = Thread.ofVirtual().start(this::askQuietly);
        ask("");
        twin.join();
      } else if (kind < 23) {
        ask("");
        expect(otherBody(), 422, "idempotency-key-reused");
      } else if (kind < 33) {
        ask("wait=" + (1 + random.nextInt(9)));
      } else if (kind < 38) {
        ask("respond-async");
      } else if (kind < 44) {
        ask("");
        spy();
      } else {
        ask("");
      }
    }

    private void askQuietly() {
      try {
        ask("");
      } catch (IOException | InterruptedException e) {
        violation("the twin broke: " + e);
      }
    }

    /** Asks until there is an answer, as a client does that heeds what it is told. */
    private void ask(String prefer) throws IOException, InterruptedException {
      for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
        long startsBefore = witness.starts(work);
        Instant asked = clock.now();
        HttpResponse<String> response = post(body(), prefer);
        JsonNode told = JSON.readTree(response.body());
        switch (response.statusCode()) {
          case 200 -> {
            right(response, "answered");
            return;
          }
          case 202 -> {
            count(answers, prefer.isEmpty() ? "202 at the deadline" : "202 as preferred");
            if (askAtLocation(response)) {
              return;
            }
          }
          case 502, 503, 504 -> {
            String what = told(response, told);
            count(answers, what);
            if (!isTrue(what, startsBefore, asked)) {
              violation(what + " is not true: " + response.body());
              return;
            }
            inDoubt |= response.statusCode() != 503;
            if (what.endsWith("start-unconfirmed") && askAtLocation(response)) {
              return;
            }
          }
          default -> {
            violation(response.statusCode() + " " + response.body());
            return;
          }
        }
      }
      violation("no answer after " + MAX_TRIES + " tries");
    }

    /** False if the work's start was in doubt, and it is known by now that there is none. */
    private boolean askAtLocation(HttpResponse<String> accepted)
        throws IOException, InterruptedException {
      String location = accepted.headers().firstValue("Location").orElse("");
      String named = location.substring(location.lastIndexOf('/') + 1);
      for (int attempt = 0; attempt < MAX_TRIES_AT_LOCATION; attempt++) {
        Instant asked = clock.now();
        HttpResponse<String> response =
            client.send(
                HttpRequest.newBuilder(URI.create(api + "/" + named))
                    .header("x-api-key", caller.getValue())
                    .header("Prefer", "wait=20")
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        switch (response.statusCode()) {
          case 200 -> {
            right(response, "answered at Location");
            return true;
          }
          case 202 -> count(answers, "202 at Location");
          case 503 -> count(answers, "503 at Location");
          case 502, 504 -> {
            String what = told(response, JSON.readTree(response.body()));
            count(answers, what + " at Location");
            if (!isTrue(what, witness.starts(work), asked)) {
              violation("at Location " + what + " is not true: " + response.body());
              return true;
            }
          }
          case 404 -> {
            if (accepted.statusCode() != 502) {
              violation("what was accepted is not known: " + response.body());
              return true;
            }
            count(answers, "404 at Location");
            return false;
          }
          default -> {
            violation("at Location " + response.statusCode() + " " + response.body());
            return true;
          }
        }
      }
      violation("no answer at Location after " + MAX_TRIES_AT_LOCATION + " tries");
      return true;
    }

    private synchronized void right(HttpResponse<String> response, String how) throws IOException {
      JsonNode answer = JSON.readTree(response.body());
      if (!answer.path("fullName").asText().equals(name + " S")) {
        violation("a wrong answer: " + response.body());
      }
      String told = answer.path("id").asText();
      if (!id.isEmpty() && !id.equals(told)) {
        violation("two ids for one key: " + id + " and " + told);
      }
      id = told;
      count(answers, how);
    }

    /** Another caller who knows the id is told what is told of work that does not exist. */
    private void spy() throws IOException, InterruptedException {
      String other = callers.get(Math.floorMod(number + 1, CALLERS)).getValue();
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(api + "/" + work))
                  .header("x-api-key", other)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() == 200 || response.statusCode() == 202) {
        violation("another caller was told " + response.body());
      }
      count(answers, response.statusCode() + " to another caller");
    }

    private String told(HttpResponse<String> response, JsonNode told) {
      boolean gateway = response.statusCode() == 504 || told.has("message");
      return response.statusCode() + " " + (gateway ? GAVE_UP : kind(told));
    }

    private boolean isTrue(String what, long startsBefore, Instant asked) {
      return switch (what) {
        // The other of two at once, or what the gateway gave up, may have started it meanwhile.
        case "503 no-reply-subscription", "503 not-started", "503 idempotency-secret-unavailable" ->
            twins || inDoubt || witness.starts(work) == startsBefore;
        case "502 start-unconfirmed" -> true;
        // See requireACauseForLostEnvironments.
        case "502 " + GAVE_UP -> true;
        case "504 " + GAVE_UP ->
            Duration.between(asked, clock.now()).compareTo(GATEWAYS_LIMIT) >= 0;
        default -> false;
      };
    }

    /** The gateway's schema refuses it before the bridge sees it. */
    private void expectRefused(HttpResponse<String> response) throws IOException {
      JsonNode told = JSON.readTree(response.body());
      if (response.statusCode() != 400 || told.path("detail").asText().isEmpty()) {
        violation("not refused with 400: " + response.body());
      }
      count(answers, "400 no JSON");
    }

    private void expect(HttpResponse<String> response, int status, String kind) throws IOException {
      JsonNode told = JSON.readTree(response.body());
      if (response.statusCode() != status || !kind(told).equals(kind)) {
        // Whether a key has another body may need the backend, which may not answer now.
        if (status == 422 && (response.statusCode() == 503 || response.statusCode() == 502)) {
          count(answers, "422 not now");
          return;
        }
        violation("not " + status + " " + kind + ": " + response.body());
      }
      count(answers, status + " " + kind);
    }

    private HttpResponse<String> otherBody() throws IOException, InterruptedException {
      return post("{\"name\":\"other\",\"surname\":\"body\"}", "");
    }

    private HttpResponse<String> post(String body, String prefer)
        throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(api)
              .header("Content-Type", "application/json")
              .header("x-api-key", caller.getValue())
              .header("Idempotency-Key", key)
              .POST(HttpRequest.BodyPublishers.ofString(body));
      if (!prefer.isEmpty()) {
        request.header("Prefer", prefer);
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String body() {
      return JSON.createObjectNode().put("name", name).put("surname", "S").toString();
    }

    private String kind(JsonNode problem) {
      String type = problem.path("type").asText();
      return type.substring(type.lastIndexOf(':') + 1);
    }

    private void violation(String what) {
      violations.add("client " + number + ": " + what);
    }
  }

  /** What the bridge makes of a caller that it knows by an API key's id. */
  private static String scope(String apiKeyId) {
    return new CallerIdentity(Map.of("identity.apiKeyId", apiKeyId)).scope(Set.of());
  }

  private static void count(Map<String, LongAdder> counts, String what) {
    counts.computeIfAbsent(what, k -> new LongAdder()).increment();
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counts) {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((what, count) -> sums.put(what, count.sum()));
    return sums;
  }

  private static String argument(String[] arguments, int index, String fallback) {
    return arguments.length > index ? arguments[index] : fallback;
  }
}
