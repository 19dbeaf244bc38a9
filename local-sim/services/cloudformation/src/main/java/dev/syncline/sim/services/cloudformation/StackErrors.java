// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudformation;

import dev.syncline.sim.service.AwsException;

/** The errors of the room as CloudFormation spells them; {@code ValidationError} covers most. */
final class StackErrors {
  private StackErrors() {}

  static AwsException validation(String message) {
    return AwsException.badRequest("ValidationError", message);
  }

  static AwsException cannotBeUpdated(Stack stack) {
    return validation(
        "Stack:" + stack.id() + " is in " + stack.status() + " state and can not be updated.");
  }

  static AwsException alreadyExists(String name) {
    return AwsException.badRequest("AlreadyExistsException", "Stack [" + name + "] already exists");
  }

  static AwsException noChangeSet(String name) {
    return new AwsException("ChangeSetNotFound", 404, "ChangeSet [" + name + "] does not exist");
  }

  static AwsException changeSetExists(String name) {
    return AwsException.badRequest(
        "AlreadyExistsException",
        "ChangeSet " + name + " cannot be created due to a mismatch with existing attribute Name");
  }

  static AwsException roleNotAssumable(String roleArn) {
    return validation("Role " + roleArn + " is invalid or cannot be assumed");
  }

  static AwsException notExecutable(ChangeSet changeSet) {
    return AwsException.badRequest(
        "InvalidChangeSetStatus",
        "ChangeSet ["
            + changeSet.id()
            + "] cannot be executed in its current status of ["
            + (changeSet.status().equals("FAILED") ? "FAILED" : changeSet.executionStatus())
            + "]");
  }

  static AwsException insufficientCapabilities(String needed) {
    return AwsException.badRequest(
        "InsufficientCapabilitiesException", "Requires capabilities : [" + needed + "]");
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
