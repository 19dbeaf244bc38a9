// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Receives, visibility, delays and long polls. */
class ReceiveTest extends SqsFixture {
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
  void sendsAndReceivesAreInTheJournalUnderTheIdInTheBody() {
    queue("q", "");
    call("SendMessage", "q", ",'MessageBody':'{\\'id\\':\\'exec-1\\'}'".replace("\\'", "\\\""));
    receive("q", "");
    assertThat(services.journal.select(entry -> "exec-1".equals(entry.event().correlationId())))
        .extracting(entry -> entry.event().type())
        .containsExactly("sqs.MessageSent", "sqs.MessageReceived");
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
}
