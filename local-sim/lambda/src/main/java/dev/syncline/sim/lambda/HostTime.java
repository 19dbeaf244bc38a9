// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.SimClock;
import java.time.Duration;

/**
 * The host's view of time: real time for real processes, virtual time for functions in this
 * process. Thread-safe.
 */
record HostTime(SimClock clock, boolean external) {
  private static final ClockActivity NONE = () -> {};

  /** For measuring durations. */
  long nanos() {
    if (external) {
      return clock.realNanos();
    }
    var now = clock.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  Duration since(long nanos) {
    return Duration.ofNanos(nanos() - nanos);
  }

  /** Opens an activity for a busy environment if it is a real process. */
  ClockActivity environmentAtWork() {
    return external ? clock.beginExternal() : NONE;
  }

  /**
   * Runs work off the clock's thread, as an activity, so that the clock does not jump meanwhile.
   */
  void inBackground(Runnable work) {
    ClockActivity activity = clock.begin();
    Thread.ofVirtual()
        .name("function-host")
        .start(
            () -> {
              try {
                work.run();
              } finally {
                activity.close();
              }
            });
  }
}
