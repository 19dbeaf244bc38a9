// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.sim.asl.testing.LocalRunner;
import dev.syncline.sim.asl.testing.RunResult;
import dev.syncline.sim.asl.testing.TaskOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A workflow like the one this repository ships: wait, parse, name, publish, failures included. */
class ShippedWorkflowTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DEFINITION =
      """
      {
        "StartAt": "Work",
        "States": {
          "Work": {
            "Type": "Parallel",
            "Branches": [{
              "StartAt": "Wait",
              "States": {
                "Wait": {"Type": "Wait", "Seconds": 10, "Next": "Convert"},
                "Convert": {
                  "Type": "Pass",
                  "Parameters": {"event.$": "States.StringToJson($.event)"},
                  "Next": "HasName"
                },
                "HasName": {
                  "Type": "Choice",
                  "Choices": [{
                    "And": [
                      {"Variable": "$.event.name", "IsPresent": true},
                      {"Variable": "$.event.surname", "IsPresent": true}
                    ],
                    "Next": "Bind"
                  }],
                  "Default": "NameMissing"
                },
                "Bind": {
                  "Type": "Pass",
                  "Parameters": {
                    "fullName.$": "States.Format('{} {}', $.event.name, $.event.surname)"
                  },
                  "End": true
                },
                "NameMissing": {
                  "Type": "Fail",
                  "Error": "NameMissing",
                  "Cause": "name and surname are required"
                }
              }
            }],
            "ResultSelector": {"result.$": "$[0]"},
            "ResultPath": "$.work",
            "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.failure", "Next": "Failed"}],
            "Next": "Completed"
          },
          "Completed": {
            "Type": "Pass",
            "Parameters": {
              "replyTo.$": "$.replyTo",
              "envelope": {"id.$": "$.id", "status": "COMPLETED", "result.$": "$.work.result"}
            },
            "Next": "Publish"
          },
          "Failed": {
            "Type": "Pass",
            "Parameters": {
              "replyTo.$": "$.replyTo",
              "envelope": {
                "id.$": "$.id",
                "status": "FAILED",
                "error": {"error.$": "$.failure.Error", "cause.$": "$.failure.Cause"}
              }
            },
            "Next": "Publish"
          },
          "Publish": {
            "Type": "Task",
            "Resource": "arn:aws:states:::http:invoke",
            "Parameters": {
              "ApiEndpoint": "https://example.com/event",
              "Method": "POST",
              "Authentication": {"ConnectionArn": "arn:aws:events:us-east-1:111111111111:connection/c/1"},
              "RequestBody": {
                "channel.$": "$.replyTo",
                "events.$": "States.Array(States.JsonToString($.envelope))"
              }
            },
            "ResultPath": "$.publish",
            "Retry": [{
              "ErrorEquals": ["States.Http.StatusCode.429", "States.Http.StatusCode.503", "States.Http.Socket"],
              "IntervalSeconds": 1, "MaxAttempts": 3, "BackoffRate": 2, "JitterStrategy": "FULL"
            }],
            "Next": "Accepted"
          },
          "Accepted": {
            "Type": "Choice",
            "Choices": [{
              "Variable": "$.publish.ResponseBody.failed[0]", "IsPresent": true, "Next": "Refused"
            }],
            "Default": "Done"
          },
          "Refused": {
            "Type": "Fail",
            "ErrorPath": "States.Format('Publish.{}', $.publish.StatusCode)",
            "CausePath": "States.JsonToString($.publish.ResponseBody)"
          },
          "Done": {"Type": "Succeed", "OutputPath": "$.envelope"}
        }
      }
      """;
  private static final String ACCEPTED =
      "{\"StatusCode\":200,\"ResponseBody\":{\"failed\":[],\"successful\":[{\"index\":0}]}}";

  private static String input(String event) {
    return JSON.createObjectNode()
        .put("id", "exec-1")
        .put("replyTo", "/default/env/exec-1")
        .put("event", event)
        .toString();
  }

  /** Runs the workflow for an event; each of these outcomes answers one attempt to publish. */
  private static RunResult runFor(String event, TaskOutcome... published) {
    TaskOutcome[] outcomes =
        published.length == 0 ? new TaskOutcome[] {TaskOutcome.returns(ACCEPTED)} : published;
    return LocalRunner.of(DEFINITION).mock("Publish", outcomes).run(input(event));
  }

  private static JsonNode published(RunResult result) throws Exception {
    JsonNode body = result.tasks().getLast().parameters().json().get("RequestBody");
    assertThat(body.get("channel").asText()).isEqualTo("/default/env/exec-1");
    return JSON.readTree(body.get("events").get(0).asText());
  }

  @Test
  void theFullNameIsPublishedAfterTenSeconds() throws Exception {
    RunResult result = runFor("{\"name\":\"Ada\",\"surname\":\"Lovelace\"}");

    assertThat(result.virtualTime()).isEqualTo(Duration.ofSeconds(10));
    assertThat(result.path())
        .containsExactly(
            "Work",
            "Wait",
            "Convert",
            "HasName",
            "Bind",
            "Completed",
            "Publish",
            "Accepted",
            "Done");
    assertThat(result.json())
        .isEqualTo(
            JSON.readTree(
                "{\"id\":\"exec-1\",\"status\":\"COMPLETED\",\"result\":{\"fullName\":\"Ada"
                    + " Lovelace\"}}"))
        .isEqualTo(published(result));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ada \"the\" first",
        "back\\slash",
        "{}",
        "{0}",
        "emoji \uD83D\uDE80",
        "O'Neill",
        "line\nbreak",
        "\\{escaped\\}",
        ""
      })
  void aFullNameWithSpecialCharactersArrivesUnharmed(String name) throws Exception {
    String event = JSON.createObjectNode().put("name", name).put("surname", name).toString();

    RunResult result = runFor(event);

    assertThat(published(result).at("/result/fullName").asText()).isEqualTo(name + " " + name);
  }

  @Test
  void aNameOfTenThousandCharactersArrivesUnharmed() throws Exception {
    String name = "x".repeat(10_000);
    String event = JSON.createObjectNode().put("name", name).put("surname", "y").toString();

    RunResult result = runFor(event);

    assertThat(published(result).at("/result/fullName").asText()).isEqualTo(name + " y");
  }

  @Test
  void anEventThatIsNotJsonIsPublishedAsFailure() throws Exception {
    RunResult result = runFor("not json");

    assertThat(result.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    JsonNode envelope = published(result);
    assertThat(envelope.get("status").asText()).isEqualTo("FAILED");
    assertThat(envelope.at("/error/error").asText()).isEqualTo("States.IntrinsicFailure");
    assertThat(envelope.at("/error/cause").asText())
        .contains("States.StringToJson($.event)")
        .contains("Unrecognized token 'not'");
  }

  @Test
  void aMissingNameIsPublishedAsFailure() throws Exception {
    RunResult result = runFor("{\"name\":\"Ada\"}");

    assertThat(published(result))
        .isEqualTo(
            JSON.readTree(
                "{\"id\":\"exec-1\",\"status\":\"FAILED\",\"error\":{\"error\":\"NameMissing\","
                    + "\"cause\":\"name and surname are required\"}}"));
  }

  @Test
  void aThrottledPublishIsTriedAgain() {
    RunResult result =
        runFor(
            "{\"name\":\"Ada\",\"surname\":\"Lovelace\"}",
            TaskOutcome.fails("States.Http.StatusCode.429", "slow down"),
            TaskOutcome.fails("States.Http.Socket", "closed"),
            TaskOutcome.returns(ACCEPTED));

    assertThat(result.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(result.tasks()).extracting(Effect.ScheduleTask::attempt).containsExactly(0, 1, 2);
  }

  @Test
  void aForbiddenPublishFailsAtOnce() {
    RunResult result =
        runFor(
            "{\"name\":\"Ada\",\"surname\":\"Lovelace\"}",
            TaskOutcome.fails("States.Http.StatusCode.403", "no"));

    assertThat(result.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(result.error()).contains("States.Http.StatusCode.403");
    assertThat(result.tasks()).hasSize(1);
  }

  @Test
  void anEventThatAppSyncRefusesFailsTheExecution() {
    RunResult result =
        runFor(
            "{\"name\":\"Ada\",\"surname\":\"Lovelace\"}",
            TaskOutcome.returns(
                "{\"StatusCode\":200,\"ResponseBody\":{\"failed\":[{\"index\":0,\"code\":500}]}}"));

    assertThat(result.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(result.error()).contains("Publish.200");
    assertThat(result.cause()).contains("{\"failed\":[{\"index\":0,\"code\":500}]}");
  }
}
