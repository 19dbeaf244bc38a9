// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

import dev.syncline.sim.kernel.HostPlatform;

/** The kind of environment in which functions run. */
public enum FunctionExecutor {
  /** Each environment is a child process with a runtime interface client, as on AWS. */
  PROCESS,

  /**
   * Each environment is a class loader in this process, on virtual time. Fast, and its times are
   * exact.
   */
  IN_PROCESS;

  /** Whether the platform supports this executor: child processes need Linux or macOS. */
  public boolean runsOn(HostPlatform platform) {
    return this == IN_PROCESS || platform.isLinux() || platform.isMac();
  }
}
