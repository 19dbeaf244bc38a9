// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Time that a test moves: timers run on the thread that moves it. A timer that wakes a request's
 * thread holds time until that thread waits again or has ended, so every thread acts at the very
 * moment it was woken for. Thread-safe.
 */
public final class ManualTime extends AbstractExecutorService implements ScheduledExecutorService {

  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.<Timer>comparingLong(t -> t.at).thenComparingLong(t -> t.no));
  private long now = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private long count;

  /** The clock of this time. */
  public Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return Instant.ofEpochMilli(millis());
      }

      @Override
      public long millis() {
        return ManualTime.this.millis();
      }
    };
  }

  public synchronized long millis() {
    return now;
  }

  /** Moves time on, stopping at each timer that comes due. */
  public void advance(long millis) {
    long target = millis() + millis;
    for (Timer due = nextDue(target); due != null; due = nextDue(target)) {
      due.run();
      due.awaitReaction();
    }
    synchronized (this) {
      now = target;
    }
  }

  /** Lets time pass without any timer running, as in a frozen environment. */
  public synchronized void freezeFor(long millis) {
    now += millis;
  }

  /** The timers that are not cancelled. */
  public synchronized int pendingTimers() {
    return (int) timers.stream().filter(t -> !t.isDone()).count();
  }

  private synchronized boolean waits(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        && timers.stream().anyMatch(t -> t.wakes == thread && !t.isDone());
  }

  private synchronized @Nullable Timer nextDue(long target) {
    timers.removeIf(FutureTask::isDone);
    Timer first = timers.peek();
    if (first == null || first.at > target) {
      return null;
    }
    now = Math.max(now, first.at);
    return timers.poll();
  }

  @Override
  public synchronized ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    Timer timer = new Timer(task, now + unit.toMillis(delay), count++);
    timers.add(timer);
    return timer;
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException("the bridge schedules runnables");
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(Runnable r, long i, long p, TimeUnit u) {
    throw new UnsupportedOperationException("the bridge has no periodic task");
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(Runnable r, long i, long d, TimeUnit u) {
    throw new UnsupportedOperationException("the bridge has no periodic task");
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return new ArrayList<>();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return false;
  }

  private final class Timer extends FutureTask<Void> implements ScheduledFuture<Void> {
    final long at;
    final long no;

    /** The thread that waits for this timer; null if it runs a task of the subscription's. */
    final @Nullable Thread wakes;

    private volatile boolean noticed;

    Timer(Runnable task, long at, long no) {
      super(task, null);
      this.at = at;
      this.no = no;
      boolean joins =
          StackWalker.getInstance()
              .walk(frames -> frames.anyMatch(f -> f.getClassName().endsWith(".TimedJoin")));
      this.wakes = joins ? Thread.currentThread() : null;
    }

    /** A woken thread always cancels its timer, even one that has run. */
    @Override
    public boolean cancel(boolean interrupt) {
      noticed = true;
      return super.cancel(interrupt);
    }

    void awaitReaction() {
      Thread woken = wakes;
      if (woken != null) {
        Wait.until(() -> noticed);
        Wait.until(() -> !woken.isAlive() || waits(woken));
      }
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - millis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.MILLISECONDS), other.getDelay(TimeUnit.MILLISECONDS));
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
