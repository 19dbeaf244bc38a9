// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.lambda.ThrottledException;
import dev.syncline.sim.service.AwsException;
import java.util.Map;

/**
 * The errors of the service; those of event source mappings are in their package. Names: the
 * service's published model; words: recordings of AWS.
 */
final class LambdaErrors {
  static final String INVALID_PARAMETER = "InvalidParameterValueException";
  private static final String PRECONDITION = "PreconditionFailedException";
  private static final String NOT_FOUND = "ResourceNotFoundException";
  private static final Map<String, Object> USER = Map.of("Type", "User");

  private LambdaErrors() {}

  static AwsException invalid(String message) {
    return new AwsException(INVALID_PARAMETER, 400, message, USER);
  }

  static AwsException conflict(String message) {
    return new AwsException("ResourceConflictException", 409, message, USER);
  }

  static AwsException notFound(String message) {
    return new AwsException(NOT_FOUND, 404, message, USER);
  }

  static AwsException functionNotFound(String arn) {
    return notFound("Function not found: " + arn);
  }

  /** A violated constraint of the published model. */
  static AwsException violated(Object value, String member, String constraint) {
    return AwsException.badRequest(
        "ValidationException",
        "1 validation error detected: Value '"
            + value
            + "' at '"
            + member
            + "' failed to satisfy constraint: "
            + constraint);
  }

  static AwsException staleFunctionRevision() {
    return new AwsException(
        PRECONDITION,
        412,
        "The RevisionId provided does not match the latest RevisionId. Call the"
            + " GetFunction/GetAlias API to retrieve the latest RevisionId");
  }

  /** As {@link #staleFunctionRevision}, of an alias or a policy. */
  static AwsException staleRevision(String operation) {
    return new AwsException(
        PRECONDITION,
        412,
        "The Revision Id provided does not match the latest Revision Id. Call the "
            + operation
            + " API to retrieve the latest Revision Id",
        USER);
  }

  static AwsException otherQualifier() {
    return AwsException.badRequest(
        INVALID_PARAMETER,
        "The derived qualifier from the function name does not match the specified qualifier.");
  }

  static AwsException invalidContent(String message) {
    return new AwsException("InvalidRequestContentException", 400, message, USER);
  }

  static AwsException payloadTooLarge(String invocationType, int bytes, int limit) {
    return new AwsException(
        "RequestEntityTooLargeException",
        413,
        invocationType.equals("Event")
            ? bytes
                + " byte payload is too large for the Event invocation type (limit "
                + limit
                + " bytes)"
            : "Request must be smaller than " + limit + " bytes for the InvokeFunction operation",
        USER);
  }

  static AwsException throttled(ThrottledException throttled) {
    return tooManyRequests(
        throttled.getMessage() == null ? "Rate Exceeded." : throttled.getMessage(),
        throttled.reason());
  }

  /** The error of a throttled operation of the API. */
  static AwsException callerThrottled() {
    return tooManyRequests("Rate Exceeded.", "CallerRateLimitExceeded");
  }

  private static AwsException tooManyRequests(String message, String reason) {
    return new AwsException(
        "TooManyRequestsException", 429, message, Map.of("Reason", reason, "Type", "User"));
  }

  static AwsException noProvisionedConcurrency() {
    return new AwsException(
        "ProvisionedConcurrencyConfigNotFoundException",
        404,
        "No Provisioned Concurrency Config found for this function",
        USER);
  }

  static AwsException layerNotFound(String arn) {
    return notFound("Layer version " + arn + " does not exist.");
  }

  /** A runtime that AWS no longer takes. */
  static AwsException runtimeEnded(String runtime) {
    return invalid(
        "The runtime parameter of "
            + runtime
            + " is no longer supported for creating or updating AWS Lambda functions. We recommend"
            + " you use a supported runtime while creating or updating functions.");
  }

  /** The caller may not read the package. Words: known from use. */
  static AwsException codeDenied(String bucket, String key, String reason) {
    return new AwsException(
        "AccessDeniedException",
        403,
        "Your access has been denied by S3, please make sure your request credentials have"
            + " permission to GetObject for "
            + bucket
            + "/"
            + key
            + ". S3 Error Code: AccessDenied. S3 Error Message: "
            + reason,
        USER);
  }

  /** An operation on a resource of another account or region. */
  static AwsException otherAccount(String operation, String resource) {
    return new AwsException(
        "AccessDeniedException",
        403,
        "Not authorized to perform: lambda:"
            + operation
            + " on resource: "
            + resource
            + ", which is of another account or region.",
        USER);
  }

  static AwsException layerConflict(String entry) {
    return invalid(
        "The layers cannot be unpacked together: '"
            + entry
            + "' is a file in one of them and a directory in another.");
  }

  static AwsException layerLink(String link) {
    return invalid("A symbolic link leads out of the package: " + link + ".");
  }

  static AwsException tooManyFiles(int most) {
    return invalid("The package has more than " + most + " files.");
  }

  /** A function with its layers is too large. */
  static AwsException tooLargeWithLayers(long maxBytes, long bytes) {
    return invalid(
        "Function code combined with layers exceeds the maximum allowed size of "
            + maxBytes
            + " bytes. The actual size is "
            + bytes
            + " bytes.");
  }

  static AwsException tooLarge(long maxBytes) {
    return AwsException.badRequest(
        INVALID_PARAMETER, "Unzipped size must be smaller than " + maxBytes + " bytes");
  }

  static AwsException notAZip() {
    return AwsException.badRequest(
        INVALID_PARAMETER,
        "Could not unzip uploaded file. Please check your file, then try to upload again.");
  }
}
