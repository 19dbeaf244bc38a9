// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;

/** Notices that no more of a body comes. Belongs to the connection's event loop. */
final class SilenceCheck {
  private final RequestBody body;
  private final Runnable silent;
  private final ScheduledFuture<?> timer;
  private int sizeAtCheck = -1;

  /**
   * Checks until {@link #stop}.
   *
   * @param silence how long nothing may come
   * @param silent runs on the loop at each check that finds the body no longer than before
   */
  SilenceCheck(EventExecutor loop, RequestBody body, Duration silence, Runnable silent) {
    this.body = body;
    this.silent = silent;
    this.timer = loop.scheduleAtFixedRate(this::check, 0, silence.toMillis(), MILLISECONDS);
  }

  private void check() {
    if (body.size() == sizeAtCheck) {
      silent.run();
    } else {
      sizeAtCheck = body.size();
    }
  }

  void stop() {
    timer.cancel(false);
  }
}
