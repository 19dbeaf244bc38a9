// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

/** Distinguishes connections of functions from those of other programs. Thread-safe. */
@FunctionalInterface
public interface FunctionPeers {
  /** No client is a function. */
  FunctionPeers NONE = (clientPort, serverPort) -> false;

  /** Whether a function holds the client's end of a connection within this machine. */
  boolean isFunction(int clientPort, int serverPort);
}
