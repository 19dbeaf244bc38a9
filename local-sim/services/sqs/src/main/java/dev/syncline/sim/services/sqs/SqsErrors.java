// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.service.AwsException;
import java.util.Map;

/**
 * The errors of the service. Names and query codes: the service's published model, and recordings
 * of AWS for those that every service shares.
 */
final class SqsErrors {
  private static final String PREFIX = "AWS.SimpleQueueService.";

  /** The code that clients show, by error name, where the two differ. */
  static final Map<String, String> QUERY_CODES =
      Map.ofEntries(
          Map.entry("QueueDoesNotExist", PREFIX + "NonExistentQueue"),
          Map.entry("QueueNameExists", "QueueAlreadyExists"),
          Map.entry("QueueDeletedRecently", PREFIX + "QueueDeletedRecently"),
          Map.entry("PurgeQueueInProgress", PREFIX + "PurgeQueueInProgress"),
          Map.entry("MessageNotInflight", PREFIX + "MessageNotInflight"),
          Map.entry("UnsupportedOperation", PREFIX + "UnsupportedOperation"),
          Map.entry("EmptyBatchRequest", PREFIX + "EmptyBatchRequest"),
          Map.entry("TooManyEntriesInBatchRequest", PREFIX + "TooManyEntriesInBatchRequest"),
          Map.entry("BatchEntryIdsNotDistinct", PREFIX + "BatchEntryIdsNotDistinct"),
          Map.entry("BatchRequestTooLong", PREFIX + "BatchRequestTooLong"),
          Map.entry("InvalidBatchEntryId", PREFIX + "InvalidBatchEntryId"),
          Map.entry("InvalidParameterValueException", "InvalidParameterValue"),
          Map.entry("MissingRequiredParameterException", "MissingParameter"),
          Map.entry("UnknownOperationException", "InvalidAction"),
          Map.entry("SerializationException", "MalformedInput"));

  private SqsErrors() {}

  /** The code that clients show. */
  static String queryCode(AwsException error) {
    return QUERY_CODES.getOrDefault(error.code(), error.code());
  }

  static AwsException noSuchQueue() {
    return AwsException.badRequest("QueueDoesNotExist", "The specified queue does not exist.");
  }

  static AwsException invalidValue(String message) {
    return AwsException.badRequest("InvalidParameterValueException", message);
  }

  static AwsException invalidValue(String parameter, Object value, String reason) {
    return invalidValue(
        "Value " + value + " for parameter " + parameter + " is invalid. Reason: " + reason);
  }

  static AwsException missing(String parameter) {
    return AwsException.badRequest(
        "MissingRequiredParameterException",
        "The request must contain the parameter " + parameter + ".");
  }

  static AwsException unknownAttribute(String name) {
    return AwsException.badRequest("InvalidAttributeName", "Unknown Attribute " + name + ".");
  }

  static AwsException invalidAttribute(String name) {
    return AwsException.badRequest(
        "InvalidAttributeValue", "Invalid value for the parameter " + name + ".");
  }

  static AwsException invalidReceipt(String handle) {
    return new AwsException(
        "ReceiptHandleIsInvalid",
        404,
        "The input receipt handle \"" + handle + "\" is not a valid receipt handle.");
  }

  static AwsException notFound(String what) {
    return new AwsException("ResourceNotFoundException", 404, what);
  }
}
