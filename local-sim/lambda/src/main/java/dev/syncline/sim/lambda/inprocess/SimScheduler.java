// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.kernel.Timer;
import dev.syncline.sim.kernel.TimerKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ScheduledExecutorService} on virtual time, for code that takes one by injection. Delays
 * are {@link TimerKind#LIMIT} timers; each task runs on a thread of the function.
 *
 * <p>Thread-safe.
 */
final class SimScheduler extends AbstractExecutorService implements ScheduledExecutorService {
  private final SimClock clock;
  private final Consumer<Runnable> threads;
  private volatile boolean shutdown;

  /**
   * A scheduler on {@code clock}; it holds no resource that must be freed.
   *
   * @param threads runs a task on a thread that the clock tracks and returns at once; the clock
   *     cannot jump in between; may refuse a task after a shutdown
   */
  SimScheduler(SimClock clock, Consumer<Runnable> threads) {
    this.clock = clock;
    this.threads = threads;
  }

  @Override
  public void execute(Runnable command) {
    requireRunning();
    run(command);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return start(new Task<>(command, Repeat.NEVER, 0), delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return start(new Task<>(callable), delay, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return start(
        new Task<>(command, Repeat.FIXED_RATE, unit.toNanos(requirePositive(period))),
        initialDelay,
        unit);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    return start(
        new Task<>(command, Repeat.FIXED_DELAY, unit.toNanos(requirePositive(delay))),
        initialDelay,
        unit);
  }

  /** Refuses new tasks; scheduled ones are dropped when they are due. */
  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown = true;
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return shutdown;
  }

  private <V> Task<V> start(Task<V> task, long delay, TimeUnit unit) {
    requireRunning();
    task.startIn(unit.toNanos(delay));
    return task;
  }

  /** The clock's thread must not block. */
  private void run(Runnable command) {
    try {
      threads.accept(command);
    } catch (RejectedExecutionException ended) {
      if (!shutdown) {
        throw ended;
      }
    }
  }

  private void requireRunning() {
    if (shutdown) {
      throw new RejectedExecutionException("the scheduler has been shut down");
    }
  }

  private static long requirePositive(long period) {
    if (period <= 0) {
      throw new IllegalArgumentException("a period must be greater than 0, got " + period);
    }
    return period;
  }

  private enum Repeat {
    NEVER,
    FIXED_RATE,
    FIXED_DELAY
  }

  private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
    private final Repeat repeat;
    private final long periodNanos;
    private volatile @Nullable Timer timer;

    @SuppressWarnings("NullAway") // a Runnable has no result
    Task(Runnable command, Repeat repeat, long periodNanos) {
      super(command, null);
      this.repeat = repeat;
      this.periodNanos = periodNanos;
    }

    Task(Callable<V> callable) {
      super(callable);
      this.repeat = Repeat.NEVER;
      this.periodNanos = 0;
    }

    void startIn(long nanos) {
      timer = clock.schedule(TimerKind.LIMIT, Duration.ofNanos(nanos), this::due);
    }

    private void due() {
      if (shutdown || isCancelled()) {
        return;
      }
      switch (repeat) {
        case NEVER -> SimScheduler.this.run(this);
        case FIXED_RATE -> {
          startIn(periodNanos);
          SimScheduler.this.run(this::runAndReset);
        }
        case FIXED_DELAY ->
            SimScheduler.this.run(
                () -> {
                  if (runAndReset()) {
                    startIn(periodNanos);
                  }
                });
      }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      Timer waiting = timer;
      if (waiting != null) {
        waiting.cancel();
      }
      return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      Timer waiting = timer;
      return waiting == null ? 0 : unit.convert(Duration.between(clock.now(), waiting.due()));
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
