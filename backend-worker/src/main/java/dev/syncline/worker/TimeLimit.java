// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import dev.syncline.work.Sleeper;
import java.time.Duration;

/**
 * Runs an action, on its own thread, unless it is closed within a time limit. Closing does not
 * wait. Thread-safe.
 */
public final class TimeLimit implements AutoCloseable {
  private final Thread thread;

  private TimeLimit(Thread thread) {
    this.thread = thread;
  }

  /** Starts the time limit. */
  public static TimeLimit start(String name, Duration time, Sleeper sleeper, Runnable action) {
    return new TimeLimit(
        Thread.ofVirtual()
            .name(name)
            .start(
                () -> {
                  try {
                    sleeper.sleep(time);
                    action.run();
                  } catch (InterruptedException e) {
                    // Closed in time.
                  }
                }));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
