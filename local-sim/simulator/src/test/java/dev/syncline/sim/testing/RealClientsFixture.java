// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.testing;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.port.PortServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Services on a port in real time, and AWS's clients of them. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class RealClientsFixture {
  /** The services. */
  protected final CoreServices services = new CoreServices(new ClockMode.Real());

  /** A directory for the clients. */
  @TempDir protected Path work;

  /** The services' port. */
  protected PortServer server;

  /** The clients. */
  protected AwsCli aws;

  @BeforeEach
  final void listen() {
    server = services.listen(work.resolve("sim"));
    aws = new AwsCli("http://127.0.0.1:" + server.port(), CoreServices.REGION, work);
  }

  @AfterEach
  final void stopListening() {
    server.close();
    services.close();
  }
}
