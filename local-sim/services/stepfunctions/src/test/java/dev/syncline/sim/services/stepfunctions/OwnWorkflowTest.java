// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.asl.Effect.ScheduleTask;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.testing.LocalRunner;
import dev.syncline.sim.asl.testing.RunResult;
import dev.syncline.sim.asl.testing.TaskOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The workflow that this repository ships, with its one task mocked. */
class OwnWorkflowTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PUBLISHED =
      "{\"StatusCode\":200,\"ResponseBody\":{\"failed\":[],\"successful\":[{\"index\":0}]}}";
  private static final String TASK = "Call HTTPS API";

  private static LocalRunner workflow() throws IOException {
    return LocalRunner.of(
        Files.readString(Path.of("../../../cloudformation/workflow.asl.json"))
            .replace("${AppSyncHttpHost}", "events.test")
            .replace("${ConnectionArn}", "arn:aws:events:us-east-1:111122223333:connection/c/1"));
  }

  private static String input(String event) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", "exec-1")
        .put("replyTo", "/AsyncEvents/env/exec-1")
        .put("event", event)
        .toString();
  }

  private static JsonNode sent(RunResult result) {
    ScheduleTask task = result.tasks().getLast();
    JsonNode body = task.parameters().json().path("RequestBody");
    assertThat(body.path("channel").asText()).isEqualTo("/AsyncEvents/env/exec-1");
    assertThat(body.path("events")).hasSize(1);
    try {
      return JSON.readTree(body.path("events").path(0).asText());
    } catch (IOException notJson) {
      throw new AssertionError("the event is not JSON: " + body, notJson);
    }
  }

  @Test
  void theFullNameIsPublishedAndIsTheOutputToo() throws IOException {
    RunResult result =
        workflow()
            .mock(TASK, TaskOutcome.returns(PUBLISHED))
            .run(input("{\"name\":\"Ada\",\"surname\":\"Lovelace\"}"));

    assertThat(result.json().toString())
        .isEqualTo(
            "{\"id\":\"exec-1\",\"status\":\"COMPLETED\",\"result\":{\"fullName\":\"Ada"
                + " Lovelace\"}}");
    assertThat(sent(result)).isEqualTo(result.json());
    assertThat(result.virtualTime()).isEqualTo(Duration.ofSeconds(10));
    assertThat(result.path()).contains("Wait", "Convert JSON", "Bind names", TASK);
    assertThat(result.tasks().getLast().parameters().json().path("ApiEndpoint").asText())
        .isEqualTo("https://events.test/event");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A\"d'a",
        "back\\slash \\n {} \\{0\\}",
        "👩‍🚀 Ådá 漢字",
        "a\nb\tc",
        "",
        "${x} $.id"
      })
  void aNameArrivesUnharmed(String name) throws IOException {
    arrives(name, "Lovelace");
    arrives("Ada", name);
  }

  @Test
  void aNameOfTenThousandCharactersArrives() throws IOException {
    arrives("x\"".repeat(5_000), "y\\".repeat(5_000));
  }

  private static void arrives(String name, String surname) throws IOException {
    ObjectNode event =
        JsonNodeFactory.instance.objectNode().put("name", name).put("surname", surname);
    RunResult result =
        workflow().mock(TASK, TaskOutcome.returns(PUBLISHED)).run(input(event.toString()));
    assertThat(sent(result).path("result").path("fullName").asText())
        .isEqualTo(name + " " + surname);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\":\"Ada\"}",
        "{\"name\":1,\"surname\":\"Lovelace\"}",
        "{\"name\":null,\"surname\":\"Lovelace\"}",
        "[\"name\",\"surname\"]",
        "\"name\"",
        "17"
      })
  void anEventWithoutNamesFailsAndTheFailureIsPublished(String event) throws IOException {
    RunResult result = workflow().mock(TASK, TaskOutcome.returns(PUBLISHED)).run(input(event));

    assertThat(result.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(result.error()).contains("InvalidEvent");
    JsonNode message = sent(result);
    assertThat(message.path("status").asText()).isEqualTo("FAILED");
    assertThat(message.path("error").path("error").asText()).isEqualTo("InvalidEvent");
    assertThat(message.path("error").path("cause").asText()).contains("'surname'");
    assertThat(result.cause()).contains(message.path("error").path("cause").asText());
  }

  @Test
  void anEventThatIsNotJsonFailsAndTheFailureIsPublished() throws IOException {
    RunResult result =
        workflow().mock(TASK, TaskOutcome.returns(PUBLISHED)).run(input("{not json"));

    assertThat(result.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(sent(result).path("status").asText()).isEqualTo("FAILED");
    assertThat(result.error()).contains(sent(result).path("error").path("error").asText());
  }

  @Test
  void aRefusedPublishFailsTheExecutionNamingIt() throws IOException {
    RunResult result =
        workflow()
            .mock(
                TASK,
                TaskOutcome.returns(
                    "{\"StatusCode\":200,\"ResponseBody\":{\"failed\":[{\"index\":0,\"code\":413}],"
                        + "\"successful\":[]}}"))
            .run(input("{\"name\":\"Ada\",\"surname\":\"Lovelace\"}"));

    assertThat(result.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(result.error()).contains("PublishRefused");
    assertThat(result.cause()).contains("[{\"index\":0,\"code\":413}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "States.Http.StatusCode.429",
        "States.Http.StatusCode.500",
        "States.Http.StatusCode.503",
        "States.Http.Socket"
      })
  void temporaryFailuresAreRetried(String error) throws IOException {
    RunResult result =
        workflow()
            .mock(
                TASK,
                TaskOutcome.fails(error, "once"),
                TaskOutcome.fails(error, "twice"),
                TaskOutcome.returns(PUBLISHED))
            .run(input("{\"name\":\"Ada\",\"surname\":\"Lovelace\"}"));

    assertThat(result.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(result.tasks()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"States.Http.StatusCode.400", "States.Http.StatusCode.401"})
  void permanentFailuresAreNotRetried(String error) throws IOException {
    RunResult result =
        workflow()
            .mock(TASK, TaskOutcome.fails(error, "no"))
            .run(input("{\"name\":\"Ada\",\"surname\":\"Lovelace\"}"));

    assertThat(result.tasks()).hasSize(1);
    assertThat(result.error()).contains(error);
  }
}
