// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.secretsmanager;

import dev.syncline.sim.service.AwsException;

/** The errors of Secrets Manager. Codes are AWS's, and so are the texts where recorded. */
final class SecretErrors {
  /** The code for a page token that no page gave. */
  static final String INVALID_TOKEN = "InvalidNextTokenException";

  private SecretErrors() {}

  static AwsException noSecret() {
    return notFound("Secrets Manager can't find the specified secret.");
  }

  /** There is no such value; {@code place} is a version id or a staging label. */
  static AwsException noValue(String place) {
    return notFound("Secrets Manager can't find the specified secret value for " + place);
  }

  static AwsException markedForDeletion() {
    return invalidRequest(
        "You can't perform this operation on the secret because it was marked for deletion.");
  }

  static AwsException alreadyScheduledForDeletion() {
    return invalidRequest(
        "You can't perform this operation on the secret because it was already scheduled for"
            + " deletion.");
  }

  static AwsException nameScheduledForDeletion() {
    return invalidRequest(
        "You can't create this secret because a secret with this name is already scheduled for"
            + " deletion.");
  }

  static AwsException ownedBy(String service) {
    return invalidRequest("Operation is not allowed on secret owned by " + service);
  }

  static AwsException stageOfOtherVersion() {
    return invalidRequest(
        "You provided a VersionStage that is not associated to the provided VersionId.");
  }

  static AwsException valueRequired() {
    return invalidRequest("You must provide either SecretString or SecretBinary.");
  }

  static AwsException secretExists(String name) {
    return exists("The operation failed because the secret " + name + " already exists.");
  }

  static AwsException tokenInUse(String token, String secretArn) {
    return exists(
        "You can't use ClientRequestToken "
            + token
            + " because that value is already in use for a version of secret "
            + secretArn
            + ".");
  }

  static AwsException invalidName() {
    return validation(
        "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
            + " following: -/_+=.@!");
  }

  static AwsException tooManyBytes(int maxBytes) {
    return validation(
        "1 validation error detected: Value at 'secretBinary' failed to satisfy constraint:"
            + " Member must have length less than or equal to "
            + maxBytes);
  }

  static AwsException textAndBinary() {
    return invalidParameter(
        "You can't specify both a binary secret value and a string secret value in the same"
            + " secret.");
  }

  static AwsException idsOrFilters() {
    return invalidParameter("Either 'SecretIdList' or 'Filters' must be provided, but not both.");
  }

  static AwsException forceAndWindow() {
    return invalidParameter(
        "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
  }

  static AwsException invalidWindow() {
    return invalidParameter(
        "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
  }

  /** A stage can leave a version only when the request names that version. */
  static AwsException otherHolder(String named, String stage, String holder) {
    return invalidParameter(
        "The parameter RemoveFromVersionId can't be "
            + named
            + ". Staging label "
            + stage
            + " is currently attached to version "
            + holder
            + ", so you must explicitly reference that version in RemoveFromVersionId.");
  }

  static AwsException currentMustMove() {
    return invalidParameter(
        "You can only move staging label AWSCURRENT to a different secret version. It can't be"
            + " completely removed.");
  }

  static AwsException unsupportedFilter(String key) {
    return invalidParameter("The simulator does not support the filter '" + key + "'.");
  }

  static AwsException malformedPolicy() {
    return AwsException.badRequest(
        "MalformedPolicyDocumentException", "This resource policy contains invalid Json.");
  }

  /** A parameter is wrong; the text names it. */
  static AwsException invalidParameter(String message) {
    return AwsException.badRequest("InvalidParameterException", message);
  }

  private static AwsException notFound(String message) {
    return AwsException.badRequest("ResourceNotFoundException", message);
  }

  private static AwsException invalidRequest(String message) {
    return AwsException.badRequest("InvalidRequestException", message);
  }

  private static AwsException exists(String message) {
    return AwsException.badRequest("ResourceExistsException", message);
  }

  private static AwsException validation(String message) {
    return AwsException.badRequest("ValidationException", message);
  }
}
