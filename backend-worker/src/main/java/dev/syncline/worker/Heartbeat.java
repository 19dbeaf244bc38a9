// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import dev.syncline.work.Sleeper;
import java.time.Duration;

/**
 * Sends a heartbeat at intervals, on its own thread, until it is closed. Closing does not wait.
 * Thread-safe.
 */
public final class Heartbeat implements AutoCloseable {

  /** Sends one heartbeat. */
  @FunctionalInterface
  public interface Beat {
    /** Sends one heartbeat; false ends the heartbeats. Exceptions are ignored. */
    boolean beat();
  }

  private final Thread thread;

  private Heartbeat(Thread thread) {
    this.thread = thread;
  }

  /** Sends the first heartbeat after {@code every}, and repeats it at this interval. */
  public static Heartbeat start(String name, Duration every, Sleeper sleeper, Beat beat) {
    return new Heartbeat(
        Thread.ofVirtual()
            .name("heartbeat " + name)
            .start(
                () -> {
                  try {
                    do {
                      sleeper.sleep(every);
                    } while (!Thread.currentThread().isInterrupted() && beats(beat));
                  } catch (InterruptedException e) {
                    // Closed.
                  }
                }));
  }

  private static boolean beats(Beat beat) {
    try {
      return beat.beat();
    } catch (RuntimeException e) {
      return true;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
