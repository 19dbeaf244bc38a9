// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.correlate;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The only place where a request's thread waits with a time limit.
 *
 * <p>It blocks in {@link CompletableFuture#join()}, and the time-out is a task on the injected
 * scheduler. So a wait is exact under a virtual clock, and the clock's driver can recognise a
 * waiting thread.
 *
 * <p>Thread-safe.
 */
public final class TimedJoin {

  /** Blocks the calling thread until the future is complete. */
  @FunctionalInterface
  public interface Blocking {
    void until(CompletableFuture<Void> gate);
  }

  private final Clock clock;
  private final ScheduledExecutorService scheduler;
  private final Blocking blocking;

  /** Blocks as threads do. */
  public TimedJoin(Clock clock, ScheduledExecutorService scheduler) {
    this(clock, scheduler, CompletableFuture::join);
  }

  /** Blocks as the given simulation of threads does. */
  public TimedJoin(Clock clock, ScheduledExecutorService scheduler, Blocking blocking) {
    this.clock = clock;
    this.scheduler = scheduler;
    this.blocking = blocking;
  }

  /**
   * Blocks until {@code done} is complete, normally or not, or the clock reads {@code atMillis}.
   *
   * @return whether {@code done} is complete
   */
  public boolean join(CompletableFuture<?> done, long atMillis) {
    while (!done.isDone()) {
      long left = atMillis - clock.millis();
      if (left <= 0) {
        return false;
      }
      CompletableFuture<Void> gate = new CompletableFuture<>();
      done.whenComplete((value, failure) -> gate.complete(null));
      Runnable open = () -> gate.complete(null);
      ScheduledFuture<?> timer = scheduler.schedule(open, left, TimeUnit.MILLISECONDS);
      try {
        blocking.until(gate);
      } finally {
        timer.cancel(false);
      }
    }
    return true;
  }
}
