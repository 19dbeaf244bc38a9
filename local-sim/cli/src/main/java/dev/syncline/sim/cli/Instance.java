// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import dev.syncline.sim.port.PortUnavailableException;
import dev.syncline.sim.service.settings.FunctionExecutor;
import dev.syncline.sim.service.state.DataDirectoryException;
import dev.syncline.sim.simulator.Simulator;
import dev.syncline.sim.simulator.SimulatorConfig;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A simulator in this process with its admin endpoint. Thread-safe. */
final class Instance implements AutoCloseable {
  private final Simulator simulator;
  private final StopSignal stop;
  private final Calls calls;
  private final Readiness readiness = new Readiness();

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
      if (config.functions().executor() == FunctionExecutor.IN_PROCESS) {
        keepFunctionOutput(config.directories().work());
      }
      simulator = Simulator.start(config);
    } catch (PortUnavailableException taken) {
      throw new Failure(
          Failure.reason(taken)
              + switch (taken.which()) {
                case PLAIN -> " (--port)";
                case TLS -> " (--tls-port)";
                case SECOND_TLS -> " (--second-tls-port)";
                case FURTHER -> "";
              });
    } catch (DataDirectoryException unusable) {
      throw new Failure(Failure.reason(unusable) + " (--data)");
    } catch (UncheckedIOException unwritable) {
      throw new Failure(
          "cannot write to the work directory "
              + config.directories().work()
              + " (--work-directory, SYNCLINE_HOME): "
              + Failure.reason(unwritable));
    }
    var instance = new Instance(simulator, stop);
    simulator.addEndpoint(new AdminEndpoint(instance));
    return instance;
  }

  /** The output of functions in this process; a child's output goes to its log group instead. */
  private static void keepFunctionOutput(Path directory) {
    try {
      Files.createDirectories(directory);
      System.setOut(
          new PrintStream(
              new FileOutputStream(directory.resolve("functions.log").toFile(), true),
              true,
              StandardCharsets.UTF_8));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  Simulator simulator() {
    return simulator;
  }

  /** The progress of its start. */
  Readiness readiness() {
    return readiness;
  }

  Calls calls() {
    return calls;
  }

  StopSignal stop() {
    return stop;
  }

  /** The deployed APIs and their URLs at present. */
  DeployedApis surface() {
    return DeployedApis.of(calls, simulator.endpoint());
  }

  @Override
  public void close() {
    simulator.close();
  }
}
