// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/** An SQS queue. Thread-safe; closes the client. */
public record SqsJobQueue(SqsClient client, String url) implements JobQueue {
  @Override
  public boolean isFifo() {
    return url.endsWith(".fifo");
  }

  @Override
  public List<JobMessage> receive(int max, Duration wait, Duration visibility) {
    ReceiveMessageRequest request =
        ReceiveMessageRequest.builder()
            .queueUrl(url)
            .maxNumberOfMessages(max)
            .waitTimeSeconds((int) wait.toSeconds())
            .visibilityTimeout(seconds(visibility))
            .messageAttributeNames(JobMessage.STILL_TO_WAIT)
            .messageSystemAttributeNames(
                MessageSystemAttributeName.SENT_TIMESTAMP,
                MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP,
                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)
            .build();
    List<JobMessage> messages = new ArrayList<>();
    for (Message message : client.receiveMessage(request).messages()) {
      messages.add(message(message));
    }
    return messages;
  }

  private static JobMessage message(Message message) {
    Map<String, String> system = new HashMap<>(message.attributesAsStrings());
    MessageAttributeValue wait = message.messageAttributes().get(JobMessage.STILL_TO_WAIT);
    return message(
        message.messageId(),
        message.receiptHandle(),
        message.body(),
        system,
        wait == null ? null : wait.stringValue());
  }

  /** Builds a message; missing attributes count as zero. */
  public static JobMessage message(
      String messageId,
      String receipt,
      String body,
      Map<String, String> system,
      @Nullable String stillToWait) {
    long sent = number(system.get("SentTimestamp"), 0);
    long received = number(system.get("ApproximateFirstReceiveTimestamp"), sent);
    return new JobMessage(
        messageId,
        receipt,
        body,
        (int) number(system.get("ApproximateReceiveCount"), 1),
        Duration.ofMillis(Math.max(0, received - sent)),
        stillToWait == null ? null : Duration.ofMillis(number(stillToWait, 0)));
  }

  private static long number(@Nullable String text, long otherwise) {
    return text != null && text.matches("\\d{1,15}") ? Long.parseLong(text) : otherwise;
  }

  @Override
  public void delete(JobMessage message) {
    client.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receipt()));
  }

  @Override
  public void hide(JobMessage message, Duration time) {
    client.changeMessageVisibility(
        request ->
            request
                .queueUrl(url)
                .receiptHandle(message.receipt())
                .visibilityTimeout(seconds(time)));
  }

  @Override
  public void sendAgain(JobMessage message, Duration delay, Duration stillToWait) {
    MessageAttributeValue wait =
        MessageAttributeValue.builder()
            .dataType("Number")
            .stringValue(Long.toString(stillToWait.toMillis()))
            .build();
    client.sendMessage(
        request ->
            request
                .queueUrl(url)
                .messageBody(message.body())
                .delaySeconds(seconds(delay))
                .messageAttributes(Map.of(JobMessage.STILL_TO_WAIT, wait)));
  }

  /** SQS uses whole seconds; rounds up, so that no message is early. */
  private static int seconds(Duration time) {
    return (int) (time.plusMillis(999).toMillis() / 1_000);
  }

  @Override
  public void close() {
    client.close();
  }
}
