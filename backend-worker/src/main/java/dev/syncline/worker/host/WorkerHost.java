// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.host;

import java.time.Duration;

/** Receives and runs jobs until it is stopped. Implementations are thread-safe. */
public interface WorkerHost extends AutoCloseable {

  /** Starts to receive jobs, and returns. */
  void start();

  /**
   * Stops receiving jobs, and returns when the running ones are done. Jobs that are not done in
   * time are interrupted and put back, so that another worker does them.
   */
  void drain(Duration time) throws InterruptedException;

  /** Closes connections, after {@link #drain}. */
  @Override
  void close();
}
