// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sqs;

import dev.syncline.sim.service.AccessDenial;
import dev.syncline.sim.service.AwsException;
import java.util.Locale;
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
          Map.entry("AccessDeniedException", "AccessDenied"),
          Map.entry("ExpiredTokenException", "ExpiredToken"),
          Map.entry("InvalidSignatureException", "SignatureDoesNotMatch"),
          Map.entry("MissingAuthenticationTokenException", "MissingAuthenticationToken"),
          Map.entry("UnrecognizedClientException", "InvalidClientTokenId"),
          Map.entry("InvalidParameterValueException", "InvalidParameterValue"),
          Map.entry("MissingRequiredParameterException", "MissingParameter"),
          Map.entry("ValidationException", "InvalidParameterValue"),
          Map.entry("UnknownOperationException", "InvalidAction"),
          Map.entry("SerializationException", "MalformedInput"));

  private SqsErrors() {}

  /** The code that clients show. */
  static String queryCode(AwsException error) {
    return QUERY_CODES.getOrDefault(error.code(), error.code());
  }

  /** Recorded: a full name, the member {@code Message}, and the action in lower case. */
  static AwsException accessDenied(AccessDenial denial) {
    String message =
        denial.message().replace(denial.action(), denial.action().toLowerCase(Locale.ROOT));
    return new AwsException(
        "AccessDeniedException",
        403,
        message,
        Map.of(
            AwsException.CAPITAL_MESSAGE,
            message,
            "__type",
            "com.amazon.coral.service#AccessDeniedException"));
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

  static AwsException throttled() {
    return AwsException.badRequest(
        "RequestThrottled", "The request was denied due to request throttling.");
  }

  static AwsException queueDeletedRecently() {
    return AwsException.badRequest(
        "QueueDeletedRecently",
        "You must wait 60 seconds after deleting a queue before you can create another with the"
            + " same name.");
  }

  static AwsException queueNameExists(String attribute) {
    return AwsException.badRequest(
        "QueueNameExists",
        "A queue already exists with the same name and a different value for attribute "
            + attribute);
  }

  static AwsException purgeInProgress(String queue) {
    return new AwsException(
        "PurgeQueueInProgress",
        403,
        "Only one PurgeQueue operation on " + queue + " is allowed every 60 seconds.");
  }

  static AwsException tooManyInFlight(int max) {
    return overLimit("Too many messages in flight: at most " + max + ".");
  }

  static AwsException queueFull(int max) {
    return overLimit("The simulator keeps at most " + max + " messages in a queue; it is full.");
  }

  static AwsException tooManyActions(int actions) {
    return overLimit(actions + " Actions were found, maximum allowed is 7.");
  }

  private static AwsException overLimit(String message) {
    return new AwsException("OverLimit", 403, message);
  }

  static AwsException invalidCharacters() {
    return AwsException.badRequest(
        "InvalidMessageContents",
        "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF"
            + " | #xE000 to #xFFFD | #x10000 to #x10FFFF");
  }

  static AwsException emptyBatch(String kind) {
    return AwsException.badRequest(
        "EmptyBatchRequest", "There should be at least one " + kind + " in the request.");
  }

  static AwsException tooManyEntries(int max, int entries) {
    return AwsException.badRequest(
        "TooManyEntriesInBatchRequest",
        "Maximum number of entries per request are " + max + ". You have sent " + entries + ".");
  }

  static AwsException batchTooLong(int max, long bytes) {
    return AwsException.badRequest(
        "BatchRequestTooLong",
        "Batch requests cannot be longer than "
            + max
            + " bytes. You have sent "
            + bytes
            + " bytes.");
  }

  static AwsException invalidEntryId() {
    return AwsException.badRequest(
        "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores."
            + " It can be at most 80 letters long.");
  }

  static AwsException repeatedEntryId(String id) {
    return AwsException.badRequest("BatchEntryIdsNotDistinct", "Id " + id + " repeated.");
  }

  static AwsException unsupported(String message) {
    return AwsException.badRequest("UnsupportedOperation", message);
  }
}
