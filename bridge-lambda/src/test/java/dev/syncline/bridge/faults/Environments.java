// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.faults;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.bridge.BridgeHandler;
import dev.syncline.bridge.SimulatedBridge;
import dev.syncline.bridge.backend.Backend;
import dev.syncline.bridge.backend.BackendContext;
import dev.syncline.bridge.backend.FindResult;
import dev.syncline.bridge.backend.SimulatedBackends;
import dev.syncline.bridge.backend.StartResult;
import dev.syncline.bridge.backend.WorkRequest;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.WorkOutcome;
import dev.syncline.publisher.ApiKeySource;
import dev.syncline.publisher.Authorization;
import dev.syncline.testing.TestContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * The bridge's execution environments and the gateway before them. Environments are killed at
 * random, with their state, and replaced. Not thread-safe.
 */
final class Environments implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long GATEWAY_MILLIS = 29_000;
  private static final long FUNCTION_MILLIS = 28_000;

  /** The gateway's response; {@code environment} is the one that had the request. */
  record Answer(int status, JsonNode headers, String body, int environment) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The last part of the problem's type. */
    String problem() {
      String type = json().path("type").asText();
      return type.substring(type.lastIndexOf(':') + 1);
    }

    /** Whether the gateway made it, because the function failed. */
    boolean ofGateway() {
      return json().path("message").asText().equals("Internal server error");
    }
  }

  private final class Environment {
    private final int number;
    private final EventApi.Network network = events.network();
    private final BridgeHandler handler;
    private final Map<CompletableFuture<Answer>, Fibers.Fiber> held = new LinkedHashMap<>();
    private final List<Fibers.Fiber> threads = new ArrayList<>();

    /** The work that is being started here, with the number of requests. */
    private final Map<String, Integer> starting = new HashMap<>();

    Environment(int number) {
      this.number = number;
      String name = "environment " + number;
      SplittableRandom random = chance.about(name, "its own random source");
      this.handler =
          SimulatedBridge.of(
              variables,
              fibers.clock(),
              fibers,
              random,
              config ->
                  new Starting(
                      SimulatedBackends.of(
                          config.backend(),
                          new BackendContext(variables, fibers.clock(), this::thread),
                          name,
                          Timed::new,
                          id -> fibers.sleep(services.takeSpent(id))),
                      starting),
              network,
              Authorization.apiKey(ApiKeySource.cached(() -> secret(name))),
              this::thread);
    }

    /** A thread of this environment, which is killed with it. */
    private void thread(Runnable task) {
      threads.removeIf(Fibers.Fiber::isOver);
      threads.add(fibers.start(task));
    }

    private String secret(String name) {
      if (chance.strikes(name, "secret not read", 0.05)) {
        throw new IllegalStateException("the secret could not be read");
      }
      return events.key();
    }

    void kill() {
      network.cut();
      diedStarting.addAll(starting.keySet());
      threads.forEach(Fibers.Fiber::kill);
      held.forEach(
          (answer, thread) -> {
            thread.kill();
            answer.complete(gateway(502, "Internal server error", number));
          });
      handler.close();
    }
  }

  private final Fibers fibers;
  private final SeededRandom chance;
  private final EventApi events;
  private final Services services;
  private final Map<String, String> variables;
  private final List<Environment> environments = new ArrayList<>();
  private final List<Environment> dead = new ArrayList<>();
  private final Set<String> diedStarting = new HashSet<>();
  private int made;
  private long calls;

  Environments(
      Fibers fibers,
      SeededRandom chance,
      EventApi events,
      Services services,
      Map<String, String> variables,
      int count) {
    this.fibers = fibers;
    this.chance = chance;
    this.events = events;
    this.services = services;
    this.variables = variables;
    for (int i = 0; i < count; i++) {
      environments.add(new Environment(made++));
    }
  }

  /** Whether this one has been killed. */
  boolean killed(int environment) {
    return dead.stream().anyMatch(one -> one.number == environment);
  }

  /** Whether an environment died while it started this work. */
  boolean diedStarting(String work) {
    return diedStarting.contains(work);
  }

  /** Kills one of them. */
  void killOne() {
    if (!chance.strikes("call " + ++calls, "environment killed", 0.5)) {
      return;
    }
    int which = chance.about("call " + calls, "which").nextInt(environments.size());
    Environment victim = environments.get(which);
    environments.set(which, new Environment(made++));
    dead.add(victim);
    victim.kill();
  }

  /** One request through the gateway; the calling thread waits for it. */
  Answer call(
      String client,
      Caller caller,
      String method,
      String path,
      String body,
      Map<String, String> headers) {
    Environment environment =
        environments.get(chance.about(client, "environment").nextInt(environments.size()));
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    byte[] event = event(caller, method, path, body, headers);
    long began = fibers.millis();
    Fibers.Fiber thread =
        fibers.start(
            () -> {
              ByteArrayOutputStream out = new ByteArrayOutputStream();
              try {
                environment.handler.handleRequest(
                    new ByteArrayInputStream(event), out, context(began + FUNCTION_MILLIS));
                answer.complete(answer(out, environment.number));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    environment.held.put(answer, thread);
    fibers.after(
        GATEWAY_MILLIS,
        () -> answer.complete(gateway(504, "Endpoint request timed out", environment.number)));
    CompletableFuture<Void> answered = answer.thenAccept(done -> {});
    fibers.until(answered);
    environment.held.remove(answer);
    return answer.join();
  }

  private static Answer answer(ByteArrayOutputStream out, int environment) throws IOException {
    JsonNode proxy = JSON.readTree(out.toByteArray());
    return new Answer(
        proxy.path("statusCode").asInt(),
        proxy.path("headers"),
        proxy.path("body").asText(),
        environment);
  }

  private static Answer gateway(int status, String message, int environment) {
    return new Answer(
        status, JSON.createObjectNode(), "{\"message\":\"" + message + "\"}", environment);
  }

  private byte[] event(
      Caller caller, String method, String path, String body, Map<String, String> headers) {
    ObjectNode event = JSON.createObjectNode();
    event.put("resource", "/event").put("path", path).put("httpMethod", method);
    ObjectNode all = event.putObject("headers").put("Content-Type", "application/json");
    headers.forEach(all::put);
    ObjectNode context = event.putObject("requestContext");
    caller.authenticated(context);
    context
        .put("path", "/dev" + path)
        .put("requestId", "gateway")
        .put("requestTimeEpoch", fibers.millis());
    if (method.equals("POST")) {
      event.put("body", body);
    } else {
      event.putNull("body");
    }
    event.put("isBase64Encoded", false);
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }

  private Context context(long deadline) {
    return TestContext.of("invocation", () -> (int) (deadline - fibers.millis()));
  }

  @Override
  public void close() {
    environments.forEach(one -> one.handler.close());
  }

  /** Tracks the work that is being started. */
  private record Starting(Backend backend, Map<String, Integer> starting) implements Backend {
    @Override
    public StartResult start(WorkRequest request) {
      starting.merge(request.id().value(), 1, Integer::sum);
      StartResult result = backend.start(request);
      starting.computeIfPresent(request.id().value(), (id, count) -> count == 1 ? null : count - 1);
      return result;
    }

    @Override
    public boolean repeatable(WorkRequest request) {
      return backend.repeatable(request);
    }

    @Override
    public FindResult find(CorrelationId id) {
      return backend.find(id);
    }

    @Override
    public void close() {
      backend.close();
    }
  }

  /** A backend whose calls take simulated time. */
  private final class Timed implements Backend {
    private final Backend backend;

    Timed(Backend backend) {
      this.backend = backend;
    }

    @Override
    public StartResult start(WorkRequest request) {
      StartResult result = backend.start(request);
      String id = request.id().value();
      fibers.sleep(services.takeSpent(id));
      if (!(result instanceof StartResult.Promised promised)) {
        return result;
      }
      CompletableFuture<WorkOutcome> later = new CompletableFuture<>();
      promised
          .answer()
          .whenComplete(
              (outcome, failure) ->
                  fibers.after(
                      services.takeSpent(id) + services.work().lasted(id),
                      () -> {
                        if (failure == null) {
                          later.complete(outcome);
                        } else {
                          later.completeExceptionally(failure);
                        }
                      }));
      return new StartResult.Promised(later);
    }

    @Override
    public boolean repeatable(WorkRequest request) {
      return backend.repeatable(request);
    }

    @Override
    public FindResult find(CorrelationId id) {
      FindResult found = backend.find(id);
      fibers.sleep(services.takeSpent(id.value()));
      return found;
    }

    @Override
    public void close() {
      backend.close();
    }
  }
}
