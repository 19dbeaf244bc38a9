// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

import dev.syncline.sim.service.AwsException;
import java.util.Map;

/** The errors of event source mappings, in Lambda's words. */
final class MappingErrors {
  private static final Map<String, Object> USER = Map.of("Type", "User");

  private MappingErrors() {}

  static AwsException invalid(String message) {
    return new AwsException("InvalidParameterValueException", 400, message, USER);
  }

  static AwsException unsupported(String member) {
    return invalid("Unsupported " + member + " parameter for given event source mapping type.");
  }

  static AwsException shortVisibility(long visibility, int timeout) {
    return invalid(
        "Queue visibility timeout: "
            + visibility
            + " seconds is less than Function timeout: "
            + timeout
            + " seconds");
  }

  static AwsException noSource() {
    return invalid("Unrecognized event source.");
  }

  static AwsException noFunction() {
    return invalid("Function does not exist");
  }

  static AwsException streamNotFound(String arn) {
    return invalid("Stream not found: " + arn);
  }

  static AwsException notFound() {
    return new AwsException(
        "ResourceNotFoundException", 404, "The resource you requested does not exist.", USER);
  }

  static AwsException exists(Mapping existing, String function) {
    boolean queue = existing.source() instanceof MappingSource.Queue;
    return new AwsException(
        "ResourceConflictException",
        409,
        (queue ? "An event source mapping with SQS arn (\" " : "The event source arn (\" ")
            + existing.sourceArn()
            + " \") and function (\" "
            + function
            + (queue ? " \") already exists." : " \") provided mapping already exists.")
            + " Please update or delete the existing mapping with UUID "
            + existing.uuid(),
        USER);
  }
}
