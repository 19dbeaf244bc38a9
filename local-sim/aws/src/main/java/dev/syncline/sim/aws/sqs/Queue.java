// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.sqs;

import dev.syncline.sim.aws.service.AwsException;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.TimerKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
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

  /** Bounds this simulator's memory; the service itself has no such limit. */
  static final int MOST_MESSAGES = 1_000_000;

  static final Duration LONGEST_VISIBILITY = Duration.ofHours(12);

  /** Where messages go that were received too often. */
  interface DeadLetters {
    /** Whether there is such a queue. */
    boolean exists(String queueArn);

    /** Takes over a message with its receive count. */
    void move(String queueArn, Message message, int receives);
  }

  final String name;
  final String arn;
  final Instant created;
  private final SimClock clock;
  private final Ids ids;
  private final DeadLetters deadLetters;
  private final SqsJournal journal;
  private final String sender;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, StoredMessage> messages = new HashMap<>();
  private final TreeSet<StoredMessage> byAge =
      new TreeSet<>(
          Comparator.<StoredMessage, Instant>comparing(stored -> stored.message.sent())
              .thenComparingLong(stored -> stored.sequence));
  private final ReadyMessages ready;
  private final ArrayDeque<Receive> waiting = new ArrayDeque<>();
  private final Deduplication deduplication = new Deduplication();
  private final Attempts attempts = new Attempts();
  private final Map<String, String> tags = new LinkedHashMap<>();
  private final Retention retention;
  private volatile QueueAttributes attributes;
  private volatile Instant modified;
  private @Nullable Instant purged;
  private long sequence;
  private int inFlight;
  private int delayed;
  private boolean deleted;

  Queue(
      String name,
      String arn,
      QueueAttributes attributes,
      SimClock clock,
      Ids ids,
      SqsJournal journal,
      String sender,
      DeadLetters deadLetters) {
    this.name = name;
    this.arn = arn;
    this.attributes = attributes;
    this.clock = clock;
    this.ids = ids;
    this.journal = journal;
    this.sender = sender;
    this.deadLetters = deadLetters;
    this.created = clock.now();
    this.modified = created;
    this.ready = attributes.fifo() ? new ReadyMessages.Fifo() : new ReadyMessages.Standard();
    this.retention = new Retention(clock, this::expire);
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
          if (changed.fifo() && delayed > 0) {
            for (StoredMessage stored : List.copyOf(messages.values())) {
              if (stored.state == StoredMessage.State.DELAYED) {
                stored.settle();
                delay(
                    stored,
                    Duration.between(clock.now(), stored.message.sent().plus(changed.delay())));
              }
            }
          }
          rememberRetention();
        });
  }

  /** The tags, worked on under the lock. */
  Map<String, String> tags(java.util.function.Consumer<Map<String, String>> work) {
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
      return new int[] {ready.size(), inFlight, delayed};
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
          StoredMessage stored = store(message);
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
          delay(stored, wait);
        });
    return answer[0];
  }

  /** Takes over a dead letter, or a redriven message; it can be received at once. */
  void takeOver(Message message, int receives) {
    change(
        after -> {
          StoredMessage stored = store(message);
          stored.receives = receives;
          ready.add(stored);
        });
  }

  private StoredMessage store(Message message) {
    if (messages.size() >= MOST_MESSAGES) {
      throw new AwsException(
          "OverLimit",
          403,
          "The simulator keeps at most "
              + MOST_MESSAGES
              + " messages in a queue; "
              + name
              + " is full.");
    }
    var stored = new StoredMessage(message, ++sequence);
    messages.put(stored.sequence, stored);
    byAge.add(stored);
    rememberRetention();
    return stored;
  }

  private void delay(StoredMessage stored, Duration wait) {
    if (!wait.isPositive()) {
      if (stored.state == StoredMessage.State.DELAYED) {
        delayed--;
      }
      stored.state = StoredMessage.State.READY;
      ready.add(stored);
      return;
    }
    if (stored.state != StoredMessage.State.DELAYED) {
      delayed++;
      stored.state = StoredMessage.State.DELAYED;
      ready.expect(stored);
    }
    stored.timer =
        clock.schedule(
            wait,
            () ->
                change(
                    after -> {
                      if (stored.state == StoredMessage.State.DELAYED
                          && messages.containsKey(stored.sequence)) {
                        stored.timer = null;
                        delayed--;
                        stored.state = StoredMessage.State.READY;
                        ready.add(stored);
                      }
                    }));
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
          if (inFlight >= MOST_IN_FLIGHT && !attributes.fifo()) {
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
            hide(stored, visibility(receive), receive.realTime);
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
                              .map(one -> messages.get(Receipts.sequence(arn, one.receipt())))
                              .filter(java.util.Objects::nonNull)
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
    while (!waiting.isEmpty() && ready.size() > 0 && inFlight < MOST_IN_FLIGHT) {
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
      StoredMessage stored = ready.take(groups);
      if (stored == null) {
        break;
      }
      if (redrive != null
          && stored.receives >= redrive.maxReceives()
          && deadLetters.exists(redrive.target())) {
        remove(stored);
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
      hide(stored, visibility, receive.realTime);
      hidden.add(stored);
      taken.add(received(stored));
    }
    if (!visibility.isPositive()) {
      hidden.forEach(this::show);
    }
    return taken;
  }

  private ReceivedMessage received(StoredMessage stored) {
    String receipt = stored.receipt == null ? "" : stored.receipt;
    Instant first = stored.firstReceived == null ? clock.now() : stored.firstReceived;
    return new ReceivedMessage(stored, receipt, first, attributes.fifo(), sender);
  }

  private Duration visibility(Receive receive) {
    return receive.visibility == null ? attributes.visibility() : receive.visibility;
  }

  /** Hides a message that is not in the ready ones; without a span until {@link #show}. */
  private void hide(StoredMessage stored, Duration span, boolean realTime) {
    stored.settle();
    if (stored.state != StoredMessage.State.IN_FLIGHT) {
      stored.state = StoredMessage.State.IN_FLIGHT;
      inFlight++;
    }
    if (!span.isPositive()) {
      return;
    }
    if (realTime) {
      stored.consumer = clock.beginExternal();
    }
    String receipt = stored.receipt;
    stored.timer =
        clock.schedule(
            TimerKind.LIMIT,
            span,
            () ->
                change(
                    after -> {
                      if (receipt != null && receipt.equals(stored.receipt)) {
                        show(stored);
                      }
                    }));
  }

  private void show(StoredMessage stored) {
    if (stored.state == StoredMessage.State.IN_FLIGHT && messages.containsKey(stored.sequence)) {
      stored.settle();
      inFlight--;
      stored.state = StoredMessage.State.READY;
      ready.add(stored);
    }
  }

  /** Deletes a message; a handle of an earlier receive deletes nothing, and is no error. */
  void delete(String handle) {
    change(
        after -> {
          StoredMessage stored = messages.get(Receipts.sequence(arn, handle));
          if (stored != null && handle.equals(stored.receipt)) {
            remove(stored);
            after.add(() -> journal.deleted(name, stored.message));
          }
        });
  }

  /** Hides a message anew from now on, or shows it at once. */
  void changeVisibility(String handle, Duration span) {
    change(
        after -> {
          StoredMessage stored = messages.get(Receipts.sequence(arn, handle));
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
          if (stored.state == StoredMessage.State.READY) {
            ready.remove(stored);
            ready.expect(stored);
          }
          hide(stored, span, wasRealTime);
          if (!span.isPositive()) {
            show(stored);
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
          List.copyOf(messages.values()).forEach(this::remove);
        });
  }

  /** Ends the queue: its timers, its messages, and every receive that waits. */
  void close() {
    change(
        after -> {
          deleted = true;
          List.copyOf(messages.values()).forEach(this::remove);
          retention.cancel();
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
            StoredMessage stored = ready.take(new LinkedHashMap<>());
            if (stored == null) {
              break;
            }
            remove(stored);
            drained.add(stored.message);
          }
        });
    return drained;
  }

  private void remove(StoredMessage stored) {
    stored.settle();
    switch (stored.state) {
      case IN_FLIGHT -> inFlight--;
      case DELAYED -> delayed--;
      case READY -> {}
    }
    stored.state = StoredMessage.State.READY;
    ready.remove(stored);
    messages.remove(stored.sequence);
    byAge.remove(stored);
    attempts.forget(stored);
    rememberRetention();
  }

  private void expire() {
    change(
        after -> {
          retention.fired();
          Instant oldest = clock.now().minus(attributes.retention());
          while (!byAge.isEmpty() && !byAge.first().message.sent().isAfter(oldest)) {
            remove(byAge.first());
          }
          rememberRetention();
        });
  }

  private void rememberRetention() {
    retention.next(
        byAge.isEmpty() ? null : byAge.first().message.sent().plus(attributes.retention()));
  }

  /** Changes something; then serves those who wait, and does what is left without the lock. */
  private void change(java.util.function.Consumer<List<Runnable>> work) {
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
