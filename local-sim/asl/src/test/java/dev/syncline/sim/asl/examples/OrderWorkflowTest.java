// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.asl.ExecutionStatus;
import dev.syncline.sim.asl.HistoryEvent;
import dev.syncline.sim.asl.InvalidDefinitionException;
import dev.syncline.sim.asl.StateMachineDefinition;
import dev.syncline.sim.asl.testing.LocalRunner;
import dev.syncline.sim.asl.testing.RunResult;
import dev.syncline.sim.asl.testing.TaskOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Unit tests of a state machine as a user would write them. */
class OrderWorkflowTest {
  private static final String ORDER =
      """
      {
        "QueryLanguage": "JSONata",
        "StartAt": "Charge",
        "States": {
          "Charge": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Arguments": {"FunctionName": "charge", "Payload": "{% $states.input %}"},
            "TimeoutSeconds": 20,
            "Assign": {"receipt": "{% $states.result.Payload.receipt %}"},
            "Retry": [{"ErrorEquals": ["Lambda.TooManyRequestsException", "States.Timeout"],
                       "IntervalSeconds": 2, "BackoffRate": 2, "MaxAttempts": 3}],
            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Refuse"}],
            "Next": "Approve"
          },
          "Approve": {
            "Type": "Task",
            "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "Arguments": {"QueueUrl": "q", "MessageBody": "{% $states.context.Task.Token %}"},
            "HeartbeatSeconds": 3600,
            "Next": "CoolingOff"
          },
          "CoolingOff": {"Type": "Wait", "Seconds": 86400, "Next": "Ship"},
          "Ship": {
            "Type": "Pass",
            "Output": {"receipt": "{% $receipt %}", "at": "{% $states.context.State.EnteredTime %}"},
            "End": true
          },
          "Refuse": {"Type": "Fail", "Error": "Refused", "Cause": "{% $states.input.Error %}"}
        }
      }
      """;

  private final StateMachineDefinition order = StateMachineDefinition.parse(ORDER);

  @Test
  void anOrderIsChargedApprovedAndShippedADayLater() {
    RunResult run =
        LocalRunner.of(order)
            .startingAt(Instant.parse("2026-03-01T12:00:00Z"))
            .mock("Charge", TaskOutcome.returns("{\"Payload\": {\"receipt\": \"r-1\"}}"))
            .mock("Approve", TaskOutcome.returns("{\"by\": \"Ada\"}"))
            .run("{\"amount\": 12}");

    assertThat(run.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(run.path()).containsExactly("Charge", "Approve", "CoolingOff", "Ship");
    assertThat(run.virtualTime()).isEqualTo(Duration.ofDays(1));
    assertThat(run.json().at("/receipt").asText()).isEqualTo("r-1");
    assertThat(run.json().at("/at").asText()).isEqualTo("2026-03-02T12:00:00.000Z");
    assertThat(run.variables()).containsEntry("receipt", TextNode.valueOf("r-1"));
  }

  @Test
  void aThrottledChargeIsTriedAgainAfterTwoAndFourSeconds() {
    TaskOutcome throttled = TaskOutcome.fails("Lambda.TooManyRequestsException", "Rate exceeded");

    RunResult run =
        LocalRunner.of(order)
            .mock(
                "Charge",
                throttled,
                throttled,
                TaskOutcome.returns("{\"Payload\": {\"receipt\": \"r-2\"}}"))
            .mock("Approve", TaskOutcome.returns("{}"))
            .run("{\"amount\": 12}");

    assertThat(run.tasks("Charge")).hasSize(3);
    assertThat(run.entries("Approve")).containsExactly(Duration.ofSeconds(2 + 4));
  }

  @Test
  void aChargeThatNeverAnswersTimesOutFourTimesAndIsRefused() {
    RunResult run =
        LocalRunner.of(order).mock("Charge", task -> TaskOutcome.silence()).run("{\"amount\": 12}");

    assertThat(run.error()).contains("Refused");
    assertThat(run.cause()).contains("States.Timeout");
    assertThat(run.virtualTime()).isEqualTo(Duration.ofSeconds(4 * 20 + 2 + 4 + 8));
  }

  @Test
  void theMockSeesWhatTheTaskIsGiven() {
    RunResult run =
        LocalRunner.of(order)
            .mock(
                "Charge",
                task ->
                    task.parameters().json().at("/Payload/amount").asInt() > 100
                        ? TaskOutcome.fails("Limit", "too much")
                        : TaskOutcome.returns("{\"Payload\": {\"receipt\": \"small\"}}"))
            .mock("Approve", TaskOutcome.returns("{}"))
            .run("{\"amount\": 101}");

    assertThat(run.path()).containsExactly("Charge", "Refuse");
    assertThat(run.cause()).contains("Limit");
  }

  @Test
  void theHistoryIsTheOneThatGetExecutionHistoryWouldGive() {
    RunResult run =
        LocalRunner.of(order).mock("Charge", TaskOutcome.fails("Limit", "no")).run("{}");

    assertThat(run.history())
        .extracting(event -> event.type().aws())
        .containsExactly(
            "ExecutionStarted",
            "TaskStateEntered",
            "TaskScheduled",
            "TaskStarted",
            "TaskFailed",
            "TaskStateExited",
            "FailStateEntered",
            "ExecutionFailed");
    HistoryEvent failed = run.history().get(4);
    assertThat(failed.toJson().at("/taskFailedEventDetails/error").asText()).isEqualTo("Limit");
  }

  @Test
  void randomValuesRepeatUnderTheSameSeed() {
    String draw =
        """
        {"StartAt": "D", "States": {"D": {"Type": "Pass", "End": true,
          "Parameters": {"id.$": "States.UUID()", "n.$": "States.MathRandom(1, 1000)"}}}}
        """;

    RunResult first = LocalRunner.of(draw).seed(7).run("{}");

    assertThat(LocalRunner.of(draw).seed(7).run("{}").json()).isEqualTo(first.json());
    assertThat(LocalRunner.of(draw).seed(8).run("{}").json()).isNotEqualTo(first.json());
  }

  @Test
  void aMistakeInTheDefinitionIsToldAsAwsTellsIt() {
    assertThatThrownBy(() -> StateMachineDefinition.parse(ORDER.replace("\"Refuse\":", "\"No\":")))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining("MISSING_TRANSITION_TARGET");
  }

  @Test
  void aRunWithoutAnAnswerIsStillRunning() {
    RunResult run =
        LocalRunner.of(order)
            .mock("Charge", TaskOutcome.returns("{\"Payload\": {\"receipt\": \"r\"}}"))
            .mock("Approve", TaskOutcome.silence())
            .giveUpAfter(Duration.ofMinutes(30))
            .run("{}");

    assertThat(run.status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(run.path()).isEqualTo(List.of("Charge", "Approve"));
  }
}
