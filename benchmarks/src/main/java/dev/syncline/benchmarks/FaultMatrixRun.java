// SPDX-License-Identifier: Apache-2.0
package dev.syncline.benchmarks;

import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.http.CallerIdentity;
import dev.syncline.sim.kernel.SimClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** The state that the clients of one fault matrix share. Thread-safe. */
final class FaultMatrixRun implements AutoCloseable {
  /** Marks the answers of the gateway itself, in {@link #count}. */
  static final String GAVE_UP = "of the gateway";

  private final long seed;
  private final URI api;
  private final byte[] secret;
  private final List<Map.Entry<String, String>> callers;
  private final SimClock clock;
  private final SimulatorObserver observer;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
  private final Queue<String> works = new ConcurrentLinkedQueue<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();

  FaultMatrixRun(
      long seed,
      BenchmarkDeployment.WithCallers deployed,
      SimClock clock,
      SimulatorObserver observer) {
    this.seed = seed;
    this.api = deployed.api();
    this.secret = deployed.secret().getBytes(StandardCharsets.UTF_8);
    this.callers = List.copyOf(deployed.callers().entrySet());
    this.clock = clock;
    this.observer = observer;
  }

  long seed() {
    return seed;
  }

  URI api() {
    return api;
  }

  /** The URL at which the status of this work is read. */
  URI location(String id) {
    return URI.create(api + "/" + id);
  }

  /** Virtual time. */
  Instant now() {
    return clock.now();
  }

  /** The caller of the client with this number: API key id and API key. */
  Map.Entry<String, String> caller(int number) {
    return callers.get(Math.floorMod(number, callers.size()));
  }

  /** Registers the work that the bridge starts for this caller and key, and returns its id. */
  String workOf(Map.Entry<String, String> caller, String key) {
    var identity = new CallerIdentity(Map.of("identity.apiKeyId", caller.getKey()));
    String work = CorrelationId.fromIdempotencyKey(secret, identity.scope(Set.of()), key).value();
    works.add(work);
    return work;
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** How often the backend accepted this work so far. */
  long starts(String work) {
    return observer.starts(work);
  }

  void count(String answer) {
    answers.computeIfAbsent(answer, k -> new LongAdder()).increment();
  }

  void violation(String text) {
    violations.add(text);
  }

  Map<String, Long> answers() {
    return sums(answers);
  }

  Iterable<String> works() {
    return works;
  }

  Queue<String> violations() {
    return violations;
  }

  static Map<String, Long> sums(Map<String, LongAdder> counts) {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((what, count) -> sums.put(what, count.sum()));
    return sums;
  }

  @Override
  public void close() {
    client.close();
  }
}
