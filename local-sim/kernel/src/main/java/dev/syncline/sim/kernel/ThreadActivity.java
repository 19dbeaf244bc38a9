// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The activity that a thread holds while it runs work; replaced after each wait. */
final class ThreadActivity {
  private static final ThreadLocal<ThreadActivity> RUNNING = new ThreadLocal<>();

  private volatile ClockActivity activity;

  private ThreadActivity(ClockActivity activity) {
    this.activity = activity;
  }

  /** See {@link SimClock#call}. */
  static <T> T call(SimClock clock, Callable<T> work) throws Exception {
    var outer = RUNNING.get();
    var running = new ThreadActivity(clock.begin());
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

  /** See {@link SimClock#run(Runnable)}. */
  static void run(SimClock clock, Runnable work) {
    try {
      call(
          clock,
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

  /** See {@link SimClock#await}. */
  static <T extends @Nullable Object> T await(SimClock clock, CompletableFuture<T> future) {
    ThreadActivity running = RUNNING.get();
    if (running == null) {
      return future.join();
    }
    ClockActivity before = running.activity;
    CompletableFuture<T> resumed =
        future.whenComplete((result, failure) -> running.activity = clock.begin());
    before.close();
    return resumed.join();
  }
}
