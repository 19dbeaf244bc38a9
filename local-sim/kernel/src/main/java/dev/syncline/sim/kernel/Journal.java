// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The bounded record of all events, oldest first. A full journal drops its oldest entries.
 *
 * <p>Thread-safe. Listeners run on the recording thread, after the entry is in the journal, and
 * must not block.
 */
public final class Journal {
  /** The default number of entries that a journal keeps. */
  public static final int DEFAULT_CAPACITY = 20_000;

  /**
   * One entry.
   *
   * @param sequence counts from 1, never reused
   * @param time virtual time
   * @param realNanos real nanoseconds since the clock was made
   */
  public record Entry(long sequence, Instant time, long realNanos, JournalEvent event) {}

  private final SimClock clock;
  private final int capacity;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private final List<Consumer<Entry>> listeners = new CopyOnWriteArrayList<>();
  private long lastSequence;

  /** A journal of {@link #DEFAULT_CAPACITY} entries. */
  public Journal(SimClock clock) {
    this(clock, DEFAULT_CAPACITY);
  }

  /** A journal that keeps the newest {@code capacity} entries; at least 1. */
  public Journal(SimClock clock, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("journal capacity must be at least 1, got " + capacity);
    }
    this.clock = clock;
    this.capacity = capacity;
    clock.onTaskFailure(failure -> record(new TimerFailed(String.valueOf(failure))));
  }

  /**
   * The task of a timer failed: a defect of the simulator. The clock continues.
   *
   * @param failure the exception as text
   */
  public record TimerFailed(String failure) implements JournalRecord {
    @Override
    public String source() {
      return "clock";
    }
  }

  /** Adds an event at the present time. */
  public Entry record(JournalEvent event) {
    Entry entry;
    synchronized (entries) {
      entry = new Entry(++lastSequence, clock.now(), clock.realNanos(), event);
      if (entries.size() == capacity) {
        entries.removeFirst();
      }
      entries.addLast(entry);
    }
    for (Consumer<Entry> listener : listeners) {
      listener.accept(entry);
    }
    return entry;
  }

  /** The kept entries after {@code sequence}, oldest first. */
  public List<Entry> since(long sequence) {
    return select(entry -> entry.sequence() > sequence);
  }

  /** The kept entries that match, oldest first. */
  public List<Entry> select(Predicate<Entry> matcher) {
    synchronized (entries) {
      var found = new ArrayList<Entry>();
      for (Entry entry : entries) {
        if (matcher.test(entry)) {
          found.add(entry);
        }
      }
      return found;
    }
  }

  /** The sequence number of the newest entry, 0 while the journal is empty. */
  public long lastSequence() {
    synchronized (entries) {
      return lastSequence;
    }
  }

  /** Calls {@code listener} for each entry recorded from now on, until the result is closed. */
  public ClockActivity listen(Consumer<Entry> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
