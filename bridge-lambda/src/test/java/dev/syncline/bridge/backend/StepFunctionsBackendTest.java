// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.WorkOutcome;
import dev.syncline.publisher.Channel;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepFunctionsBackendTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MACHINE = "arn:aws:states:eu-west-1:000000000000:stateMachine:names";
  private static final CorrelationId ID =
      new CorrelationId("exec-0123456789abcdef0123456789abcdef");
  private static final String EXECUTION =
      "arn:aws:states:eu-west-1:000000000000:execution:names:" + ID;
  private static final String EVENT = "{\"name\":\"\\\"Ada\\\" \uD83D\uDC69\"}";
  private static final WorkRequest WORK =
      WorkRequest.of(ID, Channel.of("/replies/env-1/" + ID), EVENT);

  private final FakeAws aws;
  private final Backend backend;

  StepFunctionsBackendTest() throws IOException {
    aws = new FakeAws();
    backend = aws.backend("stepfunctions", Map.of("STATE_MACHINE_ARN", MACHINE));
  }

  @AfterEach
  void close() throws Exception {
    backend.close();
    aws.close();
  }

  private ObjectNode execution(String status, String event, String replyTo) {
    ObjectNode input = JSON.createObjectNode().put("event", event).put("replyTo", replyTo);
    return JSON.createObjectNode()
        .put("executionArn", EXECUTION)
        .put("stateMachineArn", MACHINE)
        .put("name", ID.value())
        .put("status", status)
        .put("startDate", 1_700_000_000)
        .put("input", input.toString());
  }

  @Test
  void theExecutionIsNamedByTheIdAndItsInputIsTheWork() throws IOException {
    aws.reply(200, "{\"executionArn\":\"" + EXECUTION + "\",\"startDate\":1700000000}");
    assertThat(backend.start(WORK)).isEqualTo(new StartResult.Started());
    FakeAws.Call call = aws.calls.get(0);
    JsonNode sent = JSON.readTree(call.body());
    assertThat(call.target()).isEqualTo("AWSStepFunctions.StartExecution");
    assertThat(sent.path("stateMachineArn").asText()).isEqualTo(MACHINE);
    assertThat(sent.path("name").asText()).isEqualTo(ID.value());
    assertThat(sent.path("input").asText()).isEqualTo(WORK.toJson());
    assertThat(JSON.readTree(sent.path("input").asText()).path("event").asText()).isEqualTo(EVENT);
  }

  @Test
  void aRunningExecutionOfTheSameEventIsJoined() {
    aws.refuse(400, "ExecutionAlreadyExists");
    aws.reply(200, execution("RUNNING", EVENT, "/replies/env-9/" + ID).toString());
    assertThat(backend.start(WORK)).isEqualTo(new StartResult.Joined("/replies/env-9/" + ID));
    assertThat(aws.calls.get(1).body()).contains(EXECUTION);
  }

  @Test
  void aFinishedExecutionOfTheSameEventIsItsOutcome() {
    aws.refuse(400, "ExecutionAlreadyExists");
    aws.reply(
        200,
        execution("SUCCEEDED", EVENT, "/replies/env-9/" + ID)
            .put("output", "{\"id\":\"" + ID + "\",\"status\":\"COMPLETED\",\"result\":[1.50]}")
            .toString());
    assertThat(backend.start(WORK))
        .isEqualTo(new StartResult.Finished(new WorkOutcome.Completed("[1.50]")));
  }

  @Test
  void anExecutionOfAnotherEventIsNotJoined() {
    aws.refuse(400, "ExecutionAlreadyExists");
    aws.reply(200, execution("RUNNING", "{}", "/replies/env-9/" + ID).toString());
    assertThat(backend.start(WORK)).isEqualTo(new StartResult.OtherEvent());
  }

  @ParameterizedTest
  @CsvSource({
    "400, ThrottlingException, true",
    "429, TooManyRequestsException, true",
    "400, ExecutionLimitExceeded, true",
    "400, StateMachineDoesNotExist, false",
    "400, AccessDeniedException, false",
    "400, InvalidExecutionInput, false"
  })
  void aRefusedStartSaysWhetherTryingAgainMayHelp(int status, String type, boolean retryable) {
    StartResult.NotStarted not = aws.refusedStart(backend, WORK, status, type);
    assertThat(not.detail()).contains("no, really");
    assertThat(not.retryable()).isEqualTo(retryable);
    assertThat(not.error()).isEqualTo(type);
    assertThat(aws.calls).hasSize(1);
  }

  @Test
  void aServerErrorLeavesOpenWhetherItWasStarted() {
    aws.refuse(500, "InternalFailure");
    assertThat(backend.start(WORK)).isInstanceOf(StartResult.Unconfirmed.class);
  }

  @Test
  void aLostConnectionLeavesOpenWhetherItWasStarted() {
    assertThat(backend.start(WORK))
        .isInstanceOfSatisfying(
            StartResult.Unconfirmed.class,
            lost -> assertThat(lost.error()).isEqualTo("BackendUnreachable"));
    assertThat(aws.calls).hasSize(1);
  }

  @Test
  void runningWorkIsFoundRunning() {
    aws.reply(200, execution("RUNNING", EVENT, "/x/y").toString());
    assertThat(backend.find(ID)).isEqualTo(new FindResult.Running());
    assertThat(aws.calls.get(0).target()).isEqualTo("AWSStepFunctions.DescribeExecution");
  }

  @Test
  void anEnvelopeThatReportsAFailureIsAFailureAlthoughTheExecutionSucceeded() {
    aws.reply(
        200,
        execution("SUCCEEDED", EVENT, "/x/y")
            .put(
                "output",
                "{\"id\":\""
                    + ID
                    + "\",\"status\":\"FAILED\",\"error\":{\"error\":\"E\",\"cause\":\"c\"}}")
            .toString());
    assertThat(backend.find(ID))
        .isEqualTo(new FindResult.Finished(new WorkOutcome.Failed("E", "c")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "{\"nome_completo\":\"Ada\"}", "\"text\""})
  void anOutputThatIsNoEnvelopeIsTheResult(String output) {
    aws.reply(200, execution("SUCCEEDED", EVENT, "/x/y").put("output", output).toString());
    assertThat(backend.find(ID))
        .isEqualTo(new FindResult.Finished(new WorkOutcome.Completed(output)));
  }

  @ParameterizedTest
  @CsvSource({
    "FAILED, Boom, it broke, Boom",
    "FAILED, , , States.TaskFailed",
    "TIMED_OUT, , , States.Timeout",
    "ABORTED, , , ExecutionAborted"
  })
  void anExecutionThatEndedBadlyIsAFailure(
      String status, String error, String cause, String named) {
    aws.reply(
        200, execution(status, EVENT, "/x/y").put("error", error).put("cause", cause).toString());
    assertThat(backend.find(ID))
        .isEqualTo(
            new FindResult.Finished(new WorkOutcome.Failed(named, cause == null ? "" : cause)));
  }

  @Test
  void aWorkflowThatEndsWithPublishingIsAnsweredByWhatItPublished() {
    aws.reply(
        200,
        execution("SUCCEEDED", EVENT, "/x/y")
            .put("output", "{\"Headers\":{},\"ResponseBody\":{\"failed\":[]},\"StatusCode\":200}")
            .toString());
    aws.reply(
        200,
        "{\"events\":[{\"id\":9,\"timestamp\":1.7E9,\"type\":\"TaskSucceeded\"},"
            + "{\"id\":8,\"timestamp\":1.7E9,\"type\":\"TaskScheduled\",\"taskScheduledEventDetails\":"
            + "{\"resource\":\"invoke\",\"resourceType\":\"http\",\"region\":\"x\",\"parameters\":"
            + "\"{\\\"Method\\\":\\\"POST\\\",\\\"RequestBody\\\":{\\\"channel\\\":\\\"AsyncEvents/x\\\",\\\"events\\\":[\\\"{\\\\\\\"nome_completo\\\\\\\":\\\\\\\"A"
            + " B\\\\\\\"}\\\"]}}\"}}]}");
    assertThat(backend.find(ID))
        .isEqualTo(
            new FindResult.Finished(new WorkOutcome.Completed("{\"nome_completo\":\"A B\"}")));
    assertThat(aws.calls.get(1).target()).isEqualTo("AWSStepFunctions.GetExecutionHistory");
  }

  @Test
  void unknownWorkIsNotFound() {
    aws.refuse(400, "ExecutionDoesNotExist");
    assertThat(backend.find(ID)).isEqualTo(new FindResult.NotFound());
  }

  @Test
  void aRefusalToTellIsUnavailable() {
    aws.refuse(400, "ThrottlingException");
    assertThat(backend.find(ID)).isInstanceOf(FindResult.Unavailable.class);
  }

  @Test
  void anAliasIsStartedAndItsExecutionsAreFoundUnderTheMachine() throws Exception {
    try (Backend aliased =
        aws.backend("stepfunctions", Map.of("STATE_MACHINE_ARN", MACHINE + ":live"))) {
      aws.reply(200, execution("RUNNING", EVENT, "/x/y").toString());
      aliased.find(ID);
      assertThat(aws.calls.get(0).body()).contains("\"" + EXECUTION + "\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "names", "arn:aws:lambda:eu-west-1:0:function:names:1"})
  void anArnOfSomethingElseIsRefused(String arn) {
    assertThatThrownBy(() -> aws.backend("stepfunctions", Map.of("STATE_MACHINE_ARN", arn)))
        .hasMessageContaining("STATE_MACHINE_ARN");
  }
}
