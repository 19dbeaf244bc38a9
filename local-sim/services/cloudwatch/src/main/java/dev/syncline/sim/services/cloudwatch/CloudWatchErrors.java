// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import dev.syncline.sim.service.AwsException;
import java.util.Map;

/** The errors of the service, as its published model names them. */
final class CloudWatchErrors {
  /** The code in the query protocol, by error name, where the two differ. */
  static final Map<String, String> QUERY_CODES =
      Map.of(
          "ExpiredTokenException", "ExpiredToken",
          "InvalidSignatureException", "SignatureDoesNotMatch",
          "MissingAuthenticationTokenException", "MissingAuthenticationToken",
          "UnrecognizedClientException", "InvalidClientTokenId",
          "InvalidParameterValueException", "InvalidParameterValue",
          "MissingRequiredParameterException", "MissingParameter",
          "InvalidParameterCombinationException", "InvalidParameterCombination",
          "LimitExceededFault", "LimitExceeded",
          "InvalidFormatFault", "InvalidFormat",
          "UnknownOperationException", "InvalidAction");

  private CloudWatchErrors() {}

  static AwsException accessDenied(String message) {
    return new AwsException("AccessDenied", 403, message);
  }

  static AwsException invalid(String message) {
    return AwsException.badRequest("InvalidParameterValueException", message);
  }

  static AwsException missing(String member) {
    return AwsException.badRequest(
        "MissingRequiredParameterException", "The parameter " + member + " is required.");
  }

  static AwsException combination(String message) {
    return AwsException.badRequest("InvalidParameterCombinationException", message);
  }

  static AwsException tooManyAlarms(int max) {
    return AwsException.badRequest(
        "LimitExceededFault", "The simulator keeps at most " + max + " alarms.");
  }

  static AwsException unknownAlarm(String name) {
    return new AwsException("ResourceNotFound", 404, "Unknown alarm: " + name);
  }

  static AwsException unknownResource(String arn) {
    return new AwsException("ResourceNotFoundException", 404, "Unknown resource: " + arn);
  }

  /** A violated constraint of the published model, without the value. */
  static AwsException violated(String member, String constraint) {
    return validation(
        "1 validation error detected: Value at '"
            + member
            + "' failed to satisfy constraint: "
            + constraint);
  }

  static AwsException invalidState(String value) {
    return validation(
        "1 validation error detected: Value '"
            + value
            + "' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value"
            + " set: [INSUFFICIENT_DATA, ALARM, OK]");
  }

  static AwsException validation(String message) {
    return AwsException.badRequest("ValidationException", message);
  }
}
