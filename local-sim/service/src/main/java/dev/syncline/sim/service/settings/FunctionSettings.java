// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.settings;

/**
 * How Lambda runs functions. Immutable.
 *
 * @param executor where functions run
 * @param maxEnvironments how many execution environments may exist at once, over all functions; at
 *     least 1
 * @param proactive whether a function gets an environment as soon as it is created, and a version
 *     as soon as an alias points to it, as Lambda's proactive initialization may do
 */
public record FunctionSettings(FunctionExecutor executor, int maxEnvironments, boolean proactive) {
  /** Child processes, at most 20, with proactive initialization. */
  public static final FunctionSettings DEFAULT =
      new FunctionSettings(FunctionExecutor.PROCESS, 20, true);

  /** Refuses a number below 1. */
  public FunctionSettings {
    if (maxEnvironments < 1) {
      throw new IllegalArgumentException(
          "maxEnvironments must be at least 1, got " + maxEnvironments);
    }
  }

  /** The same with another executor and maximum. */
  public FunctionSettings withExecutor(FunctionExecutor newExecutor, int newMaxEnvironments) {
    return new FunctionSettings(newExecutor, newMaxEnvironments, proactive);
  }

  /** The same with or without proactive initialization. */
  public FunctionSettings withProactive(boolean newProactive) {
    return new FunctionSettings(executor, maxEnvironments, newProactive);
  }
}
