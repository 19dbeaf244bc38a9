// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SendMessage and SendMessageBatch. Thread-safe. */
record SendOperations(SimClock clock, Ids ids, QueueStore store) {
  private static final int MAX_BATCH_BYTES = 1_048_576;
  private static final String TRACE_HEADER = "AWSTraceHeader";
  private static final String DEDUPLICATION_ID = "MessageDeduplicationId";
  private static final String GROUP_ID = "MessageGroupId";

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "SendMessage",
            this::send,
            "QueueUrl",
            "MessageBody",
            "DelaySeconds",
            "MessageAttributes",
            "MessageSystemAttributes",
            DEDUPLICATION_ID,
            GROUP_ID),
        Operation.of("SendMessageBatch", this::sendBatch, "QueueUrl", "Entries"));
  }

  private Output send(Input input, CallContext context) {
    return Output.of(send(store.named(input), input).json());
  }

  private Output sendBatch(Input input, CallContext context) {
    Queue queue = store.named(input);
    List<Input> entries = QueueBatch.entries(input, "SendMessageBatchRequestEntry");
    long bytes = 0;
    for (Input entry : entries) {
      entry.only(
          "Id",
          "MessageBody",
          "DelaySeconds",
          "MessageAttributes",
          "MessageSystemAttributes",
          DEDUPLICATION_ID,
          GROUP_ID);
      bytes += entry.text("MessageBody").orElse("").getBytes(StandardCharsets.UTF_8).length;
      bytes += rawAttributeBytes(entry);
    }
    if (bytes > MAX_BATCH_BYTES) {
      throw SqsErrors.batchTooLong(MAX_BATCH_BYTES, bytes);
    }
    return QueueBatch.each(entries, entry -> send(queue, entry).json());
  }

  /** Counts attributes before they are checked: the check is per entry. */
  private static long rawAttributeBytes(Input entry) {
    return entry
        .structure("MessageAttributes")
        .map(
            map -> {
              long bytes = 0;
              for (var attribute : map.json().properties()) {
                bytes += attribute.getKey().length();
                for (var part : attribute.getValue()) {
                  bytes += part.asText("").length();
                }
              }
              return bytes;
            })
        .orElse(0L);
  }

  private Sent send(Queue queue, Input input) {
    QueueAttributes settings = queue.attributes();
    String body = input.text("MessageBody").orElse("");
    if (body.isEmpty()) {
      throw SqsErrors.missing("MessageBody");
    }
    Map<String, MessageAttribute> attributes = MessageAttribute.read(input, "MessageAttributes");
    int bytes = body.getBytes(StandardCharsets.UTF_8).length;
    for (Map.Entry<String, MessageAttribute> attribute : attributes.entrySet()) {
      bytes += attribute.getKey().length() + attribute.getValue().size();
    }
    if (bytes > settings.maximumSize()) {
      throw SqsErrors.invalidValue(
          "One or more parameters are invalid. Reason: Message must be shorter than "
              + settings.maximumSize()
              + " bytes.");
    }
    MessageText.requireCharacters(body);
    Map<String, MessageAttribute> system =
        MessageAttribute.readSystem(input, "MessageSystemAttributes", TRACE_HEADER);
    MessageAttribute trace = system.get(TRACE_HEADER);
    String group = group(input, settings);
    String deduplication = deduplicationId(input, settings, body);
    var message =
        new Message(
            ids.uuid().toString(),
            body,
            attributes,
            trace == null ? null : trace.value(),
            group,
            deduplication,
            clock.now(),
            null);
    String key = deduplication;
    if (key != null && settings.deduplicatesByGroup()) {
      key = group + "\n" + key;
    }
    return queue.send(
        message, delay(input, settings), key, system.isEmpty() ? null : Digests.md5(system));
  }

  private static @Nullable String group(Input input, QueueAttributes settings) {
    String group = input.text(GROUP_ID).orElse(null);
    if (group == null) {
      if (settings.fifo()) {
        throw SqsErrors.missing(GROUP_ID);
      }
      return null;
    }
    return MessageText.requireId(GROUP_ID, group);
  }

  private static @Nullable String deduplicationId(
      Input input, QueueAttributes settings, String body) {
    String id = input.text(DEDUPLICATION_ID).orElse(null);
    if (!settings.fifo()) {
      if (id != null) {
        throw SqsErrors.invalidValue(
            DEDUPLICATION_ID,
            id,
            "The request includes a parameter that is not valid for this queue type.");
      }
      return null;
    }
    if (id != null) {
      return MessageText.requireId(DEDUPLICATION_ID, id);
    }
    if (!settings.contentBased()) {
      throw SqsErrors.invalidValue(
          "The queue should either have ContentBasedDeduplication enabled or"
              + " MessageDeduplicationId provided explicitly");
    }
    return Digests.sha256(body);
  }

  private static @Nullable Duration delay(Input input, QueueAttributes settings) {
    if (input.integer("DelaySeconds").isEmpty()) {
      return null;
    }
    int seconds = input.integer("DelaySeconds").getAsInt();
    if (seconds < 0 || seconds > 900) {
      throw SqsErrors.invalidValue(
          "DelaySeconds", seconds, "DelaySeconds must be >= 0 and <= 900.");
    }
    // Some clients send a delay of 0 where the caller set no delay.
    if (settings.fifo() && seconds > 0) {
      throw SqsErrors.invalidValue(
          "DelaySeconds",
          seconds,
          "The request include parameter that is not valid for this queue type");
    }
    return settings.fifo() ? null : Duration.ofSeconds(seconds);
  }
}
