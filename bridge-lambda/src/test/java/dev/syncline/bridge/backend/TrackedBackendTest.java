// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.syncline.bridge.ScriptedBackend;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.Outcome;
import dev.syncline.publisher.Channel;
import dev.syncline.publisher.aws.WorkStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A backend without a memory, and a bucket that is one. */
class TrackedBackendTest {

  private static final CorrelationId ID =
      new CorrelationId("exec-0123456789abcdef0123456789abcdef");

  private final Map<String, String> objects = new ConcurrentHashMap<>();
  private volatile int status;
  private final HttpServer s3;
  private final ScriptedBackend forgetful = new ScriptedBackend();
  private final WorkStore store;
  private final Backend backend;

  TrackedBackendTest() throws IOException {
    s3 = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    s3.createContext(
        "/",
        exchange -> {
          String key = exchange.getRequestURI().getPath();
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean ifNew = "*".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
          int answer = 200;
          byte[] content = new byte[0];
          if (status != 0) {
            answer = status;
          } else if (exchange.getRequestMethod().equals("PUT")) {
            if (ifNew && objects.containsKey(key)) {
              answer = 412;
            } else {
              objects.put(key, body);
            }
          } else if (exchange.getRequestMethod().equals("DELETE")) {
            objects.remove(key);
            answer = 204;
          } else if (objects.containsKey(key)) {
            content = objects.get(key).getBytes(StandardCharsets.UTF_8);
          } else {
            answer = 404;
          }
          exchange.sendResponseHeaders(answer, content.length == 0 ? -1 : content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
    s3.start();
    store =
        WorkStore.fromEnvironment(
                Map.of(
                    "RESULT_BUCKET", "results",
                    "AWS_REGION", "eu-west-1",
                    "AWS_ACCESS_KEY_ID", "test",
                    "AWS_SECRET_ACCESS_KEY", "test",
                    "AWS_ENDPOINT_URL", "http://127.0.0.1:" + s3.getAddress().getPort()),
                Clock.systemUTC())
            .orElseThrow();
    backend = new TrackedBackend(forgetful, store);
  }

  @AfterEach
  void stop() throws Exception {
    backend.close();
    s3.stop(0);
  }

  private static WorkRequest work(boolean keyed, String event) {
    return new WorkRequest(
        ID,
        Optional.of(Channel.of("/replies/env-1/" + ID)),
        event,
        keyed,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void startedWorkIsFoundInEveryEnvironmentUntilItsOutcomeIs() throws Exception {
    assertThat(backend.find(ID)).isEqualTo(new FindResult.NotFound());
    assertThat(backend.start(work(false, "1"))).isEqualTo(new StartResult.Started());
    assertThat(backend.find(ID)).isEqualTo(new FindResult.Running());
    store.outcome(ID.value(), "{\"id\":\"" + ID + "\",\"status\":\"COMPLETED\",\"result\":7}");
    assertThat(backend.find(ID)).isEqualTo(new FindResult.Finished(new Outcome.Completed("7")));
  }

  @Test
  void aRepeatJoinsAndAnotherEventDoesNot() {
    assertThat(backend.start(work(true, "1"))).isEqualTo(new StartResult.Started());
    assertThat(backend.start(work(true, "1")))
        .isEqualTo(new StartResult.Joined("/replies/env-1/" + ID));
    assertThat(backend.start(work(true, "2"))).isEqualTo(new StartResult.OtherEvent());
    assertThat(forgetful.started).hasSize(1);
  }

  @Test
  void aRepeatOfFinishedWorkIsItsOutcome() throws Exception {
    backend.start(work(true, "1"));
    store.outcome(
        ID.value(),
        "{\"id\":\""
            + ID
            + "\",\"status\":\"FAILED\",\"error\":{\"error\":\"E\",\"cause\":\"c\"}}");
    assertThat(backend.start(work(true, "1")))
        .isEqualTo(new StartResult.Finished(new Outcome.Failed("E", "c")));
  }

  @Test
  void workWhoseStarterDiedInBetweenIsStartedByTheRepeat() throws Exception {
    forgetful.onStart =
        request -> {
          throw new IllegalStateException("the environment died");
        };
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> backend.start(work(true, "1")))
        .hasMessageContaining("died");
    forgetful.onStart = request -> new StartResult.Started();
    assertThat(backend.start(work(true, "1"))).isEqualTo(new StartResult.Started());
  }

  @Test
  void workThatWasRefusedIsForgotten() {
    forgetful.onStart = request -> new StartResult.NotStarted("Throttled", "x", true);
    backend.start(work(true, "1"));
    assertThat(objects).isEmpty();
  }

  @Test
  void aBucketThatDoesNotAnswerLeavesThingsOpen() {
    status = 503;
    assertThat(backend.start(work(true, "1"))).isInstanceOf(StartResult.Unconfirmed.class);
    assertThat(backend.find(ID)).isInstanceOf(FindResult.Unavailable.class);
    assertThat(forgetful.started).isEmpty();
    assertThat(backend.start(work(false, "1"))).isEqualTo(new StartResult.Started());
  }
}
