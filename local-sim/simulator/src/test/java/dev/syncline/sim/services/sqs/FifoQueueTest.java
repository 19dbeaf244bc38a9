// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** FIFO queues: order, groups and deduplication. */
class FifoQueueTest extends SqsFixture {
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

  private JsonNode fifo(String queue, String body, String group) {
    return call(
        "SendMessage", queue, ",'MessageBody':'" + body + "','MessageGroupId':'" + group + "'");
  }
}
