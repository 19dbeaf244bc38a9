// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

/** A resource could not be created or changed; its event has been recorded already. */
final class StepFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String logicalId;

  StepFailedException(String logicalId, String reason) {
    super(reason, null, false, false);
    this.logicalId = logicalId;
  }

  String logicalId() {
    return logicalId;
  }
}
