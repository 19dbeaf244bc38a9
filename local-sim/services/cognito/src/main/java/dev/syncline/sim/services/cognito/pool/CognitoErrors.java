// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import dev.syncline.sim.kernel.Fault;
import dev.syncline.sim.service.AwsException;

/** The errors of Cognito user pools. Every one has the status 400, but for planned ones. */
public final class CognitoErrors {
  private CognitoErrors() {}

  /** No pool has that id. */
  public static AwsException noPool(String id) {
    return AwsException.badRequest(
        "ResourceNotFoundException", "User pool " + id + " does not exist.");
  }

  /** No client has that id, as operations of app clients answer. */
  public static AwsException noClient() {
    return AwsException.badRequest("ResourceNotFoundException", "User pool client does not exist.");
  }

  /** No client has that id, as sign-in answers. */
  public static AwsException noClient(String id) {
    return AwsException.badRequest(
        "ResourceNotFoundException", "User pool client " + id + " does not exist.");
  }

  /** No user has that name. */
  public static AwsException noUser() {
    return AwsException.badRequest("UserNotFoundException", "User does not exist.");
  }

  /** No group has that name. */
  public static AwsException noGroup() {
    return AwsException.badRequest("ResourceNotFoundException", "Group not found.");
  }

  /** A parameter is wrong. */
  public static AwsException invalidParameter(String message) {
    return AwsException.badRequest("InvalidParameterException", message);
  }

  /** The caller may not do this; the message has the reason. */
  public static AwsException notAuthorized(String message) {
    return AwsException.badRequest("NotAuthorizedException", message);
  }

  /** A password that the policy refuses. */
  public static AwsException invalidPassword(String message) {
    return AwsException.badRequest("InvalidPasswordException", message);
  }

  /** A password that the user had before. */
  public static AwsException passwordUsedBefore() {
    return AwsException.badRequest(
        "PasswordHistoryPolicyViolationException", "Password has previously been used");
  }

  /** A user of that name exists; each operation has its own text. */
  public static AwsException usernameExists(String message) {
    return AwsException.badRequest("UsernameExistsException", message);
  }

  /** Another user has that alias. */
  public static AwsException aliasExists(String message) {
    return AwsException.badRequest("AliasExistsException", message);
  }

  /** There are too many of something; the message names it. */
  public static AwsException limitExceeded(String message) {
    return AwsException.badRequest("LimitExceededException", message);
  }

  /** Something of that name does not exist; the message names it. */
  public static AwsException notFound(String message) {
    return AwsException.badRequest("ResourceNotFoundException", message);
  }

  /** OAuth flows that do not go together. */
  public static AwsException invalidOauthFlow(String message) {
    return AwsException.badRequest("InvalidOAuthFlowException", message);
  }

  /** No resource server has that scope. */
  public static AwsException noScope(String message) {
    return AwsException.badRequest("ScopeDoesNotExistException", message);
  }

  /** The user's status does not allow it. */
  public static AwsException userStatus(String message) {
    return AwsException.badRequest("UnsupportedUserStateException", message);
  }

  /** A value of another JSON type than the member's. */
  public static AwsException serialization(String message) {
    return AwsException.badRequest("SerializationException", message);
  }

  /** A provider of that name, or with that identifier, exists. */
  public static AwsException duplicateProvider(String message) {
    return AwsException.badRequest("DuplicateProviderException", message);
  }

  /** A group of that name exists. */
  public static AwsException groupExists() {
    return AwsException.badRequest("GroupExistsException", "A group with the name already exists.");
  }

  /** The caller calls too often. */
  public static AwsException tooManyRequests() {
    return AwsException.badRequest("TooManyRequestsException", "Rate exceeded");
  }

  /** A refusal that the user has planned. */
  public static AwsException planned(Fault.Refuse refuse) {
    return new AwsException(refuse.errorType(), refuse.status(), refuse.message());
  }
}
