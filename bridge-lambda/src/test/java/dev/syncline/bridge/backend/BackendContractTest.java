// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.syncline.bridge.correlate.WorkOutcome;
import dev.syncline.testing.TestDigests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the contract against every shipped backend, with additional tests for each. */
class BackendContractTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MACHINE = "arn:aws:states:eu-west-1:000000000000:stateMachine:names";

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Nested
  class StepFunctions extends BackendContract {
    StepFunctions() throws IOException {
      super("stepfunctions", aws -> Map.of("STATE_MACHINE_ARN", MACHINE));
    }

    @Override
    void accept() {
      aws.reply(200, "{\"executionArn\":\"" + MACHINE + ":x\",\"startDate\":1.7E9}");
    }

    @Override
    String arrived(FakeAws.Call call) {
      return json(call.body()).path("input").asText();
    }
  }

  @Nested
  class LambdaAsynchronously extends BackendContract {
    LambdaAsynchronously() throws IOException {
      super(
          "lambda",
          aws ->
              Map.of(
                  "WORKER_FUNCTION_ARN", "arn:aws:lambda:eu-west-1:000000000000:function:worker"));
    }
  }

  @Nested
  class Sqs extends BackendContract {
    Sqs() throws IOException {
      super(
          "sqs",
          aws ->
              Map.of("WORKER_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/000000000000/work"));
    }

    @Override
    void accept() {
      // The SDK verifies the digest.
      aws.reply(
          200,
          "{\"MessageId\":\"m-1\",\"MD5OfMessageBody\":\""
              + TestDigests.md5(WORK.toJson())
              + "\"}");
    }

    @Override
    String arrived(FakeAws.Call call) {
      return json(call.body()).path("MessageBody").asText();
    }

    @Test
    void aFifoQueueIsToldTheIdSoThatItDropsARepeat() throws Exception {
      try (Backend fifo =
          aws.backend(
              "sqs",
              Map.of(
                  "WORKER_QUEUE_URL",
                  "https://sqs.eu-west-1.amazonaws.com/000000000000/work.fifo"))) {
        accept();
        assertThat(fifo.start(WORK)).isEqualTo(new StartResult.Started());
        JsonNode message = json(aws.calls.get(0).body());
        assertThat(message.path("MessageDeduplicationId").asText()).isEqualTo(ID.value());
        assertThat(message.path("MessageGroupId").asText()).isEqualTo(ID.value());
      }
    }
  }

  @Nested
  class Http extends BackendContract {
    Http() throws IOException {
      super(
          "http", aws -> Map.of("WORKER_URL", aws.environment().get("AWS_ENDPOINT_URL") + "/work"));
    }

    @Override
    int accepted() {
      return 202;
    }

    /** The worker has confirmed the work. */
    @Override
    Class<? extends StartResult> whenTheBodyStalls() {
      return StartResult.Started.class;
    }

    @Test
    void aStalledAnswerOfTheStatusAddressIsNoAnswer() throws Exception {
      try (Backend known = withStatus(Map.of("FIND_TIMEOUT_MS", "300"))) {
        aws.stall(200);
        assertThat(known.find(ID)).isInstanceOf(FindResult.Unavailable.class);
      }
    }

    @Test
    void anAnswerWithoutEndIsNotRead() {
      aws.reply(200, "x".repeat(6 * 1024 * 1024 + 1));
      assertThat(withStatus(Map.of()).find(ID)).isInstanceOf(FindResult.Unavailable.class);
      aws.reply(202, "x".repeat(6 * 1024 * 1024 + 1));
      assertThat(start()).isEqualTo(new StartResult.Started());
    }

    private Backend withStatus(Map<String, String> more) {
      String base = String.valueOf(aws.environment().get("AWS_ENDPOINT_URL"));
      var settings = new HashMap<String, String>(more);
      settings.put("WORKER_URL", base + "/work");
      settings.put("WORKER_STATUS_URL", base + "/work/{id}");
      return aws.backend("http", settings);
    }

    @Test
    void aWorkerThatAnswersWithTheEnvelopeHasDoneTheWork() {
      aws.reply(200, "{\"id\":\"" + ID + "\",\"status\":\"COMPLETED\",\"result\":1.50}");
      assertThat(start()).isEqualTo(new StartResult.Finished(new WorkOutcome.Completed("1.50")));
    }

    @ParameterizedTest
    @CsvSource({"409", "422"})
    void aConflictIsAnotherEventUnderTheSameId(int status) {
      aws.refuse(status, "Conflict");
      assertThat(start()).isEqualTo(new StartResult.OtherEvent());
    }

    @Test
    void theWorkersTokenIsSentWithEachRequest() throws Exception {
      try (Backend known = withStatus(Map.of("WORKER_HTTP_TOKEN", "0123456789abcdef"))) {
        aws.reply(401, "");
        aws.reply(401, "");
        assertThat(known.find(ID)).isInstanceOf(FindResult.Unavailable.class);
        assertThat(known.find(ID)).isInstanceOf(FindResult.Unavailable.class);
      }
      assertThat(aws.calls)
          .extracting(FakeAws.Call::authorization)
          .containsOnly("Bearer 0123456789abcdef");
      accept();
      start();
      assertThat(aws.calls.get(2).authorization()).isEmpty();
    }

    @Test
    void theStatusAddressTellsHowTheWorkGoes() throws Exception {
      try (Backend tracked = withStatus(Map.of())) {
        aws.reply(200, "{\"id\":\"" + ID + "\",\"status\":\"PROCESSING\"}");
        assertThat(tracked.find(ID)).isEqualTo(new FindResult.Running());
        assertThat(aws.calls.get(0).path()).isEqualTo("/work/" + ID);
        aws.reply(
            200,
            "{\"id\":\""
                + ID
                + "\",\"status\":\"FAILED\",\"error\":{\"error\":\"E\",\"cause\":\"c\"}}");
        assertThat(tracked.find(ID))
            .isEqualTo(new FindResult.Finished(new WorkOutcome.Failed("E", "c")));
        aws.reply(404, "");
        assertThat(tracked.find(ID)).isEqualTo(new FindResult.NotFound());
        aws.reply(500, "");
        assertThat(tracked.find(ID)).isInstanceOf(FindResult.Unavailable.class);
      }
    }

    @Test
    void aStartWithoutAListenerHasStartedNothing() throws Exception {
      try (Backend nowhere = aws.backend("http", Map.of("WORKER_URL", "http://127.0.0.1:1/work"))) {
        assertThat(nowhere.start(WORK))
            .isInstanceOfSatisfying(
                StartResult.NotStarted.class, not -> assertThat(not.retryable()).isTrue());
      }
    }
  }

  /** One call that lasts as long as the work, so its result is asynchronous. */
  @Nested
  class Express {
    private final FakeAws aws = new FakeAws();
    private final Backend backend =
        aws.backend("stepfunctions-express", Map.of("STATE_MACHINE_ARN", MACHINE));

    Express() throws IOException {}

    private WorkOutcome answer() {
      StartResult result = backend.start(BackendContract.WORK);
      assertThat(result).isInstanceOf(StartResult.Promised.class);
      return ((StartResult.Promised) result).answer().join();
    }

    private void execution(String members) {
      aws.reply(
          200, "{\"executionArn\":\"x\",\"startDate\":1.7E9,\"stopDate\":1.7E9," + members + "}");
    }

    @Test
    void theOutputIsTheAnswerAndNoChannelIsNeeded() {
      execution("\"status\":\"SUCCEEDED\",\"output\":\"{\\\"fullName\\\":\\\"Ada\\\"}\"");
      assertThat(answer()).isEqualTo(new WorkOutcome.Completed("{\"fullName\":\"Ada\"}"));
      FakeAws.Call call = aws.calls.get(0);
      assertThat(call.target()).isEqualTo("AWSStepFunctions.StartSyncExecution");
      assertThat(json(call.body()).path("input").asText()).isEqualTo(BackendContract.WORK.toJson());
      assertThat(Backends.named("stepfunctions-express").answersOnChannel(aws.environment()))
          .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
      "FAILED, Boom, it broke, Boom",
      "FAILED, , , States.TaskFailed",
      "TIMED_OUT, , , States.Timeout"
    })
    void anExecutionThatEndedBadlyIsAFailure(
        String status, String error, String cause, String named) {
      execution(
          "\"status\":\""
              + status
              + "\""
              + (error == null ? "" : ",\"error\":\"" + error + "\",\"cause\":\"" + cause + "\""));
      assertThat(answer()).isEqualTo(new WorkOutcome.Failed(named, cause == null ? "" : cause));
    }

    @Test
    void aRefusedExecutionIsAFailureAndALostAnswerIsLost() {
      aws.refuse(400, "ExecutionLimitExceeded");
      assertThat(answer())
          .isEqualTo(
              new WorkOutcome.Failed(
                  "ExecutionLimitExceeded", "The execution could not be started."));
      org.assertj.core.api.Assertions.assertThatThrownBy(this::answer)
          .isInstanceOf(CompletionException.class);
    }
  }

  @Test
  void anotherJarsFactoryIsFoundByServiceLoader() {
    assertThat(Backends.named("echo")).isInstanceOf(EchoFactory.class);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Backends.named("mainframe"))
        .hasMessage(
            "Unknown backend \"mainframe\"; set BACKEND to one of echo, http, lambda, sqs,"
                + " stepfunctions, stepfunctions-express");
  }
}
