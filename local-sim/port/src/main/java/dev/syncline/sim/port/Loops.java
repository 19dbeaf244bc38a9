// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Passes work to an event loop that may have ended because the port is being closed. */
final class Loops {
  private Loops() {}

  /** Runs the task on the loop; false when the loop has ended, and every connection with it. */
  public static boolean execute(EventExecutor loop, Runnable task) {
    try {
      loop.execute(task);
      return true;
    } catch (RejectedExecutionException ended) {
      return false;
    }
  }

  /** Runs the task after a delay in real time, or not at all when the loop has ended. */
  static void after(EventExecutor loop, Duration delay, Runnable task) {
    try {
      loop.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException ended) {
      // Its connections are closed already.
    }
  }
}
