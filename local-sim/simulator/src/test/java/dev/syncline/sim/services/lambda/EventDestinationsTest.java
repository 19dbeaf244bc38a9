// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.testing.WholeSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Asynchronous invocations to their end, in skipping time. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventDestinationsTest {
  @TempDir Path work;
  @AutoClose private WholeSimulator aws;

  @BeforeEach
  void start() {
    aws = new WholeSimulator(work);
    aws.call("sqs", "CreateQueue", "{'QueueName':'q'}");
  }

  @Test
  void aFailureIsTriedAgainAfterOneAndTwoMinutesAndToldToItsDestination() throws Exception {
    List<Instant> attempts = new CopyOnWriteArrayList<>();
    aws.function(
        "f",
        "",
        event -> {
          attempts.add(aws.simulator.clock().now());
          throw new IllegalStateException("no luck");
        });
    configure("'DestinationConfig':{'OnFailure':{'Destination':'" + queueArn() + "'}}");
    invoke("f");
    JsonNode record = Json.MAPPER.readTree(received().path("Body").asText());
    assertThat(attempts).hasSize(3);
    assertThat(Duration.between(attempts.get(0), attempts.get(1)))
        .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
    assertThat(Duration.between(attempts.get(1), attempts.get(2)))
        .isGreaterThanOrEqualTo(Duration.ofMinutes(2));
    assertThat(record.path("version").asText()).isEqualTo("1.0");
    assertThat(record.at("/requestContext/condition").asText()).isEqualTo("RetriesExhausted");
    assertThat(record.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(3);
    assertThat(record.at("/requestContext/functionArn").asText())
        .isEqualTo("arn:aws:lambda:us-east-1:111111111111:function:f:$LATEST");
    assertThat(record.at("/requestPayload/n").asInt()).isEqualTo(1);
    assertThat(record.at("/responseContext/functionError").asText()).isEqualTo("Unhandled");
    assertThat(record.at("/responseContext/executedVersion").asText()).isEqualTo("$LATEST");
    assertThat(record.at("/responsePayload/errorMessage").asText()).isEqualTo("no luck");
  }

  @Test
  void aSuccessIsToldToAFunction() throws Exception {
    BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    aws.function("f", "", event -> "{\"answer\":42}");
    aws.function(
        "listener",
        "",
        event -> {
          heard.add(event);
          return "{}";
        });
    configure(
        "'DestinationConfig':{'OnSuccess':{'Destination':"
            + "'arn:aws:lambda:us-east-1:111111111111:function:listener'}}");
    invoke("f");
    JsonNode record = heard.poll(30, TimeUnit.SECONDS);
    assertThat(record).isNotNull();
    assertThat(record.at("/requestContext/condition").asText()).isEqualTo("Success");
    assertThat(record.at("/responsePayload/answer").asInt()).isEqualTo(42);
    assertThat(record.path("responseContext").has("functionError")).isFalse();
  }

  @Test
  void theDeadLetterQueueGetsTheEventItselfAndWhatWentWrong() {
    aws.function(
        "f",
        ",'DeadLetterConfig':{'TargetArn':'" + queueArn() + "'}",
        event -> {
          throw new IllegalStateException("no luck");
        });
    assertThat(
            aws.call("lambda", "GetFunctionConfiguration", "{'FunctionName':'f'}")
                .at("/DeadLetterConfig/TargetArn")
                .asText())
        .isEqualTo(queueArn());
    configure("'MaximumRetryAttempts':0");
    invoke("f");
    JsonNode message = received();
    assertThat(message.path("Body").asText()).isEqualTo("{\"n\":1}");
    assertThat(message.at("/MessageAttributes/ErrorCode/StringValue").asText()).isEqualTo("200");
    assertThat(message.at("/MessageAttributes/ErrorMessage/StringValue").asText())
        .isEqualTo("no luck");
    assertThat(message.at("/MessageAttributes/RequestID/StringValue").asText()).hasSize(36);
  }

  @Test
  void anEventThatGrowsTooOldIsToldSo() throws Exception {
    aws.function(
        "f",
        "",
        event -> {
          throw new IllegalStateException("no luck");
        });
    configure(
        "'MaximumEventAgeInSeconds':60,'DestinationConfig':{'OnFailure':{'Destination':'"
            + queueArn()
            + "'}}");
    invoke("f");
    JsonNode record = Json.MAPPER.readTree(received().path("Body").asText());
    // The first retry, a minute later, would find the event older than a minute.
    assertThat(record.at("/requestContext/condition").asText()).isEqualTo("EventAgeExceeded");
    assertThat(record.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(1);
  }

  @Test
  void aDestinationThatIsGoneIsInTheJournal() {
    aws.function("f", "", event -> "{}");
    configure(
        "'DestinationConfig':{'OnSuccess':{'Destination':'arn:aws:sqs:us-east-1:111111111111:none'}}");
    invoke("f");
    assertThat(
            aws.until(entry -> entry.event().type().equals("lambda.DestinationFailed"))
                .event()
                .details())
        .containsEntry("failure", "The specified queue does not exist.");
  }

  @Test
  void aConfigurationIsUpdatedListedAndRefused() {
    aws.function("f", "", event -> "{}");
    configure("'MaximumRetryAttempts':1");
    aws.call(
        "lambda",
        "UpdateFunctionEventInvokeConfig",
        "{'FunctionName':'f','MaximumEventAgeInSeconds':90}");
    JsonNode shown =
        aws.call("lambda", "ListFunctionEventInvokeConfigs", "{'FunctionName':'f'}")
            .at("/FunctionEventInvokeConfigs/0");
    assertThat(shown.path("MaximumRetryAttempts").asInt()).isEqualTo(1);
    assertThat(shown.path("MaximumEventAgeInSeconds").asInt()).isEqualTo(90);
    for (String arn :
        List.of(
            "arn:aws:events:us-east-1:111111111111:event-bus/b",
            "arn:aws:sqs:us-east-1:111111111111:q.fifo",
            "nonsense")) {
      AwsException refused =
          catchThrowableOfType(
              AwsException.class,
              () -> configure("'DestinationConfig':{'OnFailure':{'Destination':'" + arn + "'}}"));
      assertThat(refused.code()).isEqualTo("InvalidParameterValueException");
    }
  }

  private void configure(String members) {
    aws.call("lambda", "PutFunctionEventInvokeConfig", "{'FunctionName':'f'," + members + "}");
  }

  private void invoke(String function) {
    aws.call(
        "lambda",
        "Invoke",
        "{'FunctionName':'" + function + "','InvocationType':'Event','Payload':{'n':1}}");
  }

  private JsonNode received() {
    aws.until(entry -> entry.event().type().equals("sqs.MessageSent"));
    return aws.call(
            "sqs",
            "ReceiveMessage",
            "{'QueueUrl':'http://127.0.0.1:4566/111111111111/q','MessageAttributeNames':['All']}")
        .at("/Messages/0");
  }

  private static String queueArn() {
    return "arn:aws:sqs:us-east-1:111111111111:q";
  }
}
