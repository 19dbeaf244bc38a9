// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda;

import dev.syncline.sim.kernel.ClockActivity;
import dev.syncline.sim.kernel.SimClock;
import java.time.Duration;

/**
 * The host's view of time: real time for real processes, virtual time for functions in this
 * process. Thread-safe.
 */
record HostTime(SimClock clock, EnvironmentFactory environments) {
  private static final ClockActivity NONE = () -> {};

  /** For measuring durations of a function's environment. */
  long nanos(FunctionSpec spec) {
    if (isExternal(spec)) {
      return clock.realNanos();
    }
    var now = clock.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  Duration since(FunctionSpec spec, long nanos) {
    return Duration.ofNanos(nanos(spec) - nanos);
  }

  /** Opens an activity for a busy environment of a function if it is a real process. */
  ClockActivity environmentAtWork(FunctionSpec spec) {
    return isExternal(spec) ? clock.beginExternal() : NONE;
  }

  private boolean isExternal(FunctionSpec spec) {
    return environments.external(spec.runtime());
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
