// SPDX-License-Identifier: Apache-2.0
package dev.syncline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.kernel.ClockMode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The main job, with functions in child processes and the Step Functions backend. */
@Timeout(180)
class FullNameTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension static final SharedDeployment SHARED = SharedDeployment.stepFunctions();

  private final Deployed deployed = SHARED.get();

  @Test
  void theAnswerIsTheIdAndTheFullName() throws Exception {
    HttpResponse<String> response = deployed.post(Deployed.person("Ada", "Lovelace"));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    var answer = Deployed.json(response);
    assertThat(answer.properties()).hasSize(2);
    assertThat(answer.path("fullName").asText()).isEqualTo("Ada Lovelace");
    assertThat(answer.path("id").asText()).matches("exec-[0-9a-f]{32}");
  }

  static List<String> awkwardNames() {
    return List.of(
        "She said \"hi\"",
        "back\\slash \\\" \\u0041",
        "emoji 👩🏽‍💻 and 漢字",
        "{} braces {0} \\{",
        "line\nbreak\ttab",
        "'single' $.path $$.ctx {% x %}",
        "x".repeat(10_000));
  }

  @ParameterizedTest
  @MethodSource("awkwardNames")
  void anAwkwardNameArrivesUnharmed(String name) throws Exception {
    HttpResponse<String> response = deployed.post(Deployed.person(name, "Ω"));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(Deployed.json(response).path("fullName").asText()).isEqualTo(name + " Ω");
  }

  @Test
  void theWaitTakesTenSecondsOfVirtualTime() throws Exception {
    Instant before = deployed.simulator().clock().now();
    HttpResponse<String> response = deployed.post(Deployed.person("Grace", "Hopper"));
    Instant after = deployed.simulator().clock().now();

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Duration.between(before, after)).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aNameThatIsMissingIsAFailedWorkWithErrorAndCause() throws Exception {
    HttpResponse<String> response = deployed.post("{\"name\":\"Ada\"}");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(502);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(Deployed.json(response).path("error").asText()).isEqualTo("InvalidEvent");
    assertThat(Deployed.json(response).path("cause").asText()).contains("surname");
  }

  @Test
  void theAnswerCanBeReadAgainByItsId() throws Exception {
    HttpResponse<String> answer = deployed.post(Deployed.person("Alan", "Turing"));
    String id = Deployed.json(answer).path("id").asText();

    HttpResponse<String> again = deployed.get(deployed.api("/event/" + id));

    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    assertThat(again.body()).contains("Alan Turing");
  }

  @Test
  void aRepeatedKeyJoinsTheSameExecution() throws Exception {
    String key = "order-4711";
    HttpResponse<String> first =
        deployed.post(Deployed.person("Edsger", "Dijkstra"), "Idempotency-Key", key);
    HttpResponse<String> second =
        deployed.post(Deployed.person("Edsger", "Dijkstra"), "Idempotency-Key", key);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
  }

  /** The same with the worker, run in process so that its delay is virtual too. */
  @Nested
  class WithTheWorker {
    @Test
    void theAnswerIsTheSame() throws Exception {
      var config =
          Deployed.config()
              .withExecutor(dev.syncline.sim.service.settings.FunctionExecutor.IN_PROCESS, 20);
      try (var worker = Deployed.start(config, Map.of("Backend", "worker"))) {
        HttpResponse<String> response = worker.post(Deployed.person("Ada", "Lovelace"));

        assertThat(worker.answer(response)).contains("\"fullName\":\"Ada Lovelace\"");
      }
    }

    @Test
    void inChildProcessesItTakesItsDelayInRealTime() throws Exception {
      try (var worker =
          Deployed.start(
              Deployed.config().withClock(new ClockMode.Real()),
              Map.of("Backend", "worker", "WorkerDelayMs", "300"))) {
        HttpResponse<String> response = worker.post(Deployed.person("She said \"hi\"", "👩🏽‍💻"));

        assertThat(JSON.readTree(worker.answer(response)).path("fullName").asText())
            .isEqualTo("She said \"hi\" 👩🏽‍💻");
      }
    }
  }

  /** The same with an Express workflow, whose end the bridge waits for without a channel. */
  @Nested
  class WithExpress {
    @Test
    void theAnswerAndTheFailureAreTheSame() throws Exception {
      try (var express = Deployed.start(Deployed.config(), Map.of("Backend", "express"))) {
        Instant before = express.simulator().clock().now();
        HttpResponse<String> response = express.post(Deployed.person("She said \"hi\"", "👩🏽‍💻"));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(Deployed.json(response).path("fullName").asText())
            .isEqualTo("She said \"hi\" 👩🏽‍💻");
        assertThat(Duration.between(before, express.simulator().clock().now()))
            .isGreaterThanOrEqualTo(Duration.ofSeconds(10));

        HttpResponse<String> failed = express.post("{\"name\":\"Ada\"}");

        assertThat(failed.statusCode()).as(failed.body()).isEqualTo(502);
        assertThat(Deployed.json(failed).path("error").asText()).isEqualTo("InvalidEvent");
        assertThat(Deployed.json(failed).path("cause").asText()).contains("surname");
      }
    }
  }
}
