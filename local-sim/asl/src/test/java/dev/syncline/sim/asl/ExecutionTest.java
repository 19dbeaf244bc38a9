// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl;

import static dev.syncline.sim.asl.Machines.machine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.syncline.sim.asl.Effect.CancelTask;
import dev.syncline.sim.asl.Effect.CancelTimer;
import dev.syncline.sim.asl.Effect.ExecutionEnded;
import dev.syncline.sim.asl.Effect.ScheduleTask;
import dev.syncline.sim.asl.Effect.ScheduleTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutionTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static Execution execution(String states) {
    return Execution.create(
        StateMachineDefinition.parse(machine(states)),
        ExecutionContext.forTests("m", "e"),
        Payload.empty(),
        1);
  }

  private static Execution token() {
    return execution(
        "'T':{'Type':'Task','Resource':'arn:aws:states:::sqs:sendMessage.waitForTaskToken','End':true,"
            + "'TimeoutSeconds':60,'HeartbeatSeconds':10,'Parameters':{'t.$':'$$.Task.Token'}}");
  }

  private static Execution waitingForToken() {
    Execution execution = token();
    execution.start(NOW);
    return execution;
  }

  @Test
  void aWaitIsATimerAndNothingElse() {
    Execution execution = execution("'W':{'Type':'Wait','Seconds':10,'End':true}");

    List<Effect> effects = execution.start(NOW);

    assertThat(effects)
        .containsExactly(
            new ScheduleTimer(
                "timer-1", Duration.ofSeconds(10), NOW.plusSeconds(10), TimerPurpose.WAIT));
    assertThat(execution.onTimer("timer-1", NOW.plusSeconds(10)))
        .containsExactly(
            new ExecutionEnded(ExecutionStatus.SUCCEEDED, Payload.empty(), null, null));
  }

  @Test
  void aTaskTokenIsInTheParametersAndTheEffect() {
    Execution execution = token();

    ScheduleTask task = (ScheduleTask) execution.start(NOW).getFirst();

    assertThat(task.taskToken()).isNotEmpty().hasSizeLessThanOrEqualTo(2048);
    assertThat(task.parameters().json().get("t").asText()).isEqualTo(task.taskToken());
    assertThat(task.resource().service()).isEqualTo("sqs");
    assertThat(task.resource().historyName()).isEqualTo("sendMessage.waitForTaskToken");
  }

  @Test
  void aHeartbeatStartsTheClockAgain() {
    Execution execution = waitingForToken();

    assertThat(execution.onHeartbeat("task-1", NOW.plusSeconds(9)))
        .containsExactly(
            new CancelTimer("timer-2"),
            new ScheduleTimer(
                "timer-3", Duration.ofSeconds(10), NOW.plusSeconds(19), TimerPurpose.HEARTBEAT));
  }

  @Test
  void stoppingCancelsWhatIsUnderWay() {
    Execution execution = waitingForToken();

    assertThat(execution.stop("Why", "because", NOW))
        .containsExactly(
            new CancelTask("task-1"),
            new CancelTimer("timer-1"),
            new CancelTimer("timer-2"),
            new ExecutionEnded(ExecutionStatus.ABORTED, null, "Why", "because"));
    HistoryEvent last = execution.history().getLast();
    assertThat(last.previousEventId()).isZero();
    assertThat(last.type().aws()).isEqualTo("ExecutionAborted");
  }

  @Test
  void lateAnswersAreIgnored() {
    Execution execution = waitingForToken();
    execution.onTaskSucceeded("task-1", TextNode.valueOf("first"), NOW);

    assertThat(execution.onTaskSucceeded("task-1", TextNode.valueOf("second"), NOW)).isEmpty();
    assertThat(execution.onTaskFailed("task-1", "E", "c", NOW)).isEmpty();
    assertThat(execution.onTimer("timer-1", NOW)).isEmpty();
    assertThat(execution.onHeartbeat("task-1", NOW)).isEmpty();
    assertThat(execution.stop(null, null, NOW)).isEmpty();
    assertThat(execution.output().orElseThrow().text()).isEqualTo("\"first\"");
  }

  @Test
  void aTimeoutCancelsPendingWork() {
    Execution execution = waitingForToken();

    assertThat(execution.onTimer("timer-1", NOW.plusSeconds(60)))
        .containsExactly(
            new CancelTask("task-1"),
            new CancelTimer("timer-2"),
            new ExecutionEnded(ExecutionStatus.FAILED, null, "States.Timeout", null));
  }

  @Test
  void anExpressWorkflowHasFiveMinutes() {
    Execution execution =
        Execution.create(
            StateMachineDefinition.parse(
                machine("'W':{'Type':'Wait','Seconds':1000,'End':true}"), WorkflowType.EXPRESS),
            ExecutionContext.forTests("m", "e"),
            Payload.empty(),
            1);

    assertThat(execution.start(NOW))
        .contains(
            new ScheduleTimer(
                "timer-1",
                Duration.ofMinutes(5),
                NOW.plusSeconds(300),
                TimerPurpose.EXECUTION_TIMEOUT));
    execution.onTimer("timer-1", NOW.plusSeconds(300));
    assertThat(execution.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
  }

  @Test
  void startingTwiceIsAMistake() {
    Execution execution = execution("'S':{'Type':'Succeed'}");
    execution.start(NOW);

    assertThatThrownBy(() -> execution.start(NOW)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anEventIsRenderedAsAwsRendersIt() {
    Execution execution = execution("'S':{'Type':'Succeed'}");
    execution.start(NOW.plusMillis(250));

    assertThat(execution.history().get(1).toJson())
        .hasToString(
            "{\"timestamp\":1.76722560025E9,\"type\":\"SucceedStateEntered\",\"id\":2,"
                + "\"previousEventId\":0,\"stateEnteredEventDetails\":{\"name\":\"S\",\"input\":\"{}\","
                + "\"inputDetails\":{\"truncated\":false}}}");
  }

  @Test
  void aProgramStoppedBeforeItsStartDoesNotStart() {
    Execution execution = execution("'P':{'Type':'Pass','End':true}");

    execution.stop(null, null, NOW);

    assertThat(execution.start(NOW)).isEmpty();
    assertThat(execution.status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(execution.history())
        .extracting(event -> event.type().aws())
        .containsExactly("ExecutionStarted", "ExecutionAborted");

    execution.redrive(NOW);

    assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }
}
