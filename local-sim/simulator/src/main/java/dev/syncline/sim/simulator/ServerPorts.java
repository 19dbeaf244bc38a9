// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.simulator;

import dev.syncline.sim.port.PortServer;
import dev.syncline.sim.port.PortUnavailableException;
import dev.syncline.sim.service.contract.FurtherPorts;
import java.util.function.Supplier;

/**
 * Further ports of the simulator's server. Thread-safe.
 *
 * @param server made after the rooms
 */
record ServerPorts(Supplier<PortServer> server) implements FurtherPorts {
  @Override
  public int open(int wanted) {
    try {
      return server.get().open(wanted);
    } catch (PortUnavailableException none) {
      throw new IllegalStateException(none.getMessage(), none);
    }
  }

  @Override
  public void close(int port) {
    server.get().close(port);
  }
}
