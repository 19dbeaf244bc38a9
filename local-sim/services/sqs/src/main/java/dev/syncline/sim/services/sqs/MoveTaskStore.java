// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The redrives of dead-letter queues, which it also runs: messages are moved back to their source
 * queue, or to another queue, as new messages. A task moves messages once a second, as many as its
 * rate allows. Thread-safe.
 */
final class MoveTaskStore {
  static final int MAX_PER_SECOND = 500;

  /** How many tasks of a queue are kept; the service lists the most recent 10. */
  static final int MAX_REMEMBERED = 10;

  private final SimClock clock;
  private final Ids ids;
  private final QueueStore store;
  private final Map<String, ArrayDeque<MoveTask>> newestFirst = new HashMap<>();

  MoveTaskStore(SimClock clock, Ids ids, QueueStore store) {
    this.clock = clock;
    this.ids = ids;
    this.store = store;
  }

  /** Every task, as it is saved. */
  synchronized List<MoveTask.Saved> saved() {
    return newestFirst.values().stream()
        .flatMap(tasks -> new ArrayList<>(tasks).reversed().stream())
        .map(MoveTask::saved)
        .toList();
  }

  /** Restores what {@link #saved} returned; {@link #resume} continues the tasks that ran. */
  synchronized void restore(List<MoveTask.Saved> saved) {
    for (MoveTask.Saved one : saved) {
      newestFirst
          .computeIfAbsent(one.sourceArn(), unused -> new ArrayDeque<>())
          .addFirst(MoveTask.of(one));
    }
  }

  /** Continues the tasks that were running. */
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

  /**
   * Starts a task; its handle is the answer.
   *
   * @param destinationArn null to move each message to the queue that it came from
   * @param perSecond null for {@link #MAX_PER_SECOND}
   */
  String start(Queue source, @Nullable String destinationArn, @Nullable Integer perSecond) {
    MoveTask task;
    synchronized (this) {
      var tasks = newestFirst.computeIfAbsent(source.arn, unused -> new ArrayDeque<>());
      if (tasks.stream().anyMatch(MoveTask::running)) {
        throw SqsErrors.unsupported(
            "There is already a task running. Only one active task is allowed for a source queue"
                + " arn at a given time.");
      }
      task =
          new MoveTask(
              handle(source.arn),
              source.arn,
              destinationArn,
              perSecond,
              source.counts()[0],
              clock.now());
      tasks.addFirst(task);
      if (tasks.size() > MAX_REMEMBERED) {
        tasks.removeLast();
      }
    }
    clock.schedule(Duration.ZERO, () -> move(task));
    return task.handle;
  }

  /** Cancels a running task; returns how many messages it has moved. */
  synchronized long cancel(String handle) {
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
      throw SqsErrors.unsupported(
          "Only a task that is RUNNING can be cancelled; this one is " + task.status + ".");
    }
    task.status = "CANCELLED";
    return task.moved;
  }

  /** The most recent tasks of a queue, the newest first, as answers show them. */
  synchronized ArrayNode list(String sourceArn, int max) {
    ArrayNode results = Json.array();
    ArrayDeque<MoveTask> tasks = newestFirst.get(sourceArn);
    if (tasks != null) {
      tasks.stream().limit(max).forEach(task -> results.add(task.json()));
    }
    return results;
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
    int max = task.perSecond == null ? MAX_PER_SECOND : task.perSecond;
    List<Message> messages = source.drain(max);
    for (Message message : messages) {
      String target =
          task.destinationArn == null ? message.deadLetterSource() : task.destinationArn;
      Queue queue = target == null ? null : store.byArn(target);
      if (queue == null) {
        fail(task, source, message);
        return;
      }
      queue.takeOver(message.redriven(ids.uuid().toString(), clock.now()), 0);
      synchronized (this) {
        task.moved++;
      }
    }
    synchronized (this) {
      if (messages.size() < max && task.running()) {
        task.status = "COMPLETED";
      }
      if (!task.running()) {
        return;
      }
    }
    clock.schedule(Duration.ofSeconds(1), () -> move(task));
  }

  /** Fails the task; a message without a destination stays in its queue. */
  private synchronized void fail(MoveTask task, Queue source, Message message) {
    source.takeOver(message, 0);
    task.status = "FAILED";
    task.failure =
        message.deadLetterSource() == null && task.destinationArn == null
            ? "CouldNotDetermineMessageSource"
            : "AWS.SimpleQueueService.NonExistentQueue";
  }

  /** The queue's ARN in a handle; empty for a text that is no handle. */
  static Optional<String> sourceOf(String handle) {
    try {
      byte[] content = Base64.getDecoder().decode(handle);
      String source = Json.MAPPER.readTree(content).path("sourceArn").asText();
      return Optional.of(source).filter(arn -> !arn.isEmpty());
    } catch (IllegalArgumentException | IOException noHandle) {
      return Optional.empty();
    }
  }

  private String handle(String sourceArn) {
    String content =
        Json.write(Json.object().put("taskId", ids.uuid().toString()).put("sourceArn", sourceArn));
    return Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
  }
}
