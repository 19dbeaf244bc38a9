// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.util.concurrent.atomic.AtomicBoolean;

/** Work in progress. While an activity is open, a skipping clock does not jump. Thread-safe. */
public interface ClockActivity extends AutoCloseable {
  /** Ends the activity. A second call does nothing. */
  @Override
  void close();

  /** An activity that calls {@code end} when it is closed for the first time. */
  static ClockActivity once(Runnable end) {
    var open = new AtomicBoolean(true);
    return () -> {
      if (open.compareAndSet(true, false)) {
        end.run();
      }
    };
  }
}
