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

/** What the bridge counts, since it was made. Thread-safe. */
public final class BridgeMetrics {

  /** A thing that is counted. */
  public enum Counter {
    /** Requests taken, of whatever kind. */
    REQUESTS,
    /** Requests refused for what they say. */
    REJECTED,
    /** Starts that the backend confirmed, or joined. */
    STARTS,
    /** Starts tried again. */
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
    /** Told to come back, because the deadline came first. */
    DEADLINES,
    /** Answers for work that had one. */
    DUPLICATE_EVENTS,
    /** Answers that nobody waited for any more. */
    LATE_EVENTS,
    /** Answers for work that is not known here. */
    UNKNOWN_EVENTS,
    /** Frames and events that could not be read. */
    MALFORMED_EVENTS,
    /** Progress, not answers. */
    PROGRESS_EVENTS,
    /** Times the backend was asked because an event might have been missed. */
    RECONCILES,
    /** Answers found by asking. */
    RECONCILED,
    /** Answers found by asking that the channel did not bring, though it should have. */
    UNHEARD_ANSWERS,
    /** Connections made, the first and those that replace a lost one. */
    CONNECTIONS,
    /** Connections that replaced a lost one. */
    RECONNECTS,
    /** Subscriptions lost. */
    SUBSCRIPTION_LOSSES,
    /** Requests that found no subscription. */
    SUBSCRIPTION_FAILURES;

    /** Its name in CloudWatch: {@code duplicateEvents} for {@code DUPLICATE_EVENTS}. */
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

  /** Counts what came, unless it was the awaited answer: that is counted where it is given. */
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
   * What happened since the last call, by metric name; what did not happen is left out. Concurrent
   * callers share it out among them: nothing is reported twice.
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

  /** How often it happened. */
  public long get(Counter counter) {
    return adder(counter).sum();
  }

  private LongAdder adder(Counter counter) {
    // Every counter has one; the map is never changed after construction.
    return Objects.requireNonNull(counters.get(counter));
  }
}
