// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The operations on redrives of dead-letter queues. Thread-safe. */
record MoveTaskOperations(QueueStore store, MoveTaskStore tasks) {
  List<Operation> operations() {
    return List.of(
        Operation.of(
            "StartMessageMoveTask",
            this::start,
            "SourceArn",
            "DestinationArn",
            "MaxNumberOfMessagesPerSecond"),
        Operation.of("CancelMessageMoveTask", this::cancel, "TaskHandle"),
        Operation.of("ListMessageMoveTasks", this::list, "SourceArn", "MaxResults"));
  }

  private Output start(Input input, CallContext context) {
    Queue source = queue(input.requiredText("SourceArn"), "SourceArn");
    if (store.sourcesOf(source).isEmpty()) {
      throw SqsErrors.invalidValue("Source queue must be configured as a Dead Letter Queue.");
    }
    String destination = input.text("DestinationArn").filter(arn -> !arn.isEmpty()).orElse(null);
    if (destination != null) {
      queue(destination, "DestinationArn");
    }
    OptionalInt rate = input.integer("MaxNumberOfMessagesPerSecond");
    if (rate.isPresent()
        && (rate.getAsInt() < 1 || rate.getAsInt() > MoveTaskStore.MAX_PER_SECOND)) {
      throw SqsErrors.invalidValue(
          "MaxNumberOfMessagesPerSecond", rate.getAsInt(), "Must be between 1 and 500.");
    }
    String handle = tasks.start(source, destination, rate.isPresent() ? rate.getAsInt() : null);
    return Output.of(Json.object().put("TaskHandle", handle));
  }

  private Output cancel(Input input, CallContext context) {
    long moved = tasks.cancel(input.requiredText("TaskHandle"));
    return Output.of(Json.object().put("ApproximateNumberOfMessagesMoved", moved));
  }

  private Output list(Input input, CallContext context) {
    Queue source = queue(input.requiredText("SourceArn"), "SourceArn");
    int max = input.integer("MaxResults").orElse(1);
    if (max < 1 || max > MoveTaskStore.MAX_REMEMBERED) {
      throw SqsErrors.invalidValue("MaxResults", max, "Must be between 1 and 10, if provided.");
    }
    return Output.of(Json.object().set("Results", tasks.list(source.arn, max)));
  }

  private Queue queue(String arn, String parameter) {
    if (!arn.matches("arn:[^:]+:sqs:[^:]*:[^:]*:[^:]+")) {
      throw SqsErrors.invalidValue(
          "You must use this format to specify the "
              + parameter
              + ": arn:<partition>:<service>:<region>:<account-id>:<resource-id>");
    }
    @Nullable Queue queue = store.byArn(arn);
    if (queue == null) {
      throw SqsErrors.notFound(
          "The resource that you specified for the " + parameter + " parameter doesn't exist.");
    }
    return queue;
  }
}
