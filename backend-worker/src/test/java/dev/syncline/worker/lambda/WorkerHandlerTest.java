// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.lambda;

import static dev.syncline.testing.ScriptedEventApi.refuse;
import static dev.syncline.testing.ScriptedEventApi.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.publisher.PublishException;
import dev.syncline.testing.ScriptedEventApi;
import dev.syncline.testing.ScriptedEventApi.Received;
import dev.syncline.testing.TestContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkerHandlerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOST = "example.appsync-api.eu-west-1.amazonaws.com";
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Context context = TestContext.of("request-1", () -> 30_000, lines::add);

  @AutoClose("shutdownNow")
  private final SkippingScheduler scheduler = new SkippingScheduler();

  @AutoClose private ScriptedEventApi api;
  @AutoClose private WorkerHandler handler;

  @BeforeEach
  void start() throws IOException {
    api = new ScriptedEventApi();
    handler = new WorkerHandler(environment(), CLOCK, scheduler);
  }

  @Test
  void aJobIsAnsweredOverHttpAfterItsDelay() throws IOException {
    byte[] output = invoke(job("exec-1", "Ada", "Lovelace"));

    Received request = onlyRequest();
    assertThat(request.host()).isEqualTo(HOST);
    assertThat(request.apiKey()).isEqualTo("da2-key");
    assertThat(request.channel()).isEqualTo("/replies/env1/exec-1");
    JsonNode expected =
        JSON.readTree(
            "{\"id\":\"exec-1\",\"status\":\"COMPLETED\","
                + "\"result\":{\"fullName\":\"Ada Lovelace\"}}");
    assertThat(answer(request)).isEqualTo(expected);
    assertThat(JSON.readTree(output)).isEqualTo(expected);
    assertThat(scheduler.delays).containsExactly(10_000L);
    assertThat(lines)
        .containsExactly(
            "Job[id=exec-1, replyTo=/replies/env1/exec-1] answered COMPLETED after 0 ms");
  }

  @Test
  void aFullNameWithQuotesArrivesUnharmed() throws IOException {
    String name = "\"\\ 😀".repeat(2_000);

    invoke(job("exec-1", name, "O'\"Brien\\"));

    assertThat(answer(onlyRequest()).at("/result/fullName").asText())
        .isEqualTo(name + " O'\"Brien\\");
  }

  @Test
  void aFailureIsPublishedToo() throws IOException {
    invoke("{\"id\":\"exec-1\",\"replyTo\":\"/replies/env1/exec-1\",\"event\":\"{}\"}");

    JsonNode answer = answer(onlyRequest());
    assertThat(answer.path("status").asText()).isEqualTo("FAILED");
    assertThat(answer.at("/error/error").asText()).isEqualTo("InvalidEvent");
    assertThat(answer.at("/error/cause").asText()).isEqualTo("The event's name is missing");
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).contains("answered FAILED with InvalidEvent");
  }

  @Test
  void aServiceInTroubleIsTriedAgainWithinTheInvocation() throws IOException {
    api.then(reply(500, ""), refuse(429, "LimitExceeded", "slow down"));

    invoke(job("exec-1", "Ada", "Lovelace"));

    assertThat(api.received()).hasSize(3);
  }

  @Test
  void anAnswerThatCannotBePublishedFailsTheInvocationSoThatLambdaKeepsTheJob() {
    api.then(refuse(403, "UnauthorizedException", "no"));

    assertThatThrownBy(() -> invoke(job("exec-1", "Ada", "Lovelace")))
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("403 UnauthorizedException");
    assertThat(api.received()).hasSize(1);
    assertThat(lines)
        .hasSize(1)
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains("exec-1", "must be redelivered", "403")
                    .doesNotContain("Ada", "da2-key"));
  }

  @Test
  void aJobThatCannotBeAnsweredFailsTheInvocationNamingTheField() {
    assertThatThrownBy(() -> invoke("{\"id\":\"exec-1\",\"event\":\"{}\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("replyTo");
    assertThat(api.received()).isEmpty();
    assertThat(scheduler.delays).isEmpty();
    assertThat(lines).hasSize(1);
  }

  @Test
  void manyJobsAtOnceEachGetTheirOwnAnswer() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<byte[]>> running = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String job = job("exec-" + i, "Ada" + i, "Lovelace");
        running.add(threads.submit(() -> invoke(job)));
      }
      for (Future<byte[]> one : running) {
        one.get();
      }
    }
    Map<String, String> answers = new HashMap<>();
    for (Received request : api.received()) {
      JsonNode answer = answer(request);
      assertThat(request.channel()).isEqualTo("/replies/env1/" + answer.path("id").asText());
      answers.put(answer.path("id").asText(), answer.at("/result/fullName").asText());
    }
    assertThat(api.received()).hasSize(100);
    for (int i = 0; i < 100; i++) {
      assertThat(answers).containsEntry("exec-" + i, "Ada" + i + " Lovelace");
    }
  }

  @Test
  void lambdasOwnConstructorNamesTheVariableThatIsMissing() {
    // The build's environment has none of ours.
    assertThatThrownBy(WorkerHandler::new)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("APPSYNC_HTTP_HOST is not set");
    assertThatThrownBy(() -> new WorkerHandler(CLOCK, scheduler))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("APPSYNC_HTTP_HOST is not set");
  }

  private Map<String, String> environment() {
    return Map.of(
        "APPSYNC_HTTP_HOST",
        HOST,
        "APPSYNC_API_KEY",
        "da2-key",
        "WORKER_STATUSES",
        "none",
        "AWS_ENDPOINT_URL",
        api.address().toString());
  }

  private byte[] invoke(String job) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(job.getBytes(StandardCharsets.UTF_8)), output, context);
    return output.toByteArray();
  }

  private static String job(String id, String name, String surname) throws IOException {
    String event = JSON.writeValueAsString(Map.of("name", name, "surname", surname));
    return JSON.writeValueAsString(
        Map.of("id", id, "replyTo", "/replies/env1/" + id, "event", event));
  }

  private Received onlyRequest() {
    assertThat(api.received()).hasSize(1);
    return api.received().get(0);
  }

  private static JsonNode answer(Received request) throws IOException {
    assertThat(request.events()).hasSize(1);
    return JSON.readTree(request.events().get(0));
  }

  /** Virtual time in which every timer is due at once. */
  private static final class SkippingScheduler extends ScheduledThreadPoolExecutor {
    private final List<Long> delays = new CopyOnWriteArrayList<>();

    SkippingScheduler() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
      delays.add(unit.toMillis(delay));
      return super.schedule(command, 0, unit);
    }
  }
}
