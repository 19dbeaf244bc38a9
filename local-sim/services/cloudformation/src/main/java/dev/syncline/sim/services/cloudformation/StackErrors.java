// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.service.AwsException;

/** StackErrors as CloudFormation spells them; {@code ValidationError} covers most. */
final class StackErrors {
  private StackErrors() {}

  static AwsException validation(String message) {
    return AwsException.badRequest("ValidationError", message);
  }

  static AwsException cannotBeUpdated(Stack stack) {
    return validation(
        "Stack:" + stack.id() + " is in " + stack.status() + " state and can not be updated.");
  }

  /** For an operation that got an error from another service. */
  static String reason(Throwable failure) {
    if (failure instanceof AwsException refused) {
      return refused.text()
          + " (Status Code: "
          + refused.status()
          + "; Error Code: "
          + refused.code()
          + ")";
    }
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }
}
