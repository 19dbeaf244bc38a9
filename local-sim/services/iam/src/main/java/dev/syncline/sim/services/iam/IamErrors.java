// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.service.AwsException;

/** The errors of AWS IAM. Codes and statuses are AWS's, and so are the texts where recorded. */
final class IamErrors {
  /** The code for a marker that no page gave. */
  static final String INVALID_MARKER = "InvalidInput";

  private static final String VALIDATION = "ValidationError";
  private static final String DELETE_CONFLICT = "DeleteConflict";

  private IamErrors() {}

  static AwsException noSuchRole(String name) {
    return noSuchEntity("The role with name " + name + " cannot be found.");
  }

  static AwsException noSuchUser(String name) {
    return noSuchEntity("The user with name " + name + " cannot be found.");
  }

  static AwsException noSuchGroup(String name) {
    return noSuchEntity("The group with name " + name + " cannot be found.");
  }

  static AwsException noSuchProfile(String name) {
    return noSuchEntity("Instance Profile " + name + " cannot be found.");
  }

  static AwsException noSuchProvider(String arn) {
    return noSuchEntity("OpenIDConnect Provider not found for arn " + arn);
  }

  static AwsException noSuchPolicy(String arn) {
    return noSuchEntity("Policy " + arn + " was not found.");
  }

  static AwsException noSuchRolePolicy(String name) {
    return noSuchEntity("The role policy with name " + name + " cannot be found.");
  }

  static AwsException noSuchVersion(String arn, String id) {
    return noSuchEntity(
        "Policy " + arn + " version " + id + " does not exist or is not attachable.");
  }

  static AwsException noAttachablePolicy(String arn) {
    return noSuchEntity("Policy " + arn + " does not exist or is not attachable.");
  }

  static AwsException noBoundary(String arn) {
    return noSuchEntity("Scope ARN: " + arn + " does not exist or is not attachable.");
  }

  static AwsException serviceRolePolicy() {
    return AwsException.badRequest(
        "PolicyNotAttachable", "Cannot attach a Service Role Policy to a Customer Role.");
  }

  static AwsException roleExists(String name) {
    return conflict("EntityAlreadyExists", "Role with name " + name + " already exists.");
  }

  static AwsException policyExists(String name) {
    return conflict(
        "EntityAlreadyExists",
        "A policy called " + name + " already exists. Duplicate names are not allowed.");
  }

  static AwsException roleHasAttachments() {
    return conflict(DELETE_CONFLICT, "Cannot delete entity, must detach all policies first.");
  }

  static AwsException roleHasInlinePolicies() {
    return conflict(DELETE_CONFLICT, "Cannot delete entity, must delete policies first.");
  }

  static AwsException policyIsAttached() {
    return conflict(DELETE_CONFLICT, "Cannot delete a policy attached to entities.");
  }

  static AwsException policyHasVersions() {
    return conflict(
        DELETE_CONFLICT,
        "This policy has more than one version. Before you delete a policy,"
            + " you must delete the policy's versions.");
  }

  static AwsException defaultVersion() {
    return conflict(DELETE_CONFLICT, "Cannot delete the default version of a policy.");
  }

  static AwsException tooManyVersions() {
    return conflict(
        "LimitExceeded",
        "A managed policy can have up to 5 versions. Before you create a new version, you must"
            + " delete an existing version.");
  }

  static AwsException malformedPolicy(String message) {
    return AwsException.badRequest("MalformedPolicyDocument", message);
  }

  static AwsException invalidName(String member) {
    return invalid(
        "The specified value for "
            + member
            + " is invalid. It must contain only alphanumeric"
            + " characters and/or the following: +=,.@_-");
  }

  static AwsException tooLong(String member, int maxLength) {
    return invalid(
        "1 validation error detected: Value at '"
            + member
            + "' failed to satisfy constraint: Member must have length less than or equal to "
            + maxLength);
  }

  static AwsException invalidPath() {
    return invalid(
        "The specified value for path is invalid. It must begin and end with / and contain only"
            + " alphanumeric characters and/or / characters.");
  }

  static AwsException invalidScope(String scope) {
    return invalid(
        "1 validation error detected: Value '"
            + scope
            + "' at 'scope' failed to satisfy constraint: Member must satisfy enum value set:"
            + " [AWS, All, Local]");
  }

  static AwsException invalidSessionDuration(int seconds) {
    return invalid("MaxSessionDuration must be 3600 to 43200, got " + seconds + ".");
  }

  private static AwsException invalid(String message) {
    return AwsException.badRequest(VALIDATION, message);
  }

  private static AwsException noSuchEntity(String message) {
    return new AwsException("NoSuchEntity", 404, message);
  }

  private static AwsException conflict(String code, String message) {
    return new AwsException(code, 409, message);
  }
}
