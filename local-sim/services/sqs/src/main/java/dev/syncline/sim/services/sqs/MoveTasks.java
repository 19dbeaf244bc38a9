// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.service.Output;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Redrives: messages of a dead-letter queue go back to where they came from, or to another queue,
 * as new messages. A task moves once a second, as many as its rate allows. Thread-safe.
 */
final class MoveTasks {
  private static final int MOST_PER_SECOND = 500;

  /** How many tasks of a queue are remembered; the service shows the most recent 10. */
  private static final int MOST_REMEMBERED = 10;

  private final SimClock clock;
  private final Ids ids;
  private final QueueStore store;
  private final Map<String, ArrayDeque<MoveTask>> newestFirst = new HashMap<>();

  MoveTasks(SimClock clock, Ids ids, QueueStore store) {
    this.clock = clock;
    this.ids = ids;
    this.store = store;
  }

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

  /** Every task, as it is saved. */
  synchronized List<MoveTask.Saved> saved() {
    return newestFirst.values().stream()
        .flatMap(tasks -> new ArrayList<>(tasks).reversed().stream())
        .map(MoveTask::saved)
        .toList();
  }

  /** Takes back what {@link #saved} gave; {@link #resume} goes on with those that ran. */
  synchronized void restore(List<MoveTask.Saved> saved) {
    for (MoveTask.Saved one : saved) {
      newestFirst
          .computeIfAbsent(one.sourceArn(), unused -> new ArrayDeque<>())
          .addFirst(MoveTask.of(one));
    }
  }

  /** Goes on with the tasks that were running. */
  void resume() {
    List<MoveTask> running;
    synchronized (this) {
      running =
          newestFirst.values().stream()
              .flatMap(ArrayDeque::stream)
              .filter(MoveTask::running)
              .toList();
    }
    running.forEach(task -> clock.schedule(Duration.ZERO, () -> move(task)));
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
    if (rate.isPresent() && (rate.getAsInt() < 1 || rate.getAsInt() > MOST_PER_SECOND)) {
      throw SqsErrors.invalidValue(
          "MaxNumberOfMessagesPerSecond", rate.getAsInt(), "Must be between 1 and 500.");
    }
    MoveTask task;
    synchronized (this) {
      var tasks = newestFirst.computeIfAbsent(source.arn, unused -> new ArrayDeque<>());
      if (tasks.stream().anyMatch(MoveTask::running)) {
        throw AwsException.badRequest(
            "UnsupportedOperation",
            "There is already a task running. Only one active task is allowed for a source queue"
                + " arn at a given time.");
      }
      task =
          new MoveTask(
              handle(source.arn),
              source.arn,
              destination,
              rate.isPresent() ? rate.getAsInt() : null,
              source.counts()[0],
              clock.now());
      tasks.addFirst(task);
      if (tasks.size() > MOST_REMEMBERED) {
        tasks.removeLast();
      }
    }
    clock.schedule(Duration.ZERO, () -> move(task));
    return Output.of(Json.object().put("TaskHandle", task.handle));
  }

  private void move(MoveTask task) {
    Queue source = store.byArn(task.sourceArn);
    synchronized (this) {
      if (!task.running()) {
        return;
      }
      if (source == null) {
        task.status = "FAILED";
        task.failure = "AWS.SimpleQueueService.NonExistentQueue";
        return;
      }
    }
    int most = task.perSecond == null ? MOST_PER_SECOND : task.perSecond;
    List<Message> messages = source.drain(most);
    for (Message message : messages) {
      String target =
          task.destinationArn == null ? message.deadLetterSource() : task.destinationArn;
      Queue queue = target == null ? null : store.byArn(target);
      if (queue == null) {
        fail(task, source, message);
        return;
      }
      queue.takeOver(message.anew(ids.uuid().toString(), clock.now()), 0);
      synchronized (this) {
        task.moved++;
      }
    }
    synchronized (this) {
      if (messages.size() < most && task.running()) {
        task.status = "COMPLETED";
      }
      if (!task.running()) {
        return;
      }
    }
    clock.schedule(Duration.ofSeconds(1), () -> move(task));
  }

  /** The message that has nowhere to go stays where it was. */
  private synchronized void fail(MoveTask task, Queue source, Message message) {
    source.takeOver(message, 0);
    task.status = "FAILED";
    task.failure =
        message.deadLetterSource() == null && task.destinationArn == null
            ? "CouldNotDetermineMessageSource"
            : "AWS.SimpleQueueService.NonExistentQueue";
  }

  private synchronized Output cancel(Input input, CallContext context) {
    String handle = input.requiredText("TaskHandle");
    MoveTask task = null;
    for (ArrayDeque<MoveTask> tasks : newestFirst.values()) {
      for (MoveTask candidate : tasks) {
        task = candidate.handle.equals(handle) ? candidate : task;
      }
    }
    if (task == null) {
      throw SqsErrors.notFound("Task does not exist.");
    }
    if (!task.running()) {
      throw AwsException.badRequest(
          "UnsupportedOperation",
          "Only a task that is RUNNING can be cancelled; this one is " + task.status + ".");
    }
    task.status = "CANCELLED";
    return Output.of(Json.object().put("ApproximateNumberOfMessagesMoved", task.moved));
  }

  private Output list(Input input, CallContext context) {
    Queue source = queue(input.requiredText("SourceArn"), "SourceArn");
    int most = input.integer("MaxResults").orElse(1);
    if (most < 1 || most > MOST_REMEMBERED) {
      throw SqsErrors.invalidValue("MaxResults", most, "Must be between 1 and 10, if provided.");
    }
    var results = Json.array();
    synchronized (this) {
      ArrayDeque<MoveTask> tasks = newestFirst.get(source.arn);
      if (tasks != null) {
        tasks.stream().limit(most).forEach(task -> results.add(task.json()));
      }
    }
    return Output.of(Json.object().set("Results", results));
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

  private String handle(String sourceArn) {
    String content =
        Json.write(Json.object().put("taskId", ids.uuid().toString()).put("sourceArn", sourceArn));
    return Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
  }
}
