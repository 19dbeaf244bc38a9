// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import dev.syncline.sim.service.AwsException;

/** The errors of AWS STS. Codes and texts are AWS's. */
final class StsErrors {
  /** The code of violated constraints, which {@code Constraints} reports. */
  static final String VALIDATION = "ValidationError";

  private StsErrors() {}

  static AwsException expiredToken() {
    return new AwsException(
        "ExpiredToken", 403, "The security token included in the request is expired");
  }

  static AwsException calledWithSession(String operation) {
    return new AwsException(
        "AccessDenied", 403, "Cannot call " + operation + " with session credentials");
  }

  static AwsException invalidRoleArn(String roleArn) {
    return AwsException.badRequest(VALIDATION, roleArn + " is invalid");
  }

  /** A text has characters that a session's name cannot have. */
  static AwsException invalidName(String member, String value) {
    return AwsException.badRequest(
        VALIDATION,
        "1 validation error detected: Value '"
            + value
            + "' at '"
            + member
            + "' failed to satisfy constraint: Member must satisfy regular expression pattern:"
            + " [\\w+=,.@-]*");
  }
}
