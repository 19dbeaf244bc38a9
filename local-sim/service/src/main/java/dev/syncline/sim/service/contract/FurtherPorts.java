// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

/**
 * Opens further TCP ports that answer as the one port does. Where the simulator has TLS, they take
 * plain connections and TLS, told apart by the first byte. The simulator provides it; {@code
 * appsync} opens one for each GraphQL API, because clients derive the realtime URL from the URL of
 * the API and keep its host and port only. Thread-safe.
 */
public interface FurtherPorts {
  /**
   * Listens on another port, on the address of the one port.
   *
   * @param wanted 1 to 65535; another free port is taken when it is in use
   * @return the port
   * @throws IllegalStateException before the one port is open, or when no port can be opened
   */
  int open(int wanted);

  /** Stops listening; open connections continue. Ignores a port that is not open. */
  void close(int port);
}
