// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import dev.syncline.sim.service.Protocol;
import dev.syncline.sim.servicetests.FakeRoom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** One of the rooms that notifications go to; keeps what it was sent. */
final class FakeDestinations extends FakeRoom {
  private static final Duration MAX_WAIT = Duration.ofSeconds(50);

  /** Policies by name of queue. */
  final Map<String, String> queues = new ConcurrentHashMap<>();

  final List<JsonNode> received = new CopyOnWriteArrayList<>();

  private FakeDestinations(String name) {
    super(name, new Protocol.AwsJson(name, "1.1"));
  }

  static FakeDestinations of(String name) {
    return new FakeDestinations(name);
  }

  /** Waits until as many messages have come; fails when they do not come at all. */
  void await(int count) {
    Instant end = Instant.now().plus(MAX_WAIT);
    while (received.size() < count) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("received " + received.size() + " of " + count + ": " + received);
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public List<Operation> operations() {
    return Stream.of("GetQueueUrl", "GetQueueAttributes", "SendMessage", "Invoke", "PutEvents")
        .map(
            name ->
                Operation.of(
                    name,
                    (input, context) -> answer(name, input, context),
                    "QueueName",
                    "QueueUrl",
                    "AttributeNames",
                    "MessageBody",
                    "FunctionName",
                    "InvocationType",
                    "Payload",
                    "Entries"))
        .toList();
  }

  private Output answer(String name, Input input, CallContext context) {
    return switch (name) {
      case "GetQueueUrl" -> {
        String queue = input.requiredText("QueueName");
        if (!queues.containsKey(queue)) {
          throw AwsException.badRequest("QueueDoesNotExist", queue + context.account());
        }
        yield Output.of(Json.object().put("QueueUrl", queue));
      }
      case "GetQueueAttributes" -> {
        var answer = Json.object();
        answer
            .putObject("Attributes")
            .put("Policy", queues.getOrDefault(input.requiredText("QueueUrl"), ""));
        yield Output.of(answer);
      }
      default -> {
        received.add(input.json().deepCopy());
        yield Output.empty();
      }
    };
  }
}
