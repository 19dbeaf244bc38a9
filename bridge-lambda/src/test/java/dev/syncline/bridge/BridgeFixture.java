// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.publisher.ApiKeySource;
import dev.syncline.publisher.Authorization;
import dev.syncline.testing.TestContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A bridge whose time, backend and Event API the test controls. */
final class BridgeFixture {

  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "APPSYNC_HTTP_HOST", "abc.appsync-api.eu-west-1.amazonaws.com",
          "APPSYNC_NAMESPACE", "replies",
          "APPSYNC_API_KEY", "da2-literal",
          "BACKEND", "stepfunctions",
          "STATE_MACHINE_ARN", "arn:aws:states:eu-west-1:000000000000:stateMachine:names");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  final ManualTime time = new ManualTime();
  final ScriptedTransport events = new ScriptedTransport();
  final ScriptedBackend backend = new ScriptedBackend();
  final AtomicInteger keysFetched = new AtomicInteger();
  final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  final Bridge bridge;
  final BridgeHandler handler;
  volatile int remainingMillis = 60_000;

  BridgeFixture() {
    this(Map.of());
  }

  BridgeFixture(Map<String, String> more) {
    this(more, Runnable::run);
  }

  /**
   * @param io runs blocking tasks; by default on the request's thread
   */
  BridgeFixture(Map<String, String> more, Executor io) {
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.putAll(more);
    Random random = new Random(7);
    bridge =
        new Bridge(
            BridgeConfig.fromEnvironment(environment),
            new BridgeDependencies(
                time.clock(),
                time,
                random,
                () -> backend,
                events,
                Authorization.apiKey(
                    ApiKeySource.cached(() -> "da2-key" + keysFetched.incrementAndGet())),
                KeySecret.fromEnvironment(environment),
                Runnable::run,
                io,
                CompletableFuture::join,
                new BridgeLog(
                    time.clock(), new PrintStream(logged, true, StandardCharsets.UTF_8))));
    handler = new BridgeHandler(bridge);
  }

  String log() {
    return logged.toString(StandardCharsets.UTF_8);
  }

  long count(BridgeMetrics.Counter counter) {
    return handler.metrics().get(counter);
  }

  static ObjectNode request(String method, String path, @Nullable String body) {
    ObjectNode event = JSON.createObjectNode();
    event.put("resource", "/event").put("path", path).put("httpMethod", method);
    event.putObject("headers").put("Content-Type", "application/json");
    event.putNull("multiValueHeaders");
    event.putObject("requestContext").put("path", "/dev" + path).put("requestId", "gw-1");
    event.put("body", body).put("isBase64Encoded", false);
    return event;
  }

  Answer call(ObjectNode event) {
    return callRaw(event.toString().getBytes(StandardCharsets.UTF_8));
  }

  Answer callRaw(byte[] event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(
          new ByteArrayInputStream(event),
          out,
          TestContext.of("invocation-1", () -> remainingMillis));
      return new Answer(JSON.readTree(out.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer get(String id) {
    return call(request("GET", "/event/" + id, null));
  }

  /** Sends a request on its own thread. */
  Held post(String body) {
    return post(body, Map.of());
  }

  Held post(String body, Map<String, String> headers) {
    ObjectNode event = request("POST", "/event", body);
    headers.forEach(((ObjectNode) event.get("headers"))::put);
    return send(event);
  }

  Held send(ObjectNode event) {
    Held held = new Held(this);
    held.thread.set(
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    held.answer.complete(call(event));
                  } catch (Throwable e) {
                    held.answer.completeExceptionally(e);
                  }
                }));
    return held;
  }

  /** A request that has been started and waits for its answer. */
  Held waiting(String body) {
    Held held = post(body);
    held.awaitParked();
    return held;
  }

  static String completed(String id, String result) {
    return "{\"id\":\"" + id + "\",\"status\":\"COMPLETED\",\"result\":" + result + "}";
  }

  /** The response. */
  record Answer(JsonNode proxy) {

    int status() {
      return proxy.path("statusCode").asInt();
    }

    String text() {
      return proxy.path("body").asText();
    }

    JsonNode body() {
      return ScriptedTransport.parse(text());
    }

    @Nullable String header(String name) {
      return proxy.path("headers").path(name).asText(null);
    }

    List<String> members() {
      Iterator<String> names = proxy.fieldNames();
      ArrayList<String> all = new ArrayList<>();
      names.forEachRemaining(all::add);
      return all;
    }
  }

  /** A request in flight. */
  static final class Held {
    private final BridgeFixture rig;
    final CompletableFuture<Answer> answer = new CompletableFuture<>();
    final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    Held(BridgeFixture rig) {
      this.rig = rig;
    }

    /** Returns once the request's thread blocks in TimedJoin. */
    void awaitParked() {
      long until = System.nanoTime() + PATIENCE_NANOS;
      while (!parked()) {
        if (answer.isDone()) {
          throw new AssertionError("was answered at once: " + answer.join() + "\n" + rig.log());
        }
        if (System.nanoTime() > until) {
          throw new AssertionError("never waited");
        }
        Thread.onSpinWait();
      }
    }

    private boolean parked() {
      Thread running = thread.get();
      return running != null
          && running.getState() == Thread.State.WAITING
          && Arrays.stream(running.getStackTrace())
              .anyMatch(frame -> frame.getClassName().endsWith("TimedJoin"));
    }

    boolean isAnswered() {
      return answer.isDone();
    }

    /** The response, which must arrive without advancing time. */
    Answer now() {
      return answer.orTimeout(20, TimeUnit.SECONDS).join();
    }
  }
}
