// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one clock of a simulator: virtual time and every timer that hangs on it.
 *
 * <p>Timers fire on the clock's own thread (in {@link ClockMode.Manual} mode on the thread that
 * advances), one at a time, in order of their due time and then of scheduling. A task must hand
 * longer work over to another thread. A timer costs an entry in a sorted set, never a thread.
 *
 * <p>A skipping clock needs to know what is running: in-process work holds an {@link Activity} from
 * {@link #begin()}; a real process that is working on an invocation holds one from {@link
 * #beginExternal()}, because its own timers cannot be skipped. See {@link TimerKind} for the rules
 * and ADR 0005 for the reasons.
 *
 * <p>Thread-safe.
 */
public final class SimClock implements AutoCloseable {
  /** How long everything must have been quiet before a skipping clock jumps to a limit. */
  public static final Duration DEFAULT_SETTLE = Duration.ofMillis(100);

  private static final ThreadLocal<Running> RUNNING = new ThreadLocal<>();

  private static final Comparator<Entry> BY_DUE =
      Comparator.comparingLong((Entry e) -> e.due).thenComparingLong(e -> e.sequence);
  private static final Comparator<Entry> BY_LIMIT_DUE =
      Comparator.comparingLong((Entry e) -> e.limitDue).thenComparingLong(e -> e.sequence);

  private final ClockMode mode;
  private final double factor;
  private final boolean skipping;
  private final boolean manual;
  private final long settleNanos;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final TreeSet<Entry> work = new TreeSet<>(BY_DUE);
  private final TreeSet<Entry> background = new TreeSet<>(BY_DUE);
  // Limits live on an axis of their own, which does not move with jumps made while a real process
  // is at work; their planned virtual instants are kept beside it as barriers.
  private final TreeSet<Entry> limits = new TreeSet<>(BY_LIMIT_DUE);
  private final TreeSet<Entry> barriers = new TreeSet<>(BY_DUE);

  private final Instant origin;
  private final long realOrigin;
  private long realBase;
  private long virtualBase;
  private long limitBase;
  private long skipped;
  private long sequence;
  private int busy;
  private int external;
  private long lastActivity;
  private boolean closed;
  private final @Nullable Thread thread;

  /** A clock that starts at the present real time. */
  public SimClock(ClockMode mode) {
    this(mode, Instant.now(), DEFAULT_SETTLE);
  }

  /**
   * A clock that starts at {@code start}.
   *
   * @param settle see {@link #DEFAULT_SETTLE}; only a skipping clock uses it
   */
  public SimClock(ClockMode mode, Instant start, Duration settle) {
    this.mode = mode;
    this.origin = start;
    this.settleNanos = settle.toNanos();
    this.factor = mode instanceof ClockMode.Scaled scaled ? scaled.factor() : 1;
    this.skipping = mode instanceof ClockMode.Skipping;
    this.manual = mode instanceof ClockMode.Manual;
    this.realOrigin = System.nanoTime();
    this.realBase = realOrigin;
    this.lastActivity = realOrigin;
    this.thread =
        manual ? null : Thread.ofPlatform().daemon().name("sim-clock").unstarted(this::run);
    if (thread != null) {
      thread.start();
    }
  }

  /** The mode it was made with. */
  public ClockMode mode() {
    return mode;
  }

  /** The present virtual time. */
  public Instant now() {
    lock.lock();
    try {
      return origin.plusNanos(virtualNow(System.nanoTime()));
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
      long now = virtualNow(System.nanoTime());
      long nanos = toNanos(delay);
      var entry =
          new Entry(
              kind, saturatedAdd(now, nanos), sequence++, saturatedAdd(limitNow(), nanos), task);
      setOf(kind).add(entry);
      if (kind == TimerKind.LIMIT) {
        barriers.add(entry);
      }
      changed.signalAll();
      return entry;
    } finally {
      lock.unlock();
    }
  }

  /** Marks in-process work as running until the activity is closed. */
  public Activity begin() {
    lock.lock();
    try {
      busy++;
      lastActivity = System.nanoTime();
    } finally {
      lock.unlock();
    }
    return new Token(false);
  }

  /**
   * Runs {@code work} on the calling thread as an activity. Inside it {@link #await} gives the
   * activity up for as long as it blocks.
   */
  public <T> T call(Callable<T> work) throws Exception {
    var outer = RUNNING.get();
    var running = new Running(begin());
    RUNNING.set(running);
    try {
      return work.call();
    } finally {
      running.activity.close();
      if (outer == null) {
        RUNNING.remove();
      } else {
        RUNNING.set(outer);
      }
    }
  }

  /** As {@link #call}, for work without a result. */
  public void run(Runnable work) {
    try {
      call(
          () -> {
            work.run();
            return Boolean.TRUE;
          });
    } catch (RuntimeException unchecked) {
      throw unchecked;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Blocks until {@code future} completes, without counting as running meanwhile. The activity is
   * taken up again by the completing thread, so no jump can slip in between. Called outside {@link
   * #call} it is a plain join.
   *
   * @throws java.util.concurrent.CompletionException as {@link CompletableFuture#join} does
   */
  public <T extends @Nullable Object> T await(CompletableFuture<T> future) {
    Running running = RUNNING.get();
    if (running == null) {
      return future.join();
    }
    Activity before = running.activity;
    CompletableFuture<T> resumed =
        future.whenComplete((result, failure) -> running.activity = begin());
    before.close();
    return resumed.join();
  }

  /** Marks a real process as working on something until the activity is closed. */
  public Activity beginExternal() {
    lock.lock();
    try {
      rebase();
      external++;
      lastActivity = System.nanoTime();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return new Token(true);
  }

  /**
   * Moves a manual clock forward and fires every timer that becomes due, in order, each at its own
   * instant. Timers scheduled meanwhile fire too when due within the span.
   *
   * @throws IllegalStateException when the clock is not manual
   */
  public void advance(Duration span) {
    if (!manual) {
      throw new IllegalStateException("only a manual clock can be advanced; this one is " + mode);
    }
    lock.lock();
    try {
      long target = saturatedAdd(virtualBase, toNanos(span));
      while (true) {
        Entry next = earliest();
        if (next == null || next.due > target) {
          break;
        }
        moveTo(next.due);
        fire(next);
      }
      moveTo(target);
    } finally {
      lock.unlock();
    }
  }

  /** How much virtual time has been skipped so far. */
  public Duration skipped() {
    lock.lock();
    try {
      return Duration.ofNanos(skipped);
    } finally {
      lock.unlock();
    }
  }

  /** The number of timers waiting. */
  public int pendingTimers() {
    lock.lock();
    try {
      return work.size() + background.size() + limits.size();
    } finally {
      lock.unlock();
    }
  }

  /** This clock as a {@link Clock}, for code that takes time by injection. */
  public Clock asJavaClock() {
    return new JavaClock(ZoneOffset.UTC);
  }

  /** Stops the clock; timers that have not fired never will. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      work.clear();
      background.clear();
      limits.clear();
      barriers.clear();
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
        Entry due = dueNow(real);
        if (due != null) {
          fire(due);
          continue;
        }
        long waitNanos = realWaitForNext(real);
        if (skipping && busy == 0) {
          long settleLeft = tryJump(real);
          if (settleLeft == 0) {
            continue;
          }
          waitNanos = Math.min(waitNanos, settleLeft);
        }
        if (waitNanos == Long.MAX_VALUE) {
          changed.await();
        } else {
          changed.awaitNanos(Math.max(1, waitNanos));
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Jumps if allowed. Returns 0 after a jump, else the nanoseconds after which to ask again. */
  private long tryJump(long real) {
    Entry target = first(work);
    boolean settled = real - lastActivity >= settleNanos;
    Entry limit = first(limits);
    if (limit != null && external == 0) {
      long limitAsVirtual = saturatedAdd(limit.limitDue, virtualNow(real) - limitNow());
      if (target == null || limitAsVirtual < target.due) {
        if (!settled) {
          return settleNanos - (real - lastActivity);
        }
        jumpTo(real, limitAsVirtual);
        return 0;
      }
    }
    if (target == null) {
      return Long.MAX_VALUE;
    }
    if (external > 0) {
      Entry barrier = first(barriers);
      if (barrier != null && barrier.due < target.due) {
        return Long.MAX_VALUE;
      }
    }
    jumpTo(real, target.due);
    return 0;
  }

  private void jumpTo(long real, long target) {
    Entry housekeeping = first(background);
    long to = housekeeping != null && housekeeping.due < target ? housekeeping.due : target;
    long now = virtualNow(real);
    if (to <= now) {
      return;
    }
    long limitAtJump = limitNow();
    skipped += to - now;
    realBase = real;
    virtualBase = to;
    limitBase = external > 0 ? limitAtJump : limitAtJump + (to - now);
  }

  private void moveTo(long target) {
    if (target > virtualBase) {
      limitBase += target - virtualBase;
      virtualBase = target;
    }
  }

  private @Nullable Entry dueNow(long real) {
    long now = virtualNow(real);
    Entry next = null;
    for (TreeSet<Entry> timers : List.of(work, background)) {
      Entry candidate = first(timers);
      if (candidate != null
          && candidate.due <= now
          && (next == null || BY_DUE.compare(candidate, next) < 0)) {
        next = candidate;
      }
    }
    Entry limit = first(limits);
    if (limit != null && limit.limitDue <= limitNow() && (next == null || limit.due < next.due)) {
      next = limit;
    }
    return next;
  }

  private long realWaitForNext(long real) {
    long wait = Long.MAX_VALUE;
    long now = virtualNow(real);
    for (TreeSet<Entry> timers : List.of(work, background)) {
      Entry candidate = first(timers);
      if (candidate != null) {
        wait = Math.min(wait, (long) Math.ceil((candidate.due - now) / factor));
      }
    }
    Entry limit = first(limits);
    if (limit != null) {
      double rate = external > 0 ? 1 : factor;
      wait = Math.min(wait, (long) Math.ceil((limit.limitDue - limitNow()) / rate));
    }
    return wait;
  }

  private @Nullable Entry earliest() {
    Entry next = null;
    for (TreeSet<Entry> timers : List.of(work, background, barriers)) {
      Entry candidate = first(timers);
      if (candidate != null && (next == null || BY_DUE.compare(candidate, next) < 0)) {
        next = candidate;
      }
    }
    return next;
  }

  /** Runs the task without the lock, as an activity, so that nothing is skipped under it. */
  private void fire(Entry entry) {
    remove(entry);
    entry.done = true;
    busy++;
    lock.unlock();
    try {
      entry.task.run();
    } catch (RuntimeException failure) {
      Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
      if (handler != null) {
        handler.uncaughtException(Thread.currentThread(), failure);
      } else {
        System.err.println("A timer task failed: " + failure);
        failure.printStackTrace();
      }
    } finally {
      lock.lock();
      busy--;
      lastActivity = System.nanoTime();
    }
  }

  private void remove(Entry entry) {
    setOf(entry.kind).remove(entry);
    if (entry.kind == TimerKind.LIMIT) {
      barriers.remove(entry);
    }
  }

  private TreeSet<Entry> setOf(TimerKind kind) {
    return switch (kind) {
      case WORK -> work;
      case BACKGROUND -> background;
      case LIMIT -> limits;
    };
  }

  private long virtualNow(long real) {
    if (manual) {
      return virtualBase;
    }
    return virtualBase + (long) ((real - realBase) * factor);
  }

  private long limitNow() {
    if (manual) {
      return limitBase;
    }
    double rate = external > 0 ? 1 : factor;
    return limitBase + (long) ((System.nanoTime() - realBase) * rate);
  }

  /** Fixes both axes at the present, before the rate of the limits' axis changes. */
  private void rebase() {
    if (manual) {
      return;
    }
    long limitAtPresent = limitNow();
    long real = System.nanoTime();
    virtualBase = virtualNow(real);
    limitBase = limitAtPresent;
    realBase = real;
  }

  private static @Nullable Entry first(TreeSet<Entry> timers) {
    return timers.isEmpty() ? null : timers.first();
  }

  private static long toNanos(Duration delay) {
    try {
      return Math.max(0, delay.toNanos());
    } catch (ArithmeticException tooLong) {
      return delay.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  private static long saturatedAdd(long a, long b) {
    long sum = a + b;
    return sum < a && b >= 0 ? Long.MAX_VALUE : sum;
  }

  /** The activity that the calling thread counts as; replaced each time it wakes from a wait. */
  private static final class Running {
    volatile Activity activity;

    Running(Activity activity) {
      this.activity = activity;
    }
  }

  private final class Entry implements Timer {
    final TimerKind kind;
    final long due;
    final long sequence;
    final long limitDue;
    final Runnable task;
    boolean done;

    Entry(TimerKind kind, long due, long sequence, long limitDue, Runnable task) {
      this.kind = kind;
      this.due = due;
      this.sequence = sequence;
      this.limitDue = limitDue;
      this.task = task;
    }

    @Override
    public boolean cancel() {
      lock.lock();
      try {
        if (done) {
          return false;
        }
        done = true;
        remove(this);
        changed.signalAll();
        return true;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public Instant due() {
      return origin.plusNanos(due);
    }
  }

  private final class Token implements Activity {
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final boolean ofProcess;

    Token(boolean ofProcess) {
      this.ofProcess = ofProcess;
    }

    @Override
    public void close() {
      if (!open.compareAndSet(true, false)) {
        return;
      }
      lock.lock();
      try {
        if (ofProcess) {
          rebase();
          external--;
        } else {
          busy--;
        }
        lastActivity = System.nanoTime();
        if (skipping && busy == 0) {
          changed.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private final class JavaClock extends Clock {
    private final ZoneId zone;

    JavaClock(ZoneId zone) {
      this.zone = zone;
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return new JavaClock(other);
    }

    @Override
    public Instant instant() {
      return now();
    }
  }
}
