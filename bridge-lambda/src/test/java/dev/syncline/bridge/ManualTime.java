// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Time that a test advances. Timers run on the advancing thread. After a timer wakes a request's
 * thread, time stops until that thread waits again or has ended, so every thread acts at the time
 * of its timer. Thread-safe.
 */
public final class ManualTime extends VirtualScheduler {

  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.<Timer>comparingLong(t -> t.at).thenComparingLong(t -> t.no));
  private long now = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private long count;

  public synchronized long millis() {
    return now;
  }

  /** Advances time, and runs each timer when it is due. */
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

  /** Advances time without running timers, as in a frozen environment. */
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
  protected long nowMillis() {
    return millis();
  }

  private final class Timer extends VirtualTask {
    /** The thread that waits for this timer; null for a timer of the subscription. */
    final @Nullable Thread wakes;

    private volatile boolean noticed;

    Timer(Runnable task, long at, long no) {
      super(task, at, no);
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
  }
}
