// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.testing;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A simulator with every service, on skipping time, and a client of its port. */
public abstract class WholeSimulatorFixture {
  /** The simulator's directory. */
  @TempDir protected Path work;

  /** The simulator. */
  protected WholeSimulator whole;

  /** Sends requests to it. */
  protected PortClient port;

  @BeforeEach
  final void startSimulator() {
    whole = new WholeSimulator(work);
    port = new PortClient(whole.simulator);
  }

  @AfterEach
  final void stopSimulator() {
    whole.close();
  }
}
