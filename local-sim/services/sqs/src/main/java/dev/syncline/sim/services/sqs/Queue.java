// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.TimerKind;
import dev.syncline.sim.service.AwsException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One queue. A delay is simulated work, which a skipping clock jumps to; the time that a message is
 * hidden, and a long poll's, are limits on somebody else's work; retention is housekeeping.
 *
 * <p>Thread-safe. What follows from a change, such as a long poll's answer, is done after the lock
 * is released.
 */
final class Queue {
  /** In flight at once, as the service's quotas state. */
  static final int MOST_IN_FLIGHT = 120_000;

  static final Duration LONGEST_VISIBILITY = Duration.ofHours(12);

  final String name;
  final String arn;
  final Instant created;
  private final SimClock clock;
  private final Ids ids;
  private final DeadLetters deadLetters;
  private final SqsJournal journal;
  private final String sender;

  private final ReentrantLock lock = new ReentrantLock();
  private final MessageTable messages;
  private final ArrayDeque<Receive> waiting = new ArrayDeque<>();
  private final Deduplication deduplication = new Deduplication();
  private final Attempts attempts = new Attempts();
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
      SqsJournal journal,
      String sender,
      DeadLetters deadLetters,
      Instant created) {
    this.name = name;
    this.arn = arn;
    this.attributes = attributes;
    this.clock = clock;
    this.ids = ids;
    this.journal = journal;
    this.sender = sender;
    this.deadLetters = deadLetters;
    this.created = created;
    this.modified = created;
    this.messages =
        new MessageTable(
            clock,
            attributes.fifo(),
            attempts,
            attributes.retention(),
            work -> change(after -> work.run()));
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

  /** Everything, to be saved. */
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

  /** Takes back what {@link #saved} gave; called before anybody else knows the queue. */
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
            messages.delayAnew(changed.delay());
          }
          messages.keep(changed.retention());
        });
  }

  /** The tags, worked on under the lock. */
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
   * @param delay null for the queue's own
   * @param deduplicationKey null where nothing is deduplicated
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
          after.add(() -> journal.sent(name, message, wait));
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
   * @param wait how long to wait for the first message; null for as long as it takes
   */
  void receive(Receive receive, @Nullable Duration wait) {
    change(
        after -> {
          if (deleted) {
            throw SqsErrors.noSuchQueue();
          }
          if (messages.inFlight() >= MOST_IN_FLIGHT && !attributes.fifo()) {
            throw new AwsException(
                "OverLimit", 403, "Too many messages in flight: at most " + MOST_IN_FLIGHT + ".");
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
                clock.schedule(
                    receive.realTime ? TimerKind.BACKGROUND : TimerKind.LIMIT,
                    wait,
                    () -> stop(receive));
          }
        });
  }

  /** As {@link #receive}, repeating an earlier answer for the same attempt, as FIFO queues do. */
  void receive(Receive receive, @Nullable Duration wait, String attempt) {
    List<StoredMessage> again = new ArrayList<>();
    change(
        after -> {
          again.addAll(attempts.repeat(attempt, clock.now()));
          var received = new ArrayList<ReceivedMessage>();
          for (StoredMessage stored : again) {
            messages.hide(stored, visibility(receive), receive.realTime);
            received.add(received(stored));
          }
          if (!again.isEmpty()) {
            after.add(() -> receive.result.complete(received));
          }
        });
    if (again.isEmpty()) {
      receive(receive, wait);
      receive.result.thenAccept(
          received ->
              change(
                  after ->
                      attempts.remember(
                          attempt,
                          received.stream()
                              .map(one -> messages.find(Receipts.sequence(arn, one.receipt())))
                              .filter(Objects::nonNull)
                              .toList(),
                          clock.now())));
    }
  }

  /** Ends a receive that waits, with no messages. */
  void stop(Receive receive) {
    change(
        after -> {
          if (waiting.remove(receive)) {
            after.add(() -> receive.result.complete(List.of()));
          }
        });
  }

  private void serve(List<Runnable> after) {
    while (!waiting.isEmpty()
        && messages.readyCount() > 0
        && messages.inFlight() < MOST_IN_FLIGHT) {
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
            journal.received(name, taken);
            receive.result.complete(taken);
          });
    }
  }

  private List<ReceivedMessage> take(Receive receive, List<Runnable> after) {
    var taken = new ArrayList<ReceivedMessage>();
    var hidden = new ArrayList<StoredMessage>();
    Duration visibility = visibility(receive);
    var groups = new LinkedHashMap<String, Integer>();
    RedrivePolicy redrive = attributes.redrive();
    while (taken.size() < receive.most) {
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
              deadLetters.move(target, stored.message.from(arn), stored.receives);
              journal.deadLetter(name, target, stored.message);
            });
        continue;
      }
      stored.receives++;
      stored.lastReceived = clock.now();
      stored.receipt = Receipts.of(arn, stored.sequence, stored.receives, ids.hex(16));
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
    return ReceivedMessage.of(stored, attributes.fifo(), sender);
  }

  private Duration visibility(Receive receive) {
    return receive.visibility == null ? attributes.visibility() : receive.visibility;
  }

  /** Deletes a message; a handle of an earlier receive deletes nothing, and is no error. */
  void delete(String handle) {
    change(
        after -> {
          StoredMessage stored = messages.find(Receipts.sequence(arn, handle));
          if (stored != null && handle.equals(stored.receipt)) {
            messages.remove(stored);
            after.add(() -> journal.deleted(name, stored.message));
          }
        });
  }

  /** Hides a message anew from now on, or shows it at once. */
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
          if (clock.now().plus(span).isAfter(stored.lastReceived.plus(LONGEST_VISIBILITY))) {
            throw SqsErrors.invalidValue(
                "VisibilityTimeout",
                span.toSeconds(),
                "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]");
          }
          attempts.forget(stored);
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
            throw new AwsException(
                "PurgeQueueInProgress",
                403,
                "Only one PurgeQueue operation on " + name + " is allowed every 60 seconds.");
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
          for (Receive receive : waiting) {
            if (receive.timeout != null) {
              receive.timeout.cancel();
            }
            after.add(() -> receive.result.completeExceptionally(SqsErrors.noSuchQueue()));
          }
          waiting.clear();
        });
  }

  /** Takes up to {@code most} messages that can be received out of the queue, for a redrive. */
  List<Message> drain(int most) {
    var drained = new ArrayList<Message>();
    change(
        after -> {
          while (drained.size() < most) {
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

  /** Changes something; then serves those who wait, and does what is left without the lock. */
  private void change(Consumer<List<Runnable>> work) {
    var after = new ArrayList<Runnable>();
    lock.lock();
    try {
      work.accept(after);
      serve(after);
    } finally {
      lock.unlock();
      after.forEach(Runnable::run);
    }
  }
}
