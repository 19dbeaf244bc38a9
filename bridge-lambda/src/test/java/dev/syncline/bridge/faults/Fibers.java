// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.faults;

import dev.syncline.bridge.VirtualScheduler;
import dev.syncline.bridge.correlate.TimedJoin;
import java.time.Instant;
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
 * Simulated threads and time. One thread runs at a time, until it waits or ends. When no thread can
 * run, time moves to the next timer. So a run is deterministic, independent of the machine's load.
 *
 * <p>Only the running simulated thread may call this; one thread calls {@link #run}.
 */
final class Fibers extends VirtualScheduler implements TimedJoin.Blocking {

  /** Unwinds a thread of a killed process. */
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
                      // Expected: the thread was killed.
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

    /** Ends the thread at its current or next wait. */
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

  long millis() {
    return now;
  }

  /**
   * Runs until no thread and no timer is left.
   *
   * @throws IllegalStateException if all threads wait and no timer is left
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

  /** Runs a task later, between the steps of threads. */
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

  /** Runs a task on its own simulated thread, which may wait. */
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
