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

  static AwsException notFound() {
    return new AwsException(
        "ResourceNotFoundException", 404, "The resource you requested does not exist.", USER);
  }

  static AwsException exists(String queueArn, String function, String uuid) {
    return new AwsException(
        "ResourceConflictException",
        409,
        "An event source mapping with SQS arn (\" "
            + queueArn
            + " \") and function (\" "
            + function
            + " \") already exists. Please update or delete the existing mapping with UUID "
            + uuid,
        USER);
  }
}
