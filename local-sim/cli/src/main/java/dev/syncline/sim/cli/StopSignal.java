// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The request to end: Ctrl-C, a termination signal, or a request to shut down. A second Ctrl-C ends
 * the process at once. Thread-safe.
 */
final class StopSignal {
  /** The interval of polls, in real time, of states without a callback. */
  static final Duration POLL = Duration.ofMillis(20);

  private static final int FORCED = 130;

  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * Begins to listen to the signals of this process. A detached process ignores those that come
   * from a terminal.
   */
  void listen() {
    boolean detached = Boolean.getBoolean(DetachedStart.PROPERTY);
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      try {
        Signal.handle(
            new Signal(name),
            detached && !name.equals("TERM") ? SignalHandler.SIG_IGN : signal -> onSignal());
      } catch (IllegalArgumentException notOnThisSystem) {
        // Windows knows no HUP.
      }
    }
  }

  private void onSignal() {
    if (stopped.getCount() == 0) {
      Runtime.getRuntime().halt(FORCED);
    }
    stop();
  }

  /** Requests the end. */
  void stop() {
    stopped.countDown();
  }

  /** Waits for the request to end. */
  void await() {
    try {
      stopped.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits at most this long in real time. Returns whether the end was requested. */
  boolean await(Duration longest) {
    try {
      return stopped.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
