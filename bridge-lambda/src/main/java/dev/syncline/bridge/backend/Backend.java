// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.backend;

import dev.syncline.bridge.correlate.CorrelationId;

/**
 * The asynchronous side as the bridge sees it. To add one: implement this and {@link
 * BackendFactory}.
 *
 * <p>Implementations are thread-safe, may block on I/O, do not retry and do not sleep: the bridge
 * does, by its own clock. They throw nothing that they can express as a result.
 */
public interface Backend extends AutoCloseable {

  /**
   * Starts the work, which will publish one answer to {@link WorkRequest#replyTo()}, or give it as
   * {@link StartResult.Promised}; either may happen before this returns.
   *
   * <p>Runs on a thread of its own. A request waits for it no longer than until its deadline, and
   * what it returns later still counts; yet it should return within a few seconds, whatever its
   * peer does.
   */
  StartResult start(WorkRequest request);

  /**
   * Whether {@link #start} may be called again for work whose start was {@link
   * StartResult.Unconfirmed}, without the risk that it runs twice: the peer knows it by its id. If
   * not, which is the default, such work is taken to run, and is not started again for as long as
   * {@code START_DOUBT_MS} says.
   */
  default boolean repeatable(WorkRequest request) {
    return false;
  }

  /**
   * How the work goes. Runs on a thread of its own; should return within about a second and a half,
   * whatever its peer does, and is not waited for beyond a request's deadline.
   */
  FindResult find(CorrelationId id);

  /** Gives up connections. */
  @Override
  default void close() {}
}
