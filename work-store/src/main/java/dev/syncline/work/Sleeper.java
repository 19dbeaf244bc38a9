// SPDX-License-Identifier: Apache-2.0
package dev.syncline.work;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The port through which programs wait. Injected, so that tests and virtual time need no real wait.
 * Implementations are thread-safe.
 */
@FunctionalInterface
public interface Sleeper {

  /**
   * Returns when the given time has passed; at once if it is not positive.
   *
   * @throws InterruptedException if the calling thread is interrupted first
   */
  void sleep(Duration duration) throws InterruptedException;

  /** Sleeps in real time. */
  static Sleeper real() {
    return duration -> {
      if (duration.isPositive()) {
        Thread.sleep(duration);
      }
    };
  }

  /**
   * Sleeps in the given scheduler's time, which may be virtual: the calling thread waits for a
   * timer of that scheduler.
   */
  static Sleeper on(ScheduledExecutorService scheduler) {
    return duration -> {
      if (!duration.isPositive()) {
        return;
      }
      ScheduledFuture<?> timer =
          scheduler.schedule(() -> {}, duration.toNanos(), TimeUnit.NANOSECONDS);
      try {
        timer.get();
      } catch (InterruptedException e) {
        timer.cancel(false);
        throw e;
      } catch (ExecutionException e) {
        throw new IllegalStateException("The scheduler's timer failed", e.getCause());
      }
    };
  }
}
