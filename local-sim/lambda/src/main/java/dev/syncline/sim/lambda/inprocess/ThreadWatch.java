// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.SimClock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds a clock activity while a function's thread computes, and releases it while the thread
 * waits.
 *
 * <p>A function in this process blocks in any way: on a future, a socket, a queue. While it
 * computes, the clock must not jump; while it waits, time must pass, or it would wait for ever. The
 * state of its thread is polled every few milliseconds of real time: much more often than the
 * clock's settle time, so a limit is never due while a function computes.
 *
 * <p>Thread-safe.
 */
final class ThreadWatch implements AutoCloseable {
  private static final long LOOK_EVERY_MILLIS = 5;

  /** The time that an interrupted thread gets to end, in real time. */
  private static final long SETTLED_MILLIS = 500;

  private final SimClock clock;
  private final Set<Watched> all = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor looks;
  private boolean looking;

  ThreadWatch(SimClock clock) {
    this.clock = clock;
    this.looks =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("function-thread-watch").factory());
  }

  /** Watches the calling thread until the result is closed. */
  ClockActivity watch() {
    var watched = new Watched(Thread.currentThread(), clock.begin());
    all.add(watched);
    lookAgain();
    return () -> {
      all.remove(watched);
      watched.release();
    };
  }

  /** Calls {@code check} once threads that have been interrupted had the time to end. */
  void whenSettled(Runnable check) {
    try {
      looks.schedule(check, SETTLED_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // The simulator ends, and nothing is started any more.
    }
  }

  @Override
  public void close() {
    looks.shutdownNow();
    all.forEach(Watched::release);
  }

  private synchronized void lookAgain() {
    if (!looking && !all.isEmpty() && !looks.isShutdown()) {
      looking = true;
      looks.schedule(this::look, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    try {
      for (Watched watched : all) {
        watched.look();
      }
    } finally {
      synchronized (this) {
        looking = false;
      }
      lookAgain();
    }
  }

  private final class Watched {
    private final Thread thread;
    private @Nullable ClockActivity held;
    private boolean waitedBefore;
    private boolean released;

    Watched(Thread thread, ClockActivity held) {
      this.thread = thread;
      this.held = held;
    }

    synchronized void look() {
      if (released) {
        return;
      }
      boolean waits =
          switch (thread.getState()) {
            case WAITING, TIMED_WAITING, BLOCKED, TERMINATED -> true;
            case NEW, RUNNABLE -> false;
          };
      ClockActivity activity = held;
      if (!waits && activity == null) {
        held = clock.begin();
      } else if (waits && waitedBefore && activity != null) {
        held = null;
        activity.close();
      }
      waitedBefore = waits;
    }

    synchronized void release() {
      released = true;
      ClockActivity activity = held;
      held = null;
      if (activity != null) {
        activity.close();
      }
    }
  }
}
