// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The operations of consumers. Thread-safe. */
record ReceiveOperations(SimClock clock, QueueStore store, boolean outsideKeepsRealTime) {
  private static final int MAX_RECEIVED = 10;
  private static final int MAX_WAIT_SECONDS = 20;

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "ReceiveMessage",
            this::receive,
            "QueueUrl",
            "AttributeNames",
            "MessageSystemAttributeNames",
            "MessageAttributeNames",
            "MaxNumberOfMessages",
            "VisibilityTimeout",
            "WaitTimeSeconds",
            "ReceiveRequestAttemptId"),
        Operation.of("DeleteMessage", this::delete, "QueueUrl", "ReceiptHandle"),
        Operation.of("DeleteMessageBatch", this::deleteBatch, "QueueUrl", "Entries"),
        Operation.of(
            "ChangeMessageVisibility",
            this::change,
            "QueueUrl",
            "ReceiptHandle",
            "VisibilityTimeout"),
        Operation.of("ChangeMessageVisibilityBatch", this::changeBatch, "QueueUrl", "Entries"));
  }

  private Output receive(Input input, CallContext context) {
    Queue queue = store.named(input);
    int max = input.integer("MaxNumberOfMessages").orElse(1);
    if (max < 1 || max > MAX_RECEIVED) {
      throw SqsErrors.invalidValue(
          "MaxNumberOfMessages", max, "Must be between 1 and 10, if provided.");
    }
    Duration wait = queue.attributes().receiveWait();
    OptionalInt seconds = input.integer("WaitTimeSeconds");
    if (seconds.isPresent()) {
      if (seconds.getAsInt() < 0 || seconds.getAsInt() > MAX_WAIT_SECONDS) {
        throw SqsErrors.invalidValue(
            "WaitTimeSeconds", seconds.getAsInt(), "Must be >= 0 and <= 20, if provided.");
      }
      wait = Duration.ofSeconds(seconds.getAsInt());
    }
    var systemNames = new ArrayList<>(input.texts("AttributeNames"));
    systemNames.addAll(input.texts("MessageSystemAttributeNames"));
    boolean realTime = outsideKeepsRealTime && !context.host().isEmpty();
    var receive = new Receive(max, visibility(input), realTime);
    String attempt = input.text("ReceiveRequestAttemptId").orElse(null);
    if (attempt == null || !queue.attributes().fifo()) {
      queue.receive(receive, wait);
    } else {
      queue.receive(receive, wait, MessageText.requireId("ReceiveRequestAttemptId", attempt));
    }
    ObjectNode json = Json.object();
    List<ReceivedMessage> received = await(receive);
    if (!received.isEmpty()) {
      ArrayNode messages = json.putArray("Messages");
      List<String> names = input.texts("MessageAttributeNames");
      received.forEach(message -> messages.add(message.json(systemNames, names)));
    }
    return Output.of(json);
  }

  private List<ReceivedMessage> await(Receive receive) {
    try {
      return clock.await(receive.result);
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof AwsException deleted) {
        throw deleted;
      }
      throw failure;
    }
  }

  private Output delete(Input input, CallContext context) {
    store.named(input).delete(receipt(input));
    return Output.empty();
  }

  private Output deleteBatch(Input input, CallContext context) {
    Queue queue = store.named(input);
    return QueueBatch.each(
        QueueBatch.entries(input, "DeleteMessageBatchRequestEntry"),
        entry -> {
          queue.delete(receipt(entry.only("Id", "ReceiptHandle")));
          return Json.object();
        });
  }

  private Output change(Input input, CallContext context) {
    change(store.named(input), input);
    return Output.empty();
  }

  private Output changeBatch(Input input, CallContext context) {
    Queue queue = store.named(input);
    return QueueBatch.each(
        QueueBatch.entries(input, "ChangeMessageVisibilityBatchRequestEntry"),
        entry -> {
          change(queue, entry.only("Id", "ReceiptHandle", "VisibilityTimeout"));
          return Json.object();
        });
  }

  private static void change(Queue queue, Input input) {
    String receipt = receipt(input);
    Duration span = visibility(input);
    if (span == null) {
      throw SqsErrors.missing("VisibilityTimeout");
    }
    queue.changeVisibility(receipt, span);
  }

  private static String receipt(Input input) {
    return input
        .text("ReceiptHandle")
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> SqsErrors.missing("ReceiptHandle"));
  }

  private static @Nullable Duration visibility(Input input) {
    OptionalInt seconds = input.integer("VisibilityTimeout");
    if (seconds.isEmpty()) {
      return null;
    }
    if (seconds.getAsInt() < 0 || seconds.getAsInt() > Queue.MAX_VISIBILITY.toSeconds()) {
      throw SqsErrors.invalidValue(
          "VisibilityTimeout", seconds.getAsInt(), "Must be >= 0 and <= 43200, if provided.");
    }
    return Duration.ofSeconds(seconds.getAsInt());
  }
}
