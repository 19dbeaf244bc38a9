// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.cli;

import dev.syncline.sim.kernel.ClockMode;
import dev.syncline.sim.simulator.Simulator;
import org.jspecify.annotations.Nullable;

/**
 * Deploys a stack with the processes of its backend beside the simulator. Closing ends these
 * processes. Not thread-safe.
 */
final class BackendDeployment implements AutoCloseable {
  private final Instance instance;
  private final DeploymentOptions options;
  private final Reporter reporter;
  private @Nullable TemporalLocal temporal;

  BackendDeployment(Instance instance, DeploymentOptions options, Reporter reporter) {
    this.instance = instance;
    this.options = options;
    this.reporter = reporter;
  }

  /**
   * Deploys, with the backend's own processes around it.
   *
   * @throws Failure when either fails
   */
  DeployedStack deploy(Deployment deployment) {
    DeploymentRun deploying = new DeploymentRun(instance, reporter);
    if (!options.usesTemporal()) {
      return deploying.deploy(deployment);
    }
    Simulator simulator = instance.simulator();
    TemporalLocal local =
        TemporalLocal.start(
            options.temporalAddress(),
            simulator.config().run().clock() instanceof ClockMode.Skipping,
            simulator.config().directories().work(),
            reporter);
    temporal = local;
    Deployment prepared = local.prepared(deployment);
    DeployedStack stack = deploying.deploy(prepared);
    local.work(simulator, prepared, stack);
    return stack;
  }

  @Override
  public void close() {
    if (temporal != null) {
      temporal.close();
    }
  }
}
