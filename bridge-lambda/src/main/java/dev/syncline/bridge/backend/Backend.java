// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.bridge.correlate.CorrelationId;

/**
 * The port to the asynchronous side. To add a backend, implement this and {@link BackendFactory}.
 *
 * <p>Implementations are thread-safe and may block on I/O. They do not retry or sleep: the bridge
 * does, by its own clock. They return failures as results where a result exists for them.
 */
public interface Backend extends AutoCloseable {

  /**
   * Starts the work. The work publishes one answer to {@link WorkRequest#replyTo()}, or completes a
   * {@link StartResult.Promised}; either may happen before this method returns.
   *
   * <p>Runs on its own thread. A request waits for it until its deadline at most. A result that is
   * returned later is still applied. The method should return within a few seconds, even if the
   * peer hangs.
   */
  StartResult start(WorkRequest request);

  /**
   * Whether {@link #start} may be repeated after {@link StartResult.Unconfirmed} without running
   * the work twice, because the peer deduplicates by id. If not, which is the default, such work is
   * assumed to run, and is not started again for {@code START_DOUBT_MS}.
   */
  default boolean repeatable(WorkRequest request) {
    return false;
  }

  /**
   * Returns the state of the work. Runs on its own thread. It should return within about 1.5
   * seconds, even if the peer hangs. A request waits for it until its deadline at most.
   */
  FindResult find(CorrelationId id);

  /** Closes connections. */
  @Override
  default void close() {}
}
