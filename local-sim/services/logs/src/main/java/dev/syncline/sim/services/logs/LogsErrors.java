// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.logs;

import dev.syncline.sim.service.AwsException;

/** The errors of CloudWatch Logs. Codes are AWS's, and so are the texts where recorded. */
final class LogsErrors {
  /** The code of wrong parameters, also of a page token that no page gave. */
  static final String INVALID_PARAMETER = "InvalidParameterException";

  private LogsErrors() {}

  static AwsException noGroup() {
    return notFound("The specified log group does not exist.");
  }

  static AwsException noStream() {
    return notFound("The specified log stream does not exist.");
  }

  static AwsException groupExists() {
    return exists("The specified log group already exists");
  }

  static AwsException streamExists() {
    return exists("The specified log stream already exists");
  }

  static AwsException invalidGroupName(String name) {
    return invalid(
        "1 validation error detected: Value '"
            + name
            + "' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular"
            + " expression pattern: [\\.\\-_/#A-Za-z0-9]+");
  }

  static AwsException unsupportedClass(String type) {
    return invalid("The simulator does not support logGroupClass " + type + ".");
  }

  static AwsException unsupportedPattern(String pattern) {
    return invalid(
        "The simulator supports filter patterns of terms and phrases only, not '" + pattern + "'.");
  }

  static AwsException retentionRequired() {
    return invalid("retentionInDays is required.");
  }

  /** The retention is not one of {@code allowed}, which the text shows. */
  static AwsException invalidRetention(int days, Object allowed) {
    return invalid(
        "1 validation error detected: Value '"
            + days
            + "' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum"
            + " value set: "
            + allowed);
  }

  static AwsException invalidStreamName() {
    return invalid("logStreamName must be 1 to 512 characters without ':' and '*'.");
  }

  static AwsException orderWithPrefix() {
    return invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
  }

  static AwsException invalidToken() {
    return invalid("The specified nextToken is invalid.");
  }

  static AwsException invalidLimit(int maxLimit, int limit) {
    return invalid("limit must be 1 to " + maxLimit + ", got " + limit);
  }

  /** A parameter is wrong; the text names it. */
  static AwsException invalid(String message) {
    return AwsException.badRequest(INVALID_PARAMETER, message);
  }

  private static AwsException notFound(String message) {
    return AwsException.badRequest("ResourceNotFoundException", message);
  }

  private static AwsException exists(String message) {
    return AwsException.badRequest("ResourceAlreadyExistsException", message);
  }
}
