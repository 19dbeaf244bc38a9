// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cloudwatch;

import dev.syncline.sim.service.AwsException;
import java.util.Map;

/** The errors of the service, as its published model names them. */
final class CloudWatchErrors {
  /** The code in the query protocol, by error name, where the two differ. */
  static final Map<String, String> QUERY_CODES =
      Map.of(
          "InvalidParameterValueException", "InvalidParameterValue",
          "MissingRequiredParameterException", "MissingParameter",
          "InvalidParameterCombinationException", "InvalidParameterCombination",
          "LimitExceededFault", "LimitExceeded",
          "InvalidFormatFault", "InvalidFormat",
          "UnknownOperationException", "InvalidAction");

  private CloudWatchErrors() {}

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
}
