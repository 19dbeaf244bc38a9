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
   * {@link StartResult.Promised}; either may happen before this returns. Where the backend knows
   * work by name, starting it twice gives one piece of work.
   */
  StartResult start(WorkRequest request);

  /** How the work goes. Must return within about a second and a half, whatever it takes. */
  FindResult find(CorrelationId id);

  /** Gives up connections. */
  @Override
  default void close() {}
}
