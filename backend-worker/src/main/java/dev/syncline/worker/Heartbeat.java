// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker;

import dev.syncline.work.Sleeper;
import java.time.Duration;

/**
 * Tells somebody again and again that a job is still worked on, on a thread of its own, until it is
 * closed. Closing does not wait. Thread-safe.
 */
public final class Heartbeat implements AutoCloseable {

  /** One beat. */
  @FunctionalInterface
  public interface Beat {
    /** Tells it; false ends the beating. What it throws is its own affair: the beating goes on. */
    boolean beat();
  }

  private final Thread thread;

  private Heartbeat(Thread thread) {
    this.thread = thread;
  }

  /** Beats for the first time after {@code every} has passed, and then as often. */
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
                    // Closed: nothing is left to do.
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
