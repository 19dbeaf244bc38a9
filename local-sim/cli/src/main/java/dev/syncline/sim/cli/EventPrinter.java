// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import java.io.PrintWriter;

/** Prints events up to a number. Called by one thread at a time. */
final class EventPrinter {
  private final PrintWriter out;
  private final int enough;
  private final Runnable subscribed;
  private final StopSignal stop;
  private int printed;

  /** A printer; {@code enough} 0 means no limit. */
  EventPrinter(PrintWriter out, int enough, Runnable subscribed, StopSignal stop) {
    this.out = out;
    this.enough = enough;
    this.subscribed = subscribed;
    this.stop = stop;
  }

  void onSubscribed() {
    subscribed.run();
  }

  void onEvent(String event) {
    out.println(event);
    out.flush();
    printed++;
    if (printed == enough) {
      stop.stop();
    }
  }

  /** No more events follow. */
  void onEnd() {
    stop.stop();
  }
}
