// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.faults;

import dev.syncline.bridge.VirtualScheduler;
import dev.syncline.bridge.correlate.TimedJoin;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Threads and time of a simulation: one thread runs at any moment, until it waits or ends; when
 * none can run, time moves to the next timer. So the same program takes the same course each time,
 * however busy the machine is.
 *
 * <p>Only the thread that runs may call this; {@link #run} is called by one thread.
 */
final class Fibers extends VirtualScheduler implements TimedJoin.Blocking {

  /** Unwinds the thread of a process that was killed. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  private final PriorityQueue<Task> timers =
      new PriorityQueue<>(Comparator.<Task>comparingLong(t -> t.at).thenComparingLong(t -> t.no));
  private final Queue<Runnable> ready = new ArrayDeque<>();
  private final Semaphore back = new Semaphore(0);
  private volatile long now = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private volatile @Nullable Fiber running;
  private volatile @Nullable Throwable failure;
  private long count;

  /** A simulated thread. */
  final class Fiber {
    private final Semaphore turn = new Semaphore(0);
    private final Thread thread;
    private boolean killed;
    private volatile boolean over;

    private Fiber(Runnable task) {
      thread =
          Thread.ofVirtual()
              .unstarted(
                  () -> {
                    turn.acquireUninterruptibly();
                    try {
                      if (!killed) {
                        task.run();
                      }
                    } catch (Killed end) {
                      // As it was meant.
                    } catch (Throwable broken) {
                      failure = broken;
                    } finally {
                      over = true;
                      back.release();
                    }
                  });
      thread.start();
    }

    /** Whether it has ended. */
    boolean isOver() {
      return over;
    }

    /** Ends it where it waits; a thread that runs ends at its next wait. */
    void kill() {
      killed = true;
      ready.add(this::resume);
    }

    private void resume() {
      if (over) {
        return;
      }
      running = this;
      turn.release();
      back.acquireUninterruptibly();
      running = null;
    }

    private void pause() {
      if (killed) {
        throw new Killed();
      }
      back.release();
      turn.acquireUninterruptibly();
      if (killed) {
        throw new Killed();
      }
    }
  }

  /** Simulated time. */
  Clock clock() {
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
        return Instant.ofEpochMilli(now);
      }

      @Override
      public long millis() {
        return now;
      }
    };
  }

  long millis() {
    return now;
  }

  /**
   * Runs everything until there is nothing more to wait for.
   *
   * @throws IllegalStateException if everything waits and nothing will happen any more
   */
  void run(BooleanSupplier finished) {
    while (!finished.getAsBoolean()) {
      Throwable broken = failure;
      if (broken != null) {
        throw new IllegalStateException("a thread broke", broken);
      }
      Runnable step = ready.poll();
      if (step == null) {
        step = nextTimer();
      }
      step.run();
    }
  }

  private Task nextTimer() {
    for (Task next = timers.poll(); next != null; next = timers.poll()) {
      if (!next.isDone()) {
        now = Math.max(now, next.at);
        return next;
      }
    }
    throw new IllegalStateException("everything waits, and nothing will happen any more");
  }

  /** Starts a thread. */
  Fiber start(Runnable task) {
    Fiber fiber = new Fiber(task);
    ready.add(fiber::resume);
    return fiber;
  }

  /** Does something later, between the steps of threads. */
  void after(long millis, Runnable task) {
    ScheduledFuture<?> unused = schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void until(CompletableFuture<Void> gate) {
    Fiber me = running;
    if (me == null) {
      throw new IllegalStateException("only a thread of the simulation may wait");
    }
    while (!gate.isDone()) {
      CompletableFuture<Void> unused = gate.whenComplete((value, thrown) -> ready.add(me::resume));
      me.pause();
    }
  }

  /** The calling thread sleeps. */
  void sleep(long millis) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    after(millis, () -> over.complete(null));
    until(over);
  }

  /** On a thread of its own, which may wait. */
  @Override
  public void execute(Runnable task) {
    start(task);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    Task timer =
        new Task(
            () -> {
              try {
                task.run();
              } catch (RuntimeException | Error broken) {
                failure = broken;
              }
            },
            now + Math.max(0, unit.toMillis(delay)),
            count++);
    timers.add(timer);
    return timer;
  }

  @Override
  protected long nowMillis() {
    return now;
  }

  private final class Task extends VirtualTask {
    Task(Runnable task, long at, long no) {
      super(task, at, no);
    }
  }
}
