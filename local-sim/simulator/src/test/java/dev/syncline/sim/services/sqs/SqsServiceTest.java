// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.testing.CoreServices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The queues under a clock that only the test moves. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SqsServiceTest {
  private final CoreServices services = new CoreServices(new ClockMode.Manual());

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void aReceivedMessageIsHiddenAndComesBackWithItsCount() {
    queue("q", "'VisibilityTimeout':'10'");
    send("q", "a");
    JsonNode first = receive("q", "").get(0);
    assertThat(receive("q", "")).isEmpty();
    services.clock.advance(Duration.ofSeconds(9));
    assertThat(receive("q", "")).isEmpty();
    services.clock.advance(Duration.ofSeconds(1));
    JsonNode again = receive("q", ",'AttributeNames':['All']").get(0);
    assertThat(again.path("MessageId")).isEqualTo(first.path("MessageId"));
    assertThat(again.path("ReceiptHandle")).isNotEqualTo(first.path("ReceiptHandle"));
    assertThat(again.at("/Attributes/ApproximateReceiveCount").asText()).isEqualTo("2");
  }

  @Test
  void theHandleOfAnEarlierReceiveDeletesNothing() {
    queue("q", "'VisibilityTimeout':'10'");
    send("q", "a");
    String old = receive("q", "").get(0).path("ReceiptHandle").asText();
    services.clock.advance(Duration.ofSeconds(10));
    String current = receive("q", "").get(0).path("ReceiptHandle").asText();
    delete("q", old);
    assertThat(counts("q")).isEqualTo("0/1/0");
    delete("q", current);
    delete("q", current);
    assertThat(counts("q")).isEqualTo("0/0/0");
    assertThat(refusedOnQ("DeleteMessage", "'ReceiptHandle':'nonsense'").code())
        .isEqualTo("ReceiptHandleIsInvalid");
  }

  @Test
  void aVisibilityCanBeEndedProlongedAndNotBeyondTwelveHours() {
    queue("q", "'VisibilityTimeout':'10'");
    send("q", "a");
    String handle = receive("q", "").get(0).path("ReceiptHandle").asText();
    change("q", handle, 100);
    services.clock.advance(Duration.ofSeconds(99));
    assertThat(receive("q", "")).isEmpty();
    change("q", handle, 0);
    assertThat(counts("q")).isEqualTo("1/0/0");
    String next = receive("q", "").get(0).path("ReceiptHandle").asText();
    services.clock.advance(Duration.ofSeconds(5));
    assertThat(
            refusedOnQ(
                    "ChangeMessageVisibility",
                    "'ReceiptHandle':'" + next + "','VisibilityTimeout':43200")
                .text())
        .contains("Total VisibilityTimeout for the message is beyond the limit");
    change("q", next, 43195);
    assertThat(
            refusedOnQ(
                    "ChangeMessageVisibility",
                    "'ReceiptHandle':'" + handle + "','VisibilityTimeout':1")
                .code())
        .isEqualTo("InvalidParameterValueException");
  }

  @Test
  void aMessageWithoutVisibilityTimeIsGivenOnceAReceive() {
    queue("q", "'VisibilityTimeout':'0'");
    send("q", "a");
    assertThat(receive("q", ",'MaxNumberOfMessages':10")).hasSize(1);
    assertThat(receive("q", ",'MaxNumberOfMessages':10")).hasSize(1);
    assertThat(counts("q")).isEqualTo("1/0/0");
  }

  @Test
  void delaysOfTheQueueAndOfTheMessageHoldBack() {
    queue("q", "'DelaySeconds':'30'");
    send("q", "slow");
    call("SendMessage", "q", ",'MessageBody':'now','DelaySeconds':0");
    call("SendMessage", "q", ",'MessageBody':'later','DelaySeconds':900");
    assertThat(counts("q")).isEqualTo("1/0/2");
    assertThat(bodies(receive("q", ",'MaxNumberOfMessages':10"))).containsExactly("now");
    services.clock.advance(Duration.ofSeconds(29));
    assertThat(receive("q", "")).isEmpty();
    services.clock.advance(Duration.ofSeconds(1));
    assertThat(bodies(receive("q", ",'MaxNumberOfMessages':10")))
        .containsExactlyInAnyOrder("now", "slow");
    services.clock.advance(Duration.ofSeconds(870));
    assertThat(bodies(receive("q", ",'MaxNumberOfMessages':10"))).contains("later");
  }

  @Test
  void aLongPollIsAnsweredByTheMessageItWaitsFor() throws Exception {
    queue("q", "");
    CompletableFuture<JsonNode> poll = poll("q", 20);
    send("q", "a");
    assertThat(bodies(poll.get(10, TimeUnit.SECONDS))).containsExactly("a");
  }

  @Test
  void aLongPollIsAnsweredWhenADelayEndsAndIsEmptyWhenItsTimeIsOver() throws Exception {
    queue("q", "'ReceiveMessageWaitTimeSeconds':'20'");
    call("SendMessage", "q", ",'MessageBody':'a','DelaySeconds':15");
    CompletableFuture<JsonNode> poll = poll("q", null);
    services.clock.advance(Duration.ofSeconds(15));
    assertThat(bodies(poll.get(10, TimeUnit.SECONDS))).containsExactly("a");
    CompletableFuture<JsonNode> empty = poll("q", 5);
    services.clock.advance(Duration.ofSeconds(4));
    assertThat(empty).isNotDone();
    services.clock.advance(Duration.ofSeconds(1));
    assertThat(empty.get(10, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void aLongPollEndsWithItsQueue() throws Exception {
    queue("q", "");
    CompletableFuture<JsonNode> poll = poll("q", 20);
    call("DeleteQueue", "q", "");
    var failure =
        catchThrowableOfType(ExecutionException.class, () -> poll.get(10, TimeUnit.SECONDS));
    assertThat(failure).hasRootCauseMessage("The specified queue does not exist.");
    assertThat(services.clock.pendingTimers()).isZero();
  }

  @Test
  void aNameIsFreeAgainAMinuteAfterItsQueueWasDeleted() {
    queue("q", "");
    call("DeleteQueue", "q", "");
    assertThat(refusedCreate("q").code()).isEqualTo("QueueDeletedRecently");
    services.clock.advance(Duration.ofSeconds(60));
    queue("q", "");
  }

  @Test
  void messagesPastTheirRetentionAreGone() {
    queue("q", "'MessageRetentionPeriod':'60'");
    send("q", "a");
    services.clock.advance(Duration.ofSeconds(30));
    send("q", "b");
    receive("q", ",'VisibilityTimeout':43200");
    services.clock.advance(Duration.ofSeconds(30));
    assertThat(counts("q")).isEqualTo("1/0/0");
    assertThat(bodies(receive("q", ""))).containsExactly("b");
    services.clock.advance(Duration.ofSeconds(30));
    assertThat(counts("q")).isEqualTo("0/0/0");
    assertThat(services.clock.pendingTimers()).isZero();
  }

  @Test
  void aMessageThatWasReceivedTooOftenGoesToItsDeadLetterQueueWithIdAndCount() {
    queue("dlq", "");
    queue("q", "'VisibilityTimeout':'1'," + redrive("dlq", 2));
    String id = call("SendMessage", "q", ",'MessageBody':'poison'").path("MessageId").asText();
    for (int i = 0; i < 2; i++) {
      assertThat(receive("q", "")).hasSize(1);
      services.clock.advance(Duration.ofSeconds(1));
    }
    assertThat(receive("q", "")).isEmpty();
    JsonNode dead = receive("dlq", ",'AttributeNames':['All']").get(0);
    assertThat(dead.path("MessageId").asText()).isEqualTo(id);
    assertThat(dead.at("/Attributes/DeadLetterQueueSourceArn").asText()).isEqualTo(arn("q"));
    assertThat(dead.at("/Attributes/ApproximateReceiveCount").asText()).isEqualTo("3");
    assertThat(
            services
                .call("sqs", "ListDeadLetterSourceQueues", "{" + url("dlq") + "}")
                .path("queueUrls"))
        .hasSize(1);
  }

  @Test
  void redriveSendsDeadLettersBackAsNewMessagesAtTheRateAskedFor() {
    queue("dlq", "");
    queue("q", "'VisibilityTimeout':'0'," + redrive("dlq", 1));
    for (int i = 0; i < 5; i++) {
      send("q", "m" + i);
    }
    receive("q", ",'MaxNumberOfMessages':10");
    receive("q", ",'MaxNumberOfMessages':10");
    assertThat(counts("dlq")).isEqualTo("5/0/0");
    services.call(
        "sqs",
        "StartMessageMoveTask",
        "{'SourceArn':'" + arn("dlq") + "','MaxNumberOfMessagesPerSecond':2}");
    assertThat(refused("StartMessageMoveTask", "{'SourceArn':'" + arn("dlq") + "'}").code())
        .isEqualTo("UnsupportedOperation");
    services.clock.advance(Duration.ZERO);
    assertThat(counts("q")).isEqualTo("2/0/0");
    services.clock.advance(Duration.ofSeconds(2));
    assertThat(counts("q")).isEqualTo("5/0/0");
    JsonNode task =
        services
            .call("sqs", "ListMessageMoveTasks", "{'SourceArn':'" + arn("dlq") + "'}")
            .path("Results")
            .get(0);
    assertThat(task.path("Status").asText()).isEqualTo("COMPLETED");
    assertThat(task.path("ApproximateNumberOfMessagesMoved").asInt()).isEqualTo(5);
    JsonNode back = receive("q", ",'AttributeNames':['All']").get(0);
    assertThat(back.at("/Attributes/ApproximateReceiveCount").asText()).isEqualTo("1");
    assertThat(back.path("Attributes").has("DeadLetterQueueSourceArn")).isFalse();
  }

  @Test
  void aCancelledRedriveLeavesTheRest() {
    queue("dlq", "");
    queue("q", "'VisibilityTimeout':'0'," + redrive("dlq", 1));
    IntStream.range(0, 3).forEach(i -> send("q", "m" + i));
    receive("q", ",'MaxNumberOfMessages':10");
    receive("q", ",'MaxNumberOfMessages':10");
    String handle =
        services
            .call(
                "sqs",
                "StartMessageMoveTask",
                "{'SourceArn':'" + arn("dlq") + "','MaxNumberOfMessagesPerSecond':1}")
            .path("TaskHandle")
            .asText();
    services.clock.advance(Duration.ZERO);
    assertThat(
            services
                .call("sqs", "CancelMessageMoveTask", "{'TaskHandle':'" + handle + "'}")
                .path("ApproximateNumberOfMessagesMoved")
                .asInt())
        .isEqualTo(1);
    services.clock.advance(Duration.ofMinutes(1));
    assertThat(counts("dlq")).isEqualTo("2/0/0");
  }

  @Test
  void aFifoQueueGivesEachGroupInOrderAndOneReceiveAtATime() {
    queue(
        "q.fifo", "'FifoQueue':'true','ContentBasedDeduplication':'true','VisibilityTimeout':'10'");
    for (String body : List.of("a1", "b1", "a2", "b2", "a3")) {
      fifo("q.fifo", body, body.substring(0, 1));
    }
    assertThat(bodies(receive("q.fifo", ",'MaxNumberOfMessages':2"))).containsExactly("a1", "a2");
    JsonNode second = receive("q.fifo", ",'MaxNumberOfMessages':10");
    assertThat(bodies(second)).containsExactly("b1", "b2");
    assertThat(receive("q.fifo", "")).isEmpty();
    delete("q.fifo", second.get(0).path("ReceiptHandle").asText());
    services.clock.advance(Duration.ofSeconds(10));
    assertThat(bodies(receive("q.fifo", ",'MaxNumberOfMessages':10")))
        .containsExactly("a1", "a2", "a3", "b2");
  }

  @Test
  void aDelayedMessageOfAGroupHoldsBackItsGroup() {
    queue("q.fifo", "'FifoQueue':'true','ContentBasedDeduplication':'true','DelaySeconds':'10'");
    fifo("q.fifo", "a1", "a");
    services.clock.advance(Duration.ofSeconds(5));
    fifo("q.fifo", "a2", "a");
    services.clock.advance(Duration.ofSeconds(5));
    assertThat(bodies(receive("q.fifo", ",'MaxNumberOfMessages':10"))).containsExactly("a1");
    call("SetQueueAttributes", "q.fifo", ",'Attributes':{'DelaySeconds':'0'}");
    assertThat(counts("q.fifo")).isEqualTo("1/1/0");
  }

  @Test
  void aDuplicateWithinFiveMinutesIsAnsweredLikeTheFirstAndNotDelivered() {
    queue("q.fifo", "'FifoQueue':'true','ContentBasedDeduplication':'true'");
    JsonNode first = fifo("q.fifo", "same", "a");
    services.clock.advance(Duration.ofMinutes(4));
    JsonNode second = fifo("q.fifo", "same", "b");
    assertThat(second).isEqualTo(first);
    assertThat(counts("q.fifo")).isEqualTo("1/0/0");
    services.clock.advance(Duration.ofMinutes(1));
    JsonNode third = fifo("q.fifo", "same", "a");
    assertThat(third.path("MessageId")).isNotEqualTo(first.path("MessageId"));
    assertThat(third.path("SequenceNumber").asText())
        .isGreaterThan(first.path("SequenceNumber").asText());
  }

  @Test
  void withScopeMessageGroupTheSameIdInAnotherGroupIsNoDuplicate() {
    queue(
        "q.fifo",
        "'FifoQueue':'true','ContentBasedDeduplication':'true','DeduplicationScope':'messageGroup',"
            + "'FifoThroughputLimit':'perMessageGroupId'");
    fifo("q.fifo", "same", "a");
    fifo("q.fifo", "same", "b");
    fifo("q.fifo", "same", "a");
    assertThat(counts("q.fifo")).isEqualTo("2/0/0");
  }

  @Test
  void aReceiveIsRepeatedForItsAttemptIdUntilAMessageIsTouched() {
    queue("q.fifo", "'FifoQueue':'true','ContentBasedDeduplication':'true'");
    fifo("q.fifo", "a1", "a");
    String attempt = ",'ReceiveRequestAttemptId':'try'";
    JsonNode first = receive("q.fifo", attempt);
    JsonNode repeated = receive("q.fifo", attempt);
    assertThat(repeated).isEqualTo(first).hasSize(1);
    change("q.fifo", first.get(0).path("ReceiptHandle").asText(), 60);
    assertThat(receive("q.fifo", attempt)).isEmpty();
  }

  @Test
  void aPoisonMessageOfAGroupMakesWayForTheNext() {
    queue("dlq.fifo", "'FifoQueue':'true'");
    queue(
        "q.fifo",
        "'FifoQueue':'true','ContentBasedDeduplication':'true','VisibilityTimeout':'1',"
            + redrive("dlq.fifo", 1));
    fifo("q.fifo", "poison", "a");
    fifo("q.fifo", "fine", "a");
    assertThat(bodies(receive("q.fifo", ""))).containsExactly("poison");
    services.clock.advance(Duration.ofSeconds(1));
    assertThat(bodies(receive("q.fifo", ""))).containsExactly("fine");
    assertThat(bodies(receive("dlq.fifo", ""))).containsExactly("poison");
  }

  @Test
  void purgeEmptiesAQueueOnceAMinute() {
    queue("q", "");
    send("q", "a");
    send("q", "b");
    receive("q", "");
    call("PurgeQueue", "q", "");
    assertThat(counts("q")).isEqualTo("0/0/0");
    assertThat(refusedOnQ("PurgeQueue", "").code()).isEqualTo("PurgeQueueInProgress");
  }

  @Test
  void whatWasSentAndReceivedIsInTheJournalUnderTheIdInTheBody() {
    queue("q", "");
    call("SendMessage", "q", ",'MessageBody':'{\\'id\\':\\'exec-1\\'}'".replace("\\'", "\\\""));
    receive("q", "");
    assertThat(services.journal.select(entry -> "exec-1".equals(entry.event().correlationId())))
        .extracting(entry -> entry.event().type())
        .containsExactly("sqs.MessageSent", "sqs.MessageReceived");
  }

  private void queue(String name, String attributes) {
    services.call(
        "sqs", "CreateQueue", "{'QueueName':'" + name + "','Attributes':{" + attributes + "}}");
  }

  private AwsException refusedCreate(String name) {
    return refused("CreateQueue", "{'QueueName':'" + name + "'}");
  }

  private AwsException refusedOnQ(String operation, String more) {
    return refused(operation, "{" + url("q") + (more.isEmpty() ? "" : ",") + more + "}");
  }

  private AwsException refused(String operation, String input) {
    AwsException error =
        catchThrowableOfType(AwsException.class, () -> services.call("sqs", operation, input));
    assertThat(error).as("%s is refused", operation).isNotNull();
    return error;
  }

  private JsonNode call(String operation, String queue, String more) {
    return services.call("sqs", operation, "{" + url(queue) + more + "}");
  }

  private void send(String queue, String body) {
    call("SendMessage", queue, ",'MessageBody':'" + body + "'");
  }

  private JsonNode fifo(String queue, String body, String group) {
    return call(
        "SendMessage", queue, ",'MessageBody':'" + body + "','MessageGroupId':'" + group + "'");
  }

  private JsonNode receive(String queue, String more) {
    JsonNode messages = call("ReceiveMessage", queue, more).path("Messages");
    return messages.isMissingNode() ? Json.array() : messages;
  }

  private CompletableFuture<JsonNode> poll(String queue, @Nullable Integer seconds)
      throws InterruptedException {
    var result = new CompletableFuture<JsonNode>();
    int timers = services.clock.pendingTimers();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                result.complete(
                    call(
                            "ReceiveMessage",
                            queue,
                            seconds == null ? "" : ",'WaitTimeSeconds':" + seconds)
                        .path("Messages"));
              } catch (RuntimeException failure) {
                result.completeExceptionally(failure);
              }
            });
    while (services.clock.pendingTimers() == timers && !result.isDone()) {
      Thread.onSpinWait();
    }
    return result;
  }

  private void delete(String queue, String handle) {
    call("DeleteMessage", queue, ",'ReceiptHandle':'" + handle + "'");
  }

  private void change(String queue, String handle, int seconds) {
    call(
        "ChangeMessageVisibility",
        queue,
        ",'ReceiptHandle':'" + handle + "','VisibilityTimeout':" + seconds);
  }

  private String counts(String queue) {
    JsonNode all =
        call("GetQueueAttributes", queue, ",'AttributeNames':['All']").path("Attributes");
    return all.path("ApproximateNumberOfMessages").asText()
        + "/"
        + all.path("ApproximateNumberOfMessagesNotVisible").asText()
        + "/"
        + all.path("ApproximateNumberOfMessagesDelayed").asText();
  }

  private static List<String> bodies(JsonNode messages) {
    var bodies = new ArrayList<String>();
    messages.forEach(message -> bodies.add(message.path("Body").asText()));
    return bodies;
  }

  private static String redrive(String target, int most) {
    return "'RedrivePolicy':'{\\'deadLetterTargetArn\\':\\'".replace("\\'", "\\\"")
        + arn(target)
        + "\\\",\\\"maxReceiveCount\\\":"
        + most
        + "}'";
  }

  private static String arn(String queue) {
    return "arn:aws:sqs:us-east-1:111111111111:" + queue;
  }

  private static String url(String queue) {
    return "'QueueUrl':'http://127.0.0.1:4566/111111111111/" + queue + "'";
  }
}
