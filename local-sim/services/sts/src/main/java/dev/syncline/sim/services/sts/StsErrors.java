// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import dev.syncline.sim.service.AccessDenial;
import dev.syncline.sim.service.AwsException;

/** The errors of AWS STS. Codes and texts are AWS's. */
final class StsErrors {
  /** The code of violated constraints, which {@code Constraints} reports. */
  static final String VALIDATION = "ValidationError";

  private static final int FORBIDDEN = 403;
  private static final String ACCESS_DENIED = "AccessDenied";
  private static final String INVALID_TOKEN = "InvalidIdentityToken";

  private StsErrors() {}

  static AwsException expiredToken() {
    return new AwsException(
        "ExpiredToken", FORBIDDEN, "The security token included in the request is expired");
  }

  static AwsException calledWithSession(String operation) {
    return new AwsException(
        ACCESS_DENIED, FORBIDDEN, "Cannot call " + operation + " with session credentials");
  }

  /** STS gives no reason why a role cannot be assumed, whether it exists or not. */
  static AwsException denied(AccessDenial denial) {
    String tail = denial.resource().contains(":role/") ? "" : denial.tail();
    return new AwsException(
        ACCESS_DENIED,
        FORBIDDEN,
        new AccessDenial(denial.principal(), denial.action(), denial.resource(), tail).message());
  }

  static AwsException webIdentityDenied() {
    return new AwsException(
        ACCESS_DENIED, FORBIDDEN, "Not authorized to perform sts:AssumeRoleWithWebIdentity");
  }

  static AwsException notAToken() {
    return AwsException.badRequest(
        INVALID_TOKEN,
        "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access"
            + " Token)");
  }

  static AwsException invalidSignature() {
    return AwsException.badRequest(INVALID_TOKEN, "Couldn't verify signature of the token");
  }

  static AwsException noKeys() {
    return AwsException.badRequest(
        INVALID_TOKEN,
        "Couldn't retrieve verification key from your identity provider,  please reference"
            + " AssumeRoleWithWebIdentity documentation for requirements");
  }

  static AwsException unknownProvider(String issuer) {
    return AwsException.badRequest(
        INVALID_TOKEN, "No OpenIDConnect provider found in your account for " + issuer);
  }

  static AwsException wrongAudience() {
    return AwsException.badRequest(INVALID_TOKEN, "Incorrect token audience");
  }

  static AwsException missingClaim(String claim) {
    return AwsException.badRequest(INVALID_TOKEN, "Missing a required claim: " + claim);
  }

  static AwsException tokenExpired(long now, long expires) {
    return AwsException.badRequest(
        "ExpiredTokenException",
        "Token expired: current date/time "
            + now
            + " must be before the expiration date/time "
            + expires);
  }

  static AwsException longerThanRoleAllows() {
    return AwsException.badRequest(
        VALIDATION,
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  }

  static AwsException chainedTooLong() {
    return AwsException.badRequest(
        VALIDATION,
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
            + " chaining");
  }

  static AwsException malformedPolicy() {
    return AwsException.badRequest(
        "MalformedPolicyDocument", "The policy is not in the valid JSON format.");
  }

  static AwsException noSuchPolicy(String arn) {
    return AwsException.badRequest(
        VALIDATION, "Policy " + arn + " does not exist or is not attachable.");
  }

  static AwsException tooManyPolicies(int count, int most) {
    return tooMany("policyArns", count, most);
  }

  static AwsException tooManyTags(int count, int most) {
    return tooMany("tags", count, most);
  }

  private static AwsException tooMany(String member, int count, int most) {
    return AwsException.badRequest(
        VALIDATION,
        "1 validation error detected: Value of "
            + count
            + " items at '"
            + member
            + "' failed to satisfy constraint: Member must have length less than or equal to "
            + most);
  }

  static AwsException duplicateTags() {
    return AwsException.badRequest(
        "InvalidParameterValue",
        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  }

  static AwsException reservedTag(String key) {
    return AwsException.badRequest(
        "InvalidParameterValue", "Tag key " + key + " begins with the reserved prefix aws:");
  }

  static AwsException packedTooLarge(int percent) {
    return AwsException.badRequest(
        "PackedPolicyTooLarge",
        "Packed size of session policies and tags consumes "
            + percent
            + "% of the allotted space.");
  }

  static AwsException invalidRoleArn(String roleArn) {
    return AwsException.badRequest(VALIDATION, roleArn + " is invalid");
  }

  /** A text has characters that a session's name cannot have. */
  static AwsException invalidName(String member, String value) {
    return AwsException.badRequest(
        VALIDATION,
        "1 validation error detected: Value '"
            + value
            + "' at '"
            + member
            + "' failed to satisfy constraint: Member must satisfy regular expression pattern:"
            + " [\\w+=,.@-]*");
  }
}
