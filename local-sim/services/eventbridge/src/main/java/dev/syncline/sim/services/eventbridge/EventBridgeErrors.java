// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.eventbridge;

import dev.syncline.sim.service.AwsException;

/** The errors of the service. Names: its published model; words: recordings of AWS. */
final class EventBridgeErrors {
  static final String VALIDATION = "ValidationException";
  private static final String NOT_FOUND = "ResourceNotFoundException";

  private EventBridgeErrors() {}

  static AwsException validation(String message) {
    return AwsException.badRequest(VALIDATION, message);
  }

  static AwsException missing(String member) {
    return violated(member, "", "Member must not be null");
  }

  /**
   * A violated constraint of the published model.
   *
   * @param shown the value as the error quotes it, empty to omit it
   */
  static AwsException violated(String member, String shown, String constraint) {
    return validation(
        "1 validation error detected: Value "
            + (shown.isEmpty() ? "" : "'" + shown + "' ")
            + "at '"
            + member
            + "' failed to satisfy constraint: "
            + constraint);
  }

  static AwsException connectionExists(String name) {
    return AwsException.badRequest(
        "ResourceAlreadyExistsException", "Connection " + name + " already exists.");
  }

  static AwsException noSuchConnection(String name) {
    return AwsException.badRequest(
        NOT_FOUND,
        "Failed to describe the connection(s). Connection '" + name + "' does not exist.");
  }

  static AwsException noSuchConnectionArn(String arn) {
    return AwsException.badRequest(NOT_FOUND, "Connection with ARN '" + arn + "' does not exist.");
  }

  static AwsException foreignArn(String arn) {
    return AwsException.badRequest(
        NOT_FOUND, "'" + arn + "' is not the ARN of a connection of this account and region.");
  }

  static AwsException notAuthorized(Connection connection) {
    return AwsException.badRequest(
        "InvalidConnectionState",
        "Connection with ARN '"
            + connection.arn()
            + "' is not authorized: its state is "
            + connection.state()
            + ".");
  }

  static AwsException beingChanged(String name) {
    return AwsException.badRequest(
        "ConcurrentModificationException",
        "Connection '" + name + "' is being changed by another request.");
  }
}
