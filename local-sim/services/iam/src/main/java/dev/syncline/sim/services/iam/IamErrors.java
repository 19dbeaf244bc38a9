// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.service.AwsException;
import java.util.List;

/** The errors of AWS IAM. Codes and statuses are AWS's, and so are the texts where recorded. */
final class IamErrors {
  /** The code for a marker that no page gave. */
  static final String INVALID_MARKER = "InvalidInput";

  private static final String VALIDATION = "ValidationError";
  private static final String DELETE_CONFLICT = "DeleteConflict";
  private static final String EXISTS = "EntityAlreadyExists";
  private static final String LIMIT = "LimitExceeded";

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

  /** {@code noun} is user, group or role. */
  static AwsException noSuchInlinePolicy(String noun, String name) {
    return noSuchEntity("The " + noun + " policy with name " + name + " cannot be found.");
  }

  static AwsException noSuchKey(String id) {
    return noSuchEntity("The Access Key with id " + id + " cannot be found.");
  }

  static AwsException noLogin(String user) {
    return noSuchEntity("Login Profile for User " + user + " cannot be found.");
  }

  static AwsException noSuchAlias(String alias) {
    return noSuchEntity("The account alias with name " + alias + " cannot be found.");
  }

  static AwsException notInGroup(String user, String group) {
    return noSuchEntity("The user with name " + user + " is not in the group " + group + ".");
  }

  static AwsException hasNoBoundary(String noun, String name) {
    return noSuchEntity("The " + noun + " with name " + name + " has no permissions boundary.");
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

  /** The record exists already; {@code kind} begins with a capital. */
  static AwsException exists(String kind, String name) {
    return conflict(EXISTS, kind + " with name " + name + " already exists.");
  }

  static AwsException profileExists(String name) {
    return conflict(EXISTS, "Instance Profile " + name + " already exists.");
  }

  static AwsException providerExists(String url) {
    return conflict(EXISTS, "Provider with url " + url + " already exists.");
  }

  static AwsException loginExists(String user) {
    return conflict(EXISTS, "Login Profile for user " + user + " already exists.");
  }

  static AwsException aliasExists(String alias) {
    return conflict(EXISTS, "The account alias " + alias + " already exists.");
  }

  static AwsException policyExists(String name) {
    return conflict(
        EXISTS, "A policy called " + name + " already exists. Duplicate names are not allowed.");
  }

  /** A record cannot be deleted while it holds something, such as "detach all policies". */
  static AwsException mustFirst(String task) {
    return conflict(DELETE_CONFLICT, "Cannot delete entity, must " + task + " first.");
  }

  static AwsException quota(String name, int most) {
    return conflict(LIMIT, "Cannot exceed quota for " + name + ": " + most);
  }

  static AwsException inlineTooLarge(int most, String noun, String name) {
    return conflict(
        LIMIT, "Maximum policy size of " + most + " bytes exceeded for " + noun + " " + name);
  }

  static AwsException protectedRole(String name) {
    return AwsException.badRequest(
        "UnmodifiableEntity",
        "Cannot perform the operation on the protected role '"
            + name
            + "' - this role is only modifiable by AWS");
  }

  static AwsException noServiceRoleTemplate(String service) {
    return invalidInput("Cannot find Service Linked Role template for " + service);
  }

  static AwsException noCustomSuffix(String service) {
    return invalidInput("Custom suffix is not allowed for " + service);
  }

  static AwsException serviceRoleTaken(String name) {
    return invalidInput(
        "Service role name "
            + name
            + " has been taken in this account, please try a different suffix.");
  }

  static AwsException notServiceLinked(String name) {
    return invalidInput("Role " + name + " is not a service-linked role.");
  }

  static AwsException noSuchDeletion(String task) {
    return noSuchEntity("Deletion task " + task + " cannot be found.");
  }

  static AwsException invalidProviderUrl() {
    return invalid("Invalid Open ID Connect Provider URL");
  }

  static AwsException invalidAlias(String alias) {
    return invalid(
        "1 validation error detected: Value '"
            + alias
            + "' at 'accountAlias' failed to satisfy constraint: Member must satisfy regular"
            + " expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$");
  }

  static AwsException notOneOf(String member, String value, List<String> values) {
    return invalid(
        "1 validation error detected: Value '"
            + value
            + "' at '"
            + member
            + "' failed to satisfy constraint: Member must satisfy enum value set: ["
            + String.join(", ", values)
            + "]");
  }

  static AwsException noUserCalls() {
    return invalid("Must specify userName when calling with non-User credentials");
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
        LIMIT,
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

  static AwsException invalidSessionDuration(int seconds) {
    return invalid("MaxSessionDuration must be 3600 to 43200, got " + seconds + ".");
  }

  /** For the simulator of policies. */
  static AwsException invalidInput(String message) {
    return AwsException.badRequest("InvalidInput", message);
  }

  static AwsException missing(String member) {
    return invalid(
        "1 validation error detected: Value null at '"
            + member
            + "' failed to satisfy constraint: Member must not be null");
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
