// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One queue: its settings, its messages ({@link MessageTable}) and its receives ({@link Receives}).
 *
 * <p>A delay is simulated work, to which a skipping clock jumps. Visibility time-outs and long
 * polls are {@link dev.syncline.sim.kernel.TimerKind#LIMIT} timers; retention is a background
 * timer.
 *
 * <p>Thread-safe. Futures complete and journal events are written after the lock is released.
 */
final class Queue {
  /** How long a message may be hidden in all. Source: the API reference. */
  static final Duration MAX_VISIBILITY = Duration.ofHours(12);

  final String name;
  final String arn;
  final Instant created;
  private final SimClock clock;
  private final SqsEvents events;

  private final ReentrantLock lock = new ReentrantLock();
  private final MessageTable messages;
  private final Receives receives;
  private final Deduplication deduplication = new Deduplication();
  private final Map<String, String> tags = new LinkedHashMap<>();
  private volatile QueueAttributes attributes;
  private volatile Instant modified;
  private @Nullable Instant purged;
  private boolean deleted;

  Queue(
      String name,
      String arn,
      QueueAttributes attributes,
      SimClock clock,
      Ids ids,
      SqsEvents events,
      String sender,
      DeadLetters deadLetters,
      Instant created) {
    this.name = name;
    this.arn = arn;
    this.attributes = attributes;
    this.clock = clock;
    this.events = events;
    this.created = created;
    this.modified = created;
    var attempts = new Attempts();
    this.messages =
        new MessageTable(
            clock,
            attributes.fifo(),
            attempts,
            attributes.retention(),
            work -> change(after -> work.run()));
    this.receives = new Receives(this, sender, messages, attempts, clock, ids, events, deadLetters);
  }

  /** A queue as it is saved. */
  record Saved(
      String name,
      Map<String, String> attributes,
      Map<String, String> tags,
      Instant created,
      Instant modified,
      @Nullable Instant purged,
      long lastSequence,
      List<MessageTable.Saved> messages,
      Map<String, Deduplication.First> deduplication) {}

  /** The saved form. */
  Saved saved() {
    lock.lock();
    try {
      return new Saved(
          name,
          attributes.given(),
          new LinkedHashMap<>(tags),
          created,
          modified,
          purged,
          messages.lastSequence(),
          messages.saved(),
          deduplication.saved());
    } finally {
      lock.unlock();
    }
  }

  /** Restores what {@link #saved} returned; called before the queue is in the store. */
  void restore(Saved saved) {
    change(
        after -> {
          tags.putAll(saved.tags);
          modified = saved.modified;
          purged = saved.purged;
          messages.restore(saved.lastSequence, saved.messages);
          deduplication.restore(saved.deduplication);
        });
  }

  QueueAttributes attributes() {
    return attributes;
  }

  Instant modified() {
    return modified;
  }

  /** Changes settings; the delay of a FIFO queue changes for messages already delayed too. */
  void change(QueueAttributes changed) {
    change(
        after -> {
          attributes = changed;
          modified = clock.now();
          if (changed.fifo()) {
            messages.changeDelay(changed.delay());
          }
          messages.keep(changed.retention());
        });
  }

  /** Changes the tags under the lock; returns a copy. */
  Map<String, String> tags(Consumer<Map<String, String>> work) {
    lock.lock();
    try {
      work.accept(tags);
      return new LinkedHashMap<>(tags);
    } finally {
      lock.unlock();
    }
  }

  /** How many messages can be received, are in flight, and are delayed. */
  int[] counts() {
    lock.lock();
    try {
      return new int[] {messages.readyCount(), messages.inFlight(), messages.delayed()};
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds a message.
   *
   * @param delay null for the delay of the queue
   * @param deduplicationKey null to send without deduplication
   */
  Sent send(
      Message message,
      @Nullable Duration delay,
      @Nullable String deduplicationKey,
      @Nullable String systemDigest) {
    var answer = new Sent[1];
    change(
        after -> {
          if (deduplicationKey != null) {
            Sent first = deduplication.duplicate(deduplicationKey, clock.now());
            if (first != null) {
              answer[0] = first;
              return;
            }
          }
          StoredMessage stored = messages.store(message);
          Sent sent =
              new Sent(
                  message.id(),
                  Digests.md5(message.body()),
                  message.attributes().isEmpty() ? null : Digests.md5(message.attributes()),
                  systemDigest,
                  attributes.fifo() ? ReceivedMessage.sequenceNumber(stored.sequence) : null);
          answer[0] = sent;
          if (deduplicationKey != null) {
            deduplication.remember(deduplicationKey, sent, clock.now());
          }
          Duration wait = delay == null ? attributes.delay() : delay;
          after.add(() -> events.sent(name, message, wait));
          messages.delay(stored, wait);
        });
    return answer[0];
  }

  /** Takes over a dead letter, or a redriven message; it can be received at once. */
  void takeOver(Message message, int receives) {
    change(
        after -> {
          StoredMessage stored = messages.store(message);
          stored.receives = receives;
          messages.delay(stored, Duration.ZERO);
        });
  }

  /**
   * Begins a receive. Its future completes with at least one message, or with none when {@code
   * wait} is over; it fails when the queue is deleted.
   *
   * @param wait how long to wait for the first message; null for no limit
   */
  void receive(Receive receive, @Nullable Duration wait) {
    change(
        after -> {
          if (deleted) {
            throw SqsErrors.noSuchQueue();
          }
          receives.begin(receive, wait, () -> stop(receive), after);
        });
  }

  /** As {@link #receive}, repeating an earlier answer for the same attempt, as FIFO queues do. */
  void receive(Receive receive, @Nullable Duration wait, String attempt) {
    var repeated = new boolean[1];
    change(after -> repeated[0] = receives.repeat(receive, attempt, after));
    if (!repeated[0]) {
      receive(receive, wait);
      receive.result.thenAccept(received -> change(after -> receives.remember(attempt, received)));
    }
  }

  /** Ends a receive that waits, with no messages. */
  void stop(Receive receive) {
    change(after -> receives.stop(receive, after));
  }

  /** Deletes a message; a handle of an earlier receive deletes nothing, and is no error. */
  void delete(String handle) {
    change(
        after -> {
          StoredMessage stored = messages.find(Receipts.sequence(arn, handle));
          if (stored != null && handle.equals(stored.receipt)) {
            messages.remove(stored);
            after.add(() -> events.deleted(name, stored.message));
          }
        });
  }

  /** Hides a message for {@code span} from now, or makes it visible at once. */
  void changeVisibility(String handle, Duration span) {
    change(
        after -> {
          StoredMessage stored = messages.find(Receipts.sequence(arn, handle));
          if (stored == null || !handle.equals(stored.receipt) || stored.lastReceived == null) {
            throw SqsErrors.invalidValue(
                "ReceiptHandle",
                handle,
                "Message does not exist or is not available for visibility timeout change.");
          }
          if (clock.now().plus(span).isAfter(stored.lastReceived.plus(MAX_VISIBILITY))) {
            throw SqsErrors.invalidValue(
                "VisibilityTimeout",
                span.toSeconds(),
                "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]");
          }
          receives.forget(stored);
          boolean wasRealTime = stored.consumer != null;
          messages.unready(stored);
          messages.hide(stored, span, wasRealTime);
          if (!span.isPositive()) {
            messages.show(stored);
          }
        });
  }

  /** Deletes every message. */
  void purge() {
    change(
        after -> {
          Instant now = clock.now();
          if (purged != null && purged.plusSeconds(60).isAfter(now)) {
            throw SqsErrors.purgeInProgress(name);
          }
          purged = now;
          messages.clear();
        });
  }

  /** Ends the queue: its timers, its messages, and every receive that waits. */
  void close() {
    change(
        after -> {
          deleted = true;
          messages.clear();
          receives.close(after);
        });
  }

  /** Takes up to {@code max} messages that can be received out of the queue, for a redrive. */
  List<Message> drain(int max) {
    var drained = new ArrayList<Message>();
    change(
        after -> {
          while (drained.size() < max) {
            StoredMessage stored = messages.take(new LinkedHashMap<>());
            if (stored == null) {
              break;
            }
            messages.remove(stored);
            drained.add(stored.message);
          }
        });
    return drained;
  }

  /**
   * Does the work under the lock and serves the receives that wait; then runs what the work added,
   * without the lock.
   */
  private void change(Consumer<List<Runnable>> work) {
    var after = new ArrayList<Runnable>();
    lock.lock();
    try {
      work.accept(after);
      receives.serve(after);
    } finally {
      lock.unlock();
      after.forEach(Runnable::run);
    }
  }
}
