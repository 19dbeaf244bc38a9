// SPDX-License-Identifier: Apache-2.0
package dev.syncline.worker.host;

import java.time.Duration;

/** Something that takes jobs until it is told to stop. Implementations are thread-safe. */
public interface WorkerHost extends AutoCloseable {

  /** Begins to take jobs, and returns. */
  void start();

  /**
   * Takes no more jobs, and returns when those it has are done. Jobs that are not done in time are
   * interrupted and given back, so that somebody else does them.
   */
  void drain(Duration time) throws InterruptedException;

  /** Gives up connections; after {@link #drain}. */
  @Override
  void close();
}
