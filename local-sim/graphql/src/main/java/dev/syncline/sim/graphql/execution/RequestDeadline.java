// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import java.util.concurrent.CompletableFuture;

/** Ends requests that take too long. Thread-safe. */
@FunctionalInterface
public interface RequestDeadline {
  /** Requests may take any time. */
  RequestDeadline NONE = whenPassed -> () -> {};

  /**
   * Starts the time of one request.
   *
   * @param whenPassed called at most once, on any thread; returns at once
   * @return cancels the deadline
   */
  Runnable start(Runnable whenPassed);

  /** Waits on the thread of a request until a resolver ends or the deadline passes. */
  default void await(CompletableFuture<Boolean> signal) {
    signal.join();
  }
}
