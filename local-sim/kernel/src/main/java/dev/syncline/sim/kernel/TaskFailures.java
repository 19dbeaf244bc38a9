// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Reports exceptions and errors of timers' tasks. Thread-safe; a report never throws. */
final class TaskFailures {
  private final List<Consumer<Throwable>> listeners = new CopyOnWriteArrayList<>();

  void listen(Consumer<Throwable> listener) {
    listeners.add(listener);
  }

  /**
   * Reports to each listener, then to the default handler of uncaught exceptions, or to standard
   * error if there is no handler.
   */
  void report(Throwable failure) {
    for (Consumer<Throwable> listener : listeners) {
      try {
        listener.accept(failure);
      } catch (Throwable ignored) {
        // The other listeners are still called, and the clock continues.
      }
    }
    try {
      Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
      if (handler != null) {
        handler.uncaughtException(Thread.currentThread(), failure);
      } else {
        System.err.println("A timer task failed: " + failure);
        failure.printStackTrace();
      }
    } catch (Throwable ignored) {
      // As above.
    }
  }
}
