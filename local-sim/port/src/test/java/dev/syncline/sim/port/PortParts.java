// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.kernel.FaultPlan;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.Journal;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Dispatcher;
import java.net.InetAddress;
import java.nio.file.Path;

/** The clock, the journal and the router of a port that has no services. */
final class PortParts implements AutoCloseable {
  final SimClock clock;
  final Journal journal;
  final Router router;
  private final String region;

  PortParts(ClockMode mode) {
    this(mode, "us-east-1");
  }

  PortParts(ClockMode mode, String region) {
    this.region = region;
    clock = new SimClock(mode);
    journal = new Journal(clock);
    var ids = new Ids(1);
    router =
        new Router(
            new Dispatcher(clock, new FaultPlan(journal, ids)),
            journal,
            ids,
            "111111111111",
            region);
  }

  /**
   * A server on a free loopback port, not started.
   *
   * @param tlsPort its port for TLS; 0 for a free one, -1 for none
   */
  PortServer server(Path work, int tlsPort, PortLimits limits) {
    return new PortServer(settings(work, tlsPort, -1), router, clock, journal, limits);
  }

  PortSettings settings(Path work, int tlsPort, int standardPort) {
    return new PortSettings(
        InetAddress.getLoopbackAddress(), 0, tlsPort, standardPort, region, work);
  }

  @Override
  public void close() {
    clock.close();
  }
}
