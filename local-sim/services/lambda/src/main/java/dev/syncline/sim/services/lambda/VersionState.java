// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.lambda.FunctionOutcome;
import java.nio.charset.StandardCharsets;

/**
 * Whether a version can be invoked. Immutable.
 *
 * @param name {@code Active}, {@code Pending} or {@code Failed}
 * @param reasonCode empty when it is active
 * @param reason empty when it is active
 */
record VersionState(String name, String reasonCode, String reason) {
  static final VersionState ACTIVE = new VersionState("Active", "", "");
  static final VersionState PENDING =
      new VersionState("Pending", "Creating", "The function is being created.");

  /** A snapshot could not be taken, because the function did not start. */
  static VersionState failed(FunctionOutcome init) {
    return new VersionState(
        "Failed",
        "Sandbox.Timedout".equals(init.errorType())
            ? "FunctionError.InitTimeout"
            : "FunctionError.RuntimeInitError",
        new String(init.payload(), StandardCharsets.UTF_8));
  }

  boolean isActive() {
    return name.equals("Active");
  }
}
