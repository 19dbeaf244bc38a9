// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import dev.syncline.bridge.correlate.PendingReplies;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** The bridge's counters since it was created. Thread-safe. */
public final class BridgeMetrics {

  /** A counter. */
  public enum Counter {
    /** All requests. */
    REQUESTS,
    /** Requests refused with a 4xx status. */
    REJECTED,
    /** Starts that the backend confirmed, or that joined running work. */
    STARTS,
    /** Retries of starts. */
    START_RETRIES,
    /** Requests that could not be started. */
    START_FAILURES,
    /** Requests whose start the backend did not confirm. */
    UNCONFIRMED_STARTS,
    /** Requests that joined work under the same key. */
    JOINED,
    /** Answered with a result. */
    COMPLETED,
    /** Answered with the work's failure. */
    FAILED,
    /** Answered with 202 or 504, because the deadline came first. */
    DEADLINES,
    /** Answers for work that had an answer already. */
    DUPLICATE_EVENTS,
    /** Answers that came after their last caller had left. */
    LATE_EVENTS,
    /** Answers for work that this environment does not know. */
    UNKNOWN_EVENTS,
    /** Frames and events that could not be read. */
    MALFORMED_EVENTS,
    /** Progress events, which are not answers. */
    PROGRESS_EVENTS,
    /** Polls of the backend for an event that may have been lost. */
    RECONCILES,
    /** Answers found by polling the backend. */
    RECONCILED,
    /** Answers found by polling that should have arrived on the channel. */
    UNHEARD_ANSWERS,
    /** Connections opened: first ones and reconnections. */
    CONNECTIONS,
    /** Connections that replaced a lost one. */
    RECONNECTS,
    /** Subscriptions lost. */
    SUBSCRIPTION_LOSSES,
    /** Requests that found no subscription. */
    SUBSCRIPTION_FAILURES;

    /** The metric's name in CloudWatch: {@code duplicateEvents} for {@code DUPLICATE_EVENTS}. */
    private final String metric;

    Counter() {
      StringBuilder name = new StringBuilder();
      for (String word : name().toLowerCase(Locale.ROOT).split("_")) {
        name.append(
            name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
      }
      metric = name.toString();
    }
  }

  private final AtomicLong unreportedConnectMillis = new AtomicLong(-1);
  private final Map<Counter, AtomicLong> reported = new EnumMap<>(Counter.class);
  private final Map<Counter, LongAdder> counters = new EnumMap<>(Counter.class);

  BridgeMetrics() {
    for (Counter counter : Counter.values()) {
      counters.put(counter, new LongAdder());
      reported.put(counter, new AtomicLong());
    }
  }

  void count(Counter counter) {
    adder(counter).increment();
  }

  /**
   * Counts an event by its kind. The awaited answer is counted when it is returned to its caller.
   */
  void count(PendingReplies.ReplyKind arrival) {
    switch (arrival) {
      case ANSWER -> {}
      case PROGRESS -> count(Counter.PROGRESS_EVENTS);
      case DUPLICATE -> count(Counter.DUPLICATE_EVENTS);
      case LATE -> count(Counter.LATE_EVENTS);
      case UNKNOWN -> count(Counter.UNKNOWN_EVENTS);
    }
  }

  void connected(long millis, boolean again) {
    count(Counter.CONNECTIONS);
    if (again) {
      count(Counter.RECONNECTS);
    }
    unreportedConnectMillis.set(millis);
  }

  /**
   * The counters' increases since the last call, by metric name; zero is left out. With concurrent
   * callers each increase is reported once.
   */
  Map<String, Long> takeDeltas() {
    Map<String, Long> deltas = new LinkedHashMap<>();
    for (Counter counter : Counter.values()) {
      long now = get(counter);
      long before = reported(counter).getAndAccumulate(now, Math::max);
      if (now > before) {
        deltas.put(counter.metric, now - before);
      }
    }
    long connect = unreportedConnectMillis.getAndSet(-1);
    if (connect >= 0) {
      deltas.put("connect", connect);
    }
    return deltas;
  }

  private AtomicLong reported(Counter counter) {
    return Objects.requireNonNull(reported.get(counter));
  }

  /** The counter's value. */
  public long get(Counter counter) {
    return adder(counter).sum();
  }

  private LongAdder adder(Counter counter) {
    // The map has every counter and never changes after construction.
    return Objects.requireNonNull(counters.get(counter));
  }
}
