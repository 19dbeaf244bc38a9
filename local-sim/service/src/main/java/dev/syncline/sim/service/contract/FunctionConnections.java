// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

/**
 * Finds TCP connections that belong to processes of functions. {@code lambda} provides it; the
 * port's guard uses it. Thread-safe.
 */
@FunctionalInterface
public interface FunctionConnections {
  /** Whether a function's process holds the loopback connection between these two TCP ports. */
  boolean holds(int clientPort, int serverPort);
}
