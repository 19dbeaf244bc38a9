// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.trigger;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;

/** The errors of Lambda triggers. Every one has the status 400. */
final class TriggerErrors {
  private TriggerErrors() {}

  /** The simulator never calls this trigger. */
  static AwsException unsupported(String trigger) {
    return CognitoErrors.invalidParameter(
        "The simulator does not support the trigger "
            + trigger
            + " of LambdaConfig. Leave it out: codes and temporary passwords are in the journal.");
  }

  /** The function failed. */
  static AwsException failed(String trigger, String message) {
    return AwsException.badRequest(
        "UserLambdaValidationException", trigger + " failed with error " + message + ".");
  }

  /** The function could not be called. */
  static AwsException notCalled(String trigger, String error) {
    return AwsException.badRequest(
        "UnexpectedLambdaException", trigger + " invocation failed due to error " + error + ".");
  }

  /** The function returned something else than its event. */
  static AwsException unreadable() {
    return AwsException.badRequest(
        "InvalidLambdaResponseException", "Unrecognizable lambda output");
  }
}
