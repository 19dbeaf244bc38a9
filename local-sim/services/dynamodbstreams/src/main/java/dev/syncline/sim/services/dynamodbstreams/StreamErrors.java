// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodbstreams;

import dev.syncline.sim.service.AwsException;

/** The errors of the service. Names: the published model. */
final class StreamErrors {
  private static final String VALIDATION = "ValidationException";
  private static final String NOT_FOUND = "ResourceNotFoundException";

  private StreamErrors() {}

  static AwsException invalid(String message) {
    return AwsException.badRequest(VALIDATION, message);
  }

  static AwsException invalidArn() {
    return invalid("Invalid StreamArn");
  }

  static AwsException invalidIterator() {
    return invalid("Invalid ShardIterator");
  }

  static AwsException streamNotFound(String arn) {
    return AwsException.badRequest(
        NOT_FOUND, "Requested resource not found: Stream: " + arn + " not found");
  }

  static AwsException shardNotFound() {
    return AwsException.badRequest(NOT_FOUND, "Requested resource not found: Shard does not exist");
  }

  static AwsException expiredIterator() {
    return AwsException.badRequest(
        "ExpiredIteratorException",
        "The shard iterator has expired and can no longer be used to retrieve stream records."
            + " A shard iterator expires 15 minutes after it is retrieved.");
  }

  static AwsException trimmed() {
    return AwsException.badRequest(
        "TrimmedDataAccessException", "The data you are trying to access has been trimmed");
  }
}
