// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import dev.syncline.sim.aws.Simulator;
import dev.syncline.sim.aws.SimulatorConfig;
import dev.syncline.sim.aws.port.PortUnavailableException;

/** A simulator in this process with its admin endpoint. Thread-safe. */
final class Instance implements AutoCloseable {
  private final Simulator simulator;
  private final StopSignal stop;
  private final Calls calls;

  private Instance(Simulator simulator, StopSignal stop) {
    this.simulator = simulator;
    this.stop = stop;
    this.calls = new Calls(simulator);
  }

  /**
   * Starts it.
   *
   * @throws Failure when it cannot, for example because the port is in use
   */
  static Instance start(SimulatorConfig config, StopSignal stop) {
    Simulator simulator;
    try {
      simulator = Simulator.start(config);
    } catch (PortUnavailableException taken) {
      throw new Failure(Failure.reason(taken) + (config.port() > 0 ? " (--port, --tls-port)" : ""));
    }
    var instance = new Instance(simulator, stop);
    simulator.addEndpoint(new AdminEndpoint(instance));
    return instance;
  }

  Simulator simulator() {
    return simulator;
  }

  Calls calls() {
    return calls;
  }

  StopSignal stop() {
    return stop;
  }

  /** What has been deployed and where it is reached, as it is now. */
  Surface surface() {
    return Surface.of(calls, simulator.endpoint());
  }

  @Override
  public void close() {
    simulator.close();
  }
}
