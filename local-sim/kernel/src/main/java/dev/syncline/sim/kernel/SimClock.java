// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one clock of a simulator: virtual time and all timers.
 *
 * <p>Timers fire on the clock's own thread (in {@link ClockMode.Manual} mode on the thread that
 * advances), one at a time, in order of their due time and then of scheduling. A task must hand
 * longer work over to another thread. A timer costs an entry in a sorted set, never a thread. If a
 * task throws an exception or an {@link Error}, the clock and the other timers continue.
 *
 * <p>A skipping clock must know all running work: in-process work holds an {@link ClockActivity}
 * from {@link #begin()}; a real process that is working on an invocation holds one from {@link
 * #beginExternal()}, because its own timers cannot be skipped. See {@link TimerKind} for the rules
 * and ADR 0005 for the reasons.
 *
 * <p>Thread-safe.
 */
public final class SimClock implements AutoCloseable {
  /**
   * How long the simulator must have been idle before a skipping clock jumps to a limit. On a
   * machine whose threads wait for a CPU the jump comes later: the time restarts each time the
   * clock's own thread wakes late, at most thirty times (about 3 s).
   */
  public static final Duration DEFAULT_SETTLE = Duration.ofMillis(100);

  private final ClockMode mode;
  private final boolean skipping;
  private final boolean manual;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final TimerQueue timers = new TimerQueue();
  private final TimeAxes axes;
  private final IdleDetector idle;
  private final TimerChoice choice;
  private final TaskFailures failures = new TaskFailures();

  private final Instant origin;
  private final long realOrigin;
  private long sequence;
  private int busy;
  private int external;
  private boolean closed;
  private final @Nullable Thread thread;

  /** A clock that starts at the present real time. */
  public SimClock(ClockMode mode) {
    this(mode, Instant.now());
  }

  /** A clock that starts at {@code start}. */
  public SimClock(ClockMode mode, Instant start) {
    this(mode, start, mode.settleTime());
  }

  /**
   * A clock that starts at {@code start}.
   *
   * @param settle see {@link #DEFAULT_SETTLE}; only a skipping clock uses it
   */
  public SimClock(ClockMode mode, Instant start, Duration settle) {
    this.mode = mode;
    this.origin = start;
    this.idle = new IdleDetector(settle.toNanos());
    this.skipping = mode instanceof ClockMode.Skipping;
    this.manual = mode instanceof ClockMode.Manual;
    this.realOrigin = System.nanoTime();
    double factor = mode instanceof ClockMode.Scaled scaled ? scaled.factor() : 1;
    this.axes = new TimeAxes(factor, manual, realOrigin);
    this.choice = new TimerChoice(timers, axes, idle);
    this.thread =
        manual ? null : Thread.ofPlatform().daemon().name("sim-clock").unstarted(this::run);
    if (thread != null) {
      thread.start();
    }
  }

  /** A clock that starts at the present real time, or at {@code earliest} when that is later. */
  public static SimClock notBefore(ClockMode mode, Instant earliest) {
    Instant present = Instant.now();
    return new SimClock(mode, present.isBefore(earliest) ? earliest : present);
  }

  /** The mode it was made with. */
  public ClockMode mode() {
    return mode;
  }

  /** The present virtual time. */
  public Instant now() {
    lock.lock();
    try {
      return origin.plusNanos(axes.virtualNow(System.nanoTime()));
    } finally {
      lock.unlock();
    }
  }

  /** The present virtual time in milliseconds since the epoch. */
  public long millis() {
    return now().toEpochMilli();
  }

  /** Real nanoseconds since this clock was made, for reports that show real beside virtual time. */
  public long realNanos() {
    return System.nanoTime() - realOrigin;
  }

  /** Schedules simulated work; see {@link TimerKind#WORK}. */
  public Timer schedule(Duration delay, Runnable task) {
    return schedule(TimerKind.WORK, delay, task);
  }

  /**
   * Schedules {@code task} at {@code delay} from now; a delay that is negative or zero is due at
   * once, one beyond some 290 years never.
   *
   * @throws IllegalStateException when the clock is closed
   */
  public Timer schedule(TimerKind kind, Duration delay, Runnable task) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the clock is closed");
      }
      long real = System.nanoTime();
      long nanos = Nanos.of(delay);
      var entry =
          new TimerEntry(
              kind,
              Nanos.add(axes.virtualNow(real), nanos),
              Nanos.add(axes.limitNow(real), nanos),
              sequence++,
              task);
      timers.add(entry);
      if (timers.isNext(entry)) {
        changed.signalAll();
      } else {
        reconsider();
      }
      return new Handle(entry);
    } finally {
      lock.unlock();
    }
  }

  /** Marks in-process work as running until the activity is closed. */
  public ClockActivity begin() {
    lock.lock();
    try {
      busy++;
      idle.disturbed();
    } finally {
      lock.unlock();
    }
    return ClockActivity.once(() -> end(false));
  }

  /**
   * Runs {@code work} on the calling thread as an activity. Inside it, {@link #await} releases the
   * activity while it blocks.
   */
  public <T> T call(Callable<T> work) throws Exception {
    return ThreadActivity.call(this, work);
  }

  /** As {@link #call}, for work without a result. */
  public void run(Runnable work) {
    ThreadActivity.run(this, work);
  }

  /** Waits for {@code delay} of virtual time, by {@link #await}. */
  public void pause(Duration delay) {
    var over = new CompletableFuture<Boolean>();
    schedule(delay, () -> over.complete(true));
    await(over);
  }

  /**
   * Blocks until {@code future} completes, without counting as running meanwhile. The completing
   * thread reopens the activity, so the clock cannot jump between completion and the end of the
   * wait. Called outside {@link #call} it is a plain join.
   *
   * @throws java.util.concurrent.CompletionException as {@link CompletableFuture#join} does
   */
  public <T extends @Nullable Object> T await(CompletableFuture<T> future) {
    return ThreadActivity.await(this, future);
  }

  /** Marks a real process as working on something until the activity is closed. */
  public ClockActivity beginExternal() {
    lock.lock();
    try {
      idle.disturbed();
      external++;
      processAtWork(true);
      reconsider();
    } finally {
      lock.unlock();
    }
    return ClockActivity.once(() -> end(true));
  }

  /**
   * Moves a manual clock forward and fires every timer that becomes due, in order, each at its own
   * instant. Timers that are scheduled meanwhile fire too if they are due within the span.
   *
   * @throws IllegalStateException when the clock is not manual
   */
  public void advance(Duration span) {
    if (!manual) {
      throw new IllegalStateException("only a manual clock can be advanced; this one is " + mode);
    }
    lock.lock();
    try {
      long target = Nanos.add(axes.virtualNow(0), Nanos.of(span));
      while (true) {
        TimerEntry next = timers.firstPlanned();
        if (next == null || next.due > target) {
          break;
        }
        axes.moveTo(next.due);
        fire(next);
      }
      axes.moveTo(target);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Calls {@code listener} with each exception or {@link Error} that a timer's task throws, on the
   * thread that ran the task. The clock continues. The default handler of uncaught exceptions gets
   * every failure too.
   */
  public void onTaskFailure(Consumer<Throwable> listener) {
    failures.listen(listener);
  }

  /** How much virtual time has been skipped so far. */
  public Duration skipped() {
    lock.lock();
    try {
      return Duration.ofNanos(axes.skipped());
    } finally {
      lock.unlock();
    }
  }

  /** The number of timers waiting. */
  public int pendingTimers() {
    lock.lock();
    try {
      return timers.size();
    } finally {
      lock.unlock();
    }
  }

  /** This clock as a {@link Clock}, for code that takes time by injection. */
  public Clock asJavaClock() {
    return new JavaClock(this, ZoneOffset.UTC);
  }

  /** Stops the clock; pending timers never fire. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      timers.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    lock.lock();
    try {
      while (!closed) {
        long real = System.nanoTime();
        TimerEntry due = choice.dueNow(real);
        if (due != null) {
          fire(due);
          continue;
        }
        long waitNanos = choice.realWaitForNext(real);
        if (skipping && busy == 0) {
          long settleLeft = choice.tryJump(real, external);
          if (settleLeft == 0) {
            continue;
          }
          waitNanos = Math.min(waitNanos, settleLeft);
        }
        try {
          changed.awaitNanos(Math.max(1, waitNanos));
        } catch (InterruptedException left) {
          // A task has left its interrupt on this thread. Only close() ends the thread.
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Wakes the clock's thread if it may jump now. A change that only lengthens its wait need not
   * wake it: the thread checks again after the wait. The caller holds the lock.
   */
  private void reconsider() {
    if (skipping && busy == 0) {
      changed.signalAll();
    }
  }

  /** Holds the lock. */
  private void processAtWork(boolean atWork) {
    if (axes.processAtWork(atWork, System.nanoTime())) {
      changed.signalAll();
    }
  }

  /** Runs the task without the lock, as an activity, so that the clock does not jump meanwhile. */
  private void fire(TimerEntry entry) {
    timers.remove(entry);
    entry.done = true;
    busy++;
    lock.unlock();
    try {
      entry.task.run();
    } catch (Throwable failure) {
      // An Error too: without this thread time would stop and no error would be reported.
      failures.report(failure);
    } finally {
      lock.lock();
      busy--;
      idle.disturbed();
    }
  }

  private final class Handle implements Timer {
    private final TimerEntry entry;

    Handle(TimerEntry entry) {
      this.entry = entry;
    }

    @Override
    public boolean cancel() {
      lock.lock();
      try {
        if (entry.done) {
          return false;
        }
        entry.done = true;
        timers.remove(entry);
        reconsider();
        return true;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public Instant due() {
      return origin.plusNanos(entry.due);
    }
  }

  /** Ends an activity. */
  private void end(boolean ofProcess) {
    lock.lock();
    try {
      idle.disturbed();
      if (ofProcess) {
        external--;
        processAtWork(external > 0);
      } else {
        busy--;
      }
      reconsider();
    } finally {
      lock.unlock();
    }
  }
}
