// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.TimerKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The receives of a queue: waiting ones are served in order, dead letters are moved when a receive
 * reaches them, and a FIFO queue repeats the answer of an attempt.
 *
 * <p>Guarded by the queue's lock. What has to run after the lock is released is added to {@code
 * after}.
 */
final class Receives {
  /** Messages in flight at once. Source: SQS quotas. */
  private static final int MAX_IN_FLIGHT = 120_000;

  private final Queue queue;
  private final String sender;
  private final MessageTable messages;
  private final Attempts attempts;
  private final SimClock clock;
  private final Ids ids;
  private final SqsEvents events;
  private final DeadLetters deadLetters;
  private final ArrayDeque<Receive> waiting = new ArrayDeque<>();

  Receives(
      Queue queue,
      String sender,
      MessageTable messages,
      Attempts attempts,
      SimClock clock,
      Ids ids,
      SqsEvents events,
      DeadLetters deadLetters) {
    this.queue = queue;
    this.sender = sender;
    this.messages = messages;
    this.attempts = attempts;
    this.clock = clock;
    this.ids = ids;
    this.events = events;
    this.deadLetters = deadLetters;
  }

  /**
   * Begins a receive.
   *
   * @param wait how long to wait for the first message; null for no limit
   * @param timedOut takes the queue's lock and stops the receive
   */
  void begin(Receive receive, @Nullable Duration wait, Runnable timedOut, List<Runnable> after) {
    if (messages.inFlight() >= MAX_IN_FLIGHT && !queue.attributes().fifo()) {
      throw SqsErrors.tooManyInFlight(MAX_IN_FLIGHT);
    }
    waiting.addLast(receive);
    serve(after);
    if (receive.result.isDone() || !waiting.contains(receive)) {
      return;
    }
    if (wait != null && !wait.isPositive()) {
      waiting.remove(receive);
      after.add(() -> receive.result.complete(List.of()));
    } else if (wait != null) {
      receive.timeout =
          clock.schedule(receive.realTime ? TimerKind.BACKGROUND : TimerKind.LIMIT, wait, timedOut);
    }
  }

  /** Repeats the answer of an earlier attempt; false when there is no answer to repeat. */
  boolean repeat(Receive receive, String attempt, List<Runnable> after) {
    List<StoredMessage> again = attempts.repeat(attempt, clock.now());
    var received = new ArrayList<ReceivedMessage>();
    for (StoredMessage stored : again) {
      messages.hide(stored, visibility(receive), receive.realTime);
      received.add(received(stored));
    }
    if (again.isEmpty()) {
      return false;
    }
    after.add(() -> receive.result.complete(received));
    return true;
  }

  /** Remembers an answer, so that the attempt can be repeated. */
  void remember(String attempt, List<ReceivedMessage> received) {
    attempts.remember(
        attempt,
        received.stream()
            .map(one -> messages.find(Receipts.sequence(queue.arn, one.receipt())))
            .filter(Objects::nonNull)
            .toList(),
        clock.now());
  }

  /** A message was changed: no answer that contains it can be repeated. */
  void forget(StoredMessage changed) {
    attempts.forget(changed);
  }

  /** Ends a receive that waits, with no messages. */
  void stop(Receive receive, List<Runnable> after) {
    if (waiting.remove(receive)) {
      after.add(() -> receive.result.complete(List.of()));
    }
  }

  /** Fails every receive that waits, since the queue is deleted. */
  void close(List<Runnable> after) {
    for (Receive receive : waiting) {
      if (receive.timeout != null) {
        receive.timeout.cancel();
      }
      after.add(() -> receive.result.completeExceptionally(SqsErrors.noSuchQueue()));
    }
    waiting.clear();
  }

  /** Gives ready messages to the receives that wait, in order. */
  void serve(List<Runnable> after) {
    while (!waiting.isEmpty() && messages.readyCount() > 0 && messages.inFlight() < MAX_IN_FLIGHT) {
      Receive receive = waiting.getFirst();
      List<ReceivedMessage> taken = take(receive, after);
      if (taken.isEmpty()) {
        return;
      }
      waiting.removeFirst();
      if (receive.timeout != null) {
        receive.timeout.cancel();
      }
      after.add(
          () -> {
            events.received(queue.name, taken);
            receive.result.complete(taken);
          });
    }
  }

  private List<ReceivedMessage> take(Receive receive, List<Runnable> after) {
    var taken = new ArrayList<ReceivedMessage>();
    var hidden = new ArrayList<StoredMessage>();
    Duration visibility = visibility(receive);
    var groups = new LinkedHashMap<String, Integer>();
    RedrivePolicy redrive = queue.attributes().redrive();
    while (taken.size() < receive.max) {
      StoredMessage stored = messages.take(groups);
      if (stored == null) {
        break;
      }
      if (redrive != null
          && stored.receives >= redrive.maxReceives()
          && deadLetters.exists(redrive.target())) {
        messages.remove(stored);
        groups.computeIfPresent(stored.group(), (group, count) -> count - 1);
        String target = redrive.target();
        after.add(
            () -> {
              deadLetters.move(target, stored.message.from(queue.arn), stored.receives);
              events.deadLetter(queue.name, target, stored.message);
            });
        continue;
      }
      stored.receives++;
      stored.lastReceived = clock.now();
      stored.receipt = Receipts.of(queue.arn, stored.sequence, stored.receives, ids.hex(16));
      Instant first = stored.firstReceived;
      stored.firstReceived = first == null ? stored.lastReceived : first;
      messages.hide(stored, visibility, receive.realTime);
      hidden.add(stored);
      taken.add(received(stored));
    }
    if (!visibility.isPositive()) {
      hidden.forEach(messages::show);
    }
    return taken;
  }

  private ReceivedMessage received(StoredMessage stored) {
    return ReceivedMessage.of(stored, queue.attributes().fifo(), sender);
  }

  private Duration visibility(Receive receive) {
    return receive.visibility == null ? queue.attributes().visibility() : receive.visibility;
  }
}
