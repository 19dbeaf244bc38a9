// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.TimerKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a queue with their states: delayed, ready or in flight. Guarded by the queue's
 * lock; timers run through {@code locked}, which takes it.
 */
final class MessageTable {
  /** Bounds this simulator's memory; the service itself has no such limit. */
  static final int MAX_MESSAGES = 1_000_000;

  private final SimClock clock;
  private final Consumer<Runnable> locked;
  private final ReadyMessages ready;
  private final Map<Long, StoredMessage> messages = new HashMap<>();
  private final TreeSet<StoredMessage> byAge =
      new TreeSet<>(
          Comparator.<StoredMessage, Instant>comparing(stored -> stored.message.sent())
              .thenComparingLong(stored -> stored.sequence));
  private final Attempts attempts;
  private final Retention retention;
  private Duration kept;
  private long sequence;
  private int inFlight;
  private int delayed;

  /**
   * An empty table.
   *
   * @param attempts forgets every message that is removed
   * @param kept how long a message is kept
   * @param locked runs a change under the queue's lock, then serves the receives that wait
   */
  MessageTable(
      SimClock clock, boolean fifo, Attempts attempts, Duration kept, Consumer<Runnable> locked) {
    this.clock = clock;
    this.locked = locked;
    this.attempts = attempts;
    this.kept = kept;
    this.ready = fifo ? new ReadyMessages.Fifo() : new ReadyMessages.Standard();
    this.retention = new Retention(clock, () -> locked.accept(this::expire));
  }

  /**
   * A message as it is saved.
   *
   * @param due when its delay or its invisibility ends; null when it can be received
   */
  record Saved(
      Message message,
      long sequence,
      StoredMessage.State state,
      int receives,
      @Nullable Instant firstReceived,
      @Nullable Instant lastReceived,
      @Nullable String receipt,
      @Nullable Instant due) {}

  long lastSequence() {
    return sequence;
  }

  /** Every message in order. */
  List<Saved> saved() {
    return new TreeMap<>(messages)
        .values().stream()
            .map(
                stored ->
                    new Saved(
                        stored.message,
                        stored.sequence,
                        stored.state,
                        stored.receives,
                        stored.firstReceived,
                        stored.lastReceived,
                        stored.receipt,
                        stored.timer == null ? null : stored.timer.due()))
            .toList();
  }

  /** Restores what {@link #saved} returned, into an empty table. */
  void restore(long lastSequence, List<Saved> saved) {
    sequence = lastSequence;
    for (Saved one : saved) {
      var stored = new StoredMessage(one.message, one.sequence);
      stored.receives = one.receives;
      stored.firstReceived = one.firstReceived;
      stored.lastReceived = one.lastReceived;
      stored.receipt = one.receipt;
      messages.put(stored.sequence, stored);
      byAge.add(stored);
      Duration left = one.due == null ? Duration.ZERO : Duration.between(clock.now(), one.due);
      if (one.state == StoredMessage.State.IN_FLIGHT && left.isPositive()) {
        ready.expect(stored);
        hide(stored, left, false);
      } else {
        delay(stored, left);
      }
    }
    rememberRetention();
  }

  int readyCount() {
    return ready.size();
  }

  int inFlight() {
    return inFlight;
  }

  int delayed() {
    return delayed;
  }

  @Nullable StoredMessage find(long place) {
    return messages.get(place);
  }

  /** The first message that may be received; see {@link ReadyMessages#take}. */
  @Nullable StoredMessage take(Map<String, Integer> batch) {
    return ready.take(batch);
  }

  /** Adds a message that is in no state yet: {@link #delay} follows. */
  StoredMessage store(Message message) {
    if (messages.size() >= MAX_MESSAGES) {
      throw SqsErrors.queueFull(MAX_MESSAGES);
    }
    var stored = new StoredMessage(message, ++sequence);
    messages.put(stored.sequence, stored);
    byAge.add(stored);
    rememberRetention();
    return stored;
  }

  /** Holds a message back, or makes it ready when there is nothing to wait for. */
  void delay(StoredMessage stored, Duration wait) {
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
    stored.timer = clock.schedule(wait, () -> locked.accept(() -> delayOver(stored)));
  }

  private void delayOver(StoredMessage stored) {
    if (stored.state == StoredMessage.State.DELAYED && messages.containsKey(stored.sequence)) {
      stored.timer = null;
      delayed--;
      stored.state = StoredMessage.State.READY;
      ready.add(stored);
    }
  }

  /** Gives every delayed message the delay that a FIFO queue has now. */
  void changeDelay(Duration delay) {
    if (delayed == 0) {
      return;
    }
    for (StoredMessage stored : List.copyOf(messages.values())) {
      if (stored.state == StoredMessage.State.DELAYED) {
        stored.settle();
        delay(stored, Duration.between(clock.now(), stored.message.sent().plus(delay)));
      }
    }
  }

  /**
   * Hides a message that was taken or is in flight; without a span until {@link #show}.
   *
   * @param realTime whether its consumer runs in real time
   */
  void hide(StoredMessage stored, Duration span, boolean realTime) {
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
                locked.accept(
                    () -> {
                      if (receipt != null && receipt.equals(stored.receipt)) {
                        show(stored);
                      }
                    }));
  }

  /** Takes a message that is ready out of the ready ones, to be hidden. */
  void unready(StoredMessage stored) {
    if (stored.state == StoredMessage.State.READY) {
      ready.remove(stored);
      ready.expect(stored);
    }
  }

  /** Makes a message that is in flight ready. */
  void show(StoredMessage stored) {
    if (stored.state == StoredMessage.State.IN_FLIGHT && messages.containsKey(stored.sequence)) {
      stored.settle();
      inFlight--;
      stored.state = StoredMessage.State.READY;
      ready.add(stored);
    }
  }

  void remove(StoredMessage stored) {
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

  void clear() {
    List.copyOf(messages.values()).forEach(this::remove);
  }

  /** Changes how long messages are kept, also those already in the queue. */
  void keep(Duration span) {
    kept = span;
    rememberRetention();
  }

  private void expire() {
    retention.fired();
    Instant oldest = clock.now().minus(kept);
    while (!byAge.isEmpty() && !byAge.first().message.sent().isAfter(oldest)) {
      remove(byAge.first());
    }
    rememberRetention();
  }

  private void rememberRetention() {
    retention.next(byAge.isEmpty() ? null : byAge.first().message.sent().plus(kept));
  }
}
