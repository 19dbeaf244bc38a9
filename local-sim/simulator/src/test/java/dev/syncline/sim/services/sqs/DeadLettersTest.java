// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Dead-letter queues and the tasks that move their messages back. */
class DeadLettersTest extends SqsFixture {
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
}
