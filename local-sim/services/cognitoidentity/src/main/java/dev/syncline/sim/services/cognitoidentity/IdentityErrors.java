// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import dev.syncline.sim.service.AwsException;

/**
 * The errors of identity pools. Codes are AWS's; texts are AWS's where clients' reports show them.
 */
final class IdentityErrors {
  /** The code for a page token that no page gave, and for wrong parameters. */
  static final String INVALID_PARAMETER = "InvalidParameterException";

  private IdentityErrors() {}

  static AwsException noPool(String id) {
    return AwsException.badRequest(
        "ResourceNotFoundException", "IdentityPool '" + id + "' not found.");
  }

  static AwsException noIdentity(String id) {
    return AwsException.badRequest("ResourceNotFoundException", "Identity '" + id + "' not found.");
  }

  static AwsException invalid(String message) {
    return AwsException.badRequest(INVALID_PARAMETER, message);
  }

  static AwsException invalidArn(String arn) {
    return invalid("The resource ARN '" + arn + "' is not the ARN of an identity pool.");
  }

  static AwsException notAuthorized(String message) {
    return AwsException.badRequest("NotAuthorizedException", message);
  }

  static AwsException noGuests() {
    return notAuthorized("Unauthenticated access is not supported for this identity pool.");
  }

  static AwsException noProviders(String poolId) {
    return notAuthorized(
        "Identity pool - " + poolId + " does not have identity providers configured.");
  }

  static AwsException unsupportedProvider() {
    return notAuthorized("Token is not from a supported provider of this identity pool.");
  }

  static AwsException invalidToken(String reason) {
    return notAuthorized("Invalid login token. " + reason);
  }

  /** Times are seconds since the epoch. */
  static AwsException expiredToken(long now, long expiry) {
    return invalidToken("Token expired: " + now + " >= " + expiry);
  }

  static AwsException forbiddenIdentity(String id) {
    return notAuthorized("Access to Identity '" + id + "' is forbidden.");
  }

  static AwsException forbiddenRole(String roleArn) {
    return notAuthorized("Access to Role '" + roleArn + "' is forbidden.");
  }

  static AwsException otherLogins() {
    return notAuthorized(
        "Logins don't match. Please include at least one valid login for this identity or identity"
            + " pool.");
  }

  static AwsException ambiguousRole() {
    return notAuthorized("The ambiguous role mapping rules denied this request.");
  }

  static AwsException roleNotInToken(String roleArn) {
    return notAuthorized("The role '" + roleArn + "' is not among the roles of the login token.");
  }

  static AwsException wrongConfiguration() {
    return AwsException.badRequest(
        "InvalidIdentityPoolConfigurationException",
        "Invalid identity pool configuration. Check assigned IAM roles for this pool.");
  }

  static AwsException classicFlowOff() {
    return invalid("Basic (classic) flow is not enabled, please use enhanced flow.");
  }

  static AwsException classicFlowWithMappings() {
    return invalid(
        "Basic (classic) flow is not supported with RoleMappings, please use enhanced flow.");
  }

  /** The simulator cannot verify logins of that provider. */
  static AwsException unverifiable(String provider) {
    return invalid(
        "The simulator does not verify logins of the provider '"
            + provider
            + "'. Use a Cognito user pool or an OpenID Connect provider.");
  }

  static AwsException tooManyPools(int max) {
    return AwsException.badRequest(
        "LimitExceededException", "An account has at most " + max + " identity pools in a region.");
  }

  static AwsException tooManyIdentities(int max) {
    return AwsException.badRequest(
        "LimitExceededException", "The simulator holds at most " + max + " identities.");
  }

  static AwsException tooManyRequests() {
    return AwsException.badRequest("TooManyRequestsException", "Rate exceeded");
  }
}
