// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.state;

import static dev.syncline.sim.services.cognito.pool.CognitoErrors.invalidParameter;
import static dev.syncline.sim.services.cognito.pool.CognitoErrors.notAuthorized;

import dev.syncline.sim.service.AwsException;

/** The errors of sign-up and sign-in. Texts as recorded, or as many public clients expect them. */
public final class AuthErrors {
  private AuthErrors() {}

  private static AwsException error(String code, String message) {
    return AwsException.badRequest(code, message);
  }

  /** The client belongs to another pool, or to none. */
  public static AwsException noClientInPool(String clientId, String poolId) {
    return error(
        "ResourceNotFoundException",
        "User pool client " + clientId + " does not exist in user pool " + poolId + ".");
  }

  /** The client's list of flows lacks this one. */
  public static AwsException flowNotEnabled(String flow) {
    return invalidParameter(flow + " flow not enabled for this client");
  }

  /** As {@link #flowNotEnabled}, for the administrator's flow and for refreshing. */
  public static AwsException otherFlowNotEnabled() {
    return invalidParameter("Auth flow not enabled for this client");
  }

  /** As {@link #flowNotEnabled}, for SRP and custom challenges. */
  public static AwsException notEnabledForClient(String flow) {
    return invalidParameter(flow + " is not enabled for the client.");
  }

  /** The flow belongs to AdminInitiateAuth. */
  public static AwsException adminFlowOnly() {
    return invalidParameter("Initiate Auth method not supported.");
  }

  /** A parameter of the flow or of the challenge is missing. */
  public static AwsException missingParameter(String name) {
    return invalidParameter("Missing required parameter " + name);
  }

  /** The password is wrong, or the user does not exist and the client hides that. */
  public static AwsException wrongPassword() {
    return notAuthorized("Incorrect username or password.");
  }

  /** The user is disabled. */
  public static AwsException disabled() {
    return notAuthorized("User is disabled.");
  }

  /** The user has not confirmed the sign-up. */
  public static AwsException notConfirmed() {
    return error("UserNotConfirmedException", "User is not confirmed.");
  }

  /** An administrator has reset the password. */
  public static AwsException resetRequired() {
    return error("PasswordResetRequiredException", "Password reset required for the user");
  }

  /** A temporary password is older than the pool allows. */
  public static AwsException temporaryPasswordExpired() {
    return notAuthorized("Temporary password has expired and must be reset by an administrator.");
  }

  /** The user is locked out after wrong passwords. */
  public static AwsException attemptsExceeded() {
    return notAuthorized("Password attempts exceeded");
  }

  /** A secret hash is needed. */
  public static AwsException secretHashMissing(String clientId) {
    return notAuthorized(
        "Client " + clientId + " is configured with secret but SECRET_HASH was not received");
  }

  /** The secret hash is wrong. */
  public static AwsException secretHashWrong(String clientId) {
    return notAuthorized("Unable to verify secret hash for client " + clientId);
  }

  /** No such session, or a session of something else. */
  public static AwsException invalidSession() {
    return notAuthorized("Invalid session for the user.");
  }

  /** The session is too old. */
  public static AwsException sessionExpired() {
    return notAuthorized("Invalid session for the user, session is expired.");
  }

  /** The session was answered before. */
  public static AwsException sessionUsed() {
    return notAuthorized("Invalid session for the user, session can only be used once.");
  }

  /** The code is not the one that was sent. */
  public static AwsException codeMismatch() {
    return error("CodeMismatchException", "Invalid verification code provided, please try again.");
  }

  /** The code is not the one that was sent for a sign-in without a password. */
  public static AwsException otpMismatch() {
    return error("CodeMismatchException", "Invalid code or auth state for the user.");
  }

  /** The code of a further factor is wrong. */
  public static AwsException factorMismatch() {
    return error("CodeMismatchException", "Invalid code received for user");
  }

  /** The software token's code was used before. */
  public static AwsException tokenCodeUsed() {
    return error("ExpiredCodeException", "Your software token has already been used once.");
  }

  /** The software token's first code is wrong. */
  public static AwsException tokenSetupMismatch() {
    return error("EnableSoftwareTokenMFAException", "Code mismatch");
  }

  /** The user has no software token. */
  public static AwsException noSoftwareToken() {
    return error(
        "SoftwareTokenMFANotFoundException",
        "Software Token MFA has not been enabled by the userPool");
  }

  /** No code was sent, or it is too old. */
  public static AwsException codeExpired() {
    return error("ExpiredCodeException", "Invalid code provided, please request a code again.");
  }

  /** Too many calls for one user. */
  public static AwsException limitExceeded() {
    return error("LimitExceededException", "Attempt limit exceeded, please try after some time.");
  }

  /** No user has that name, as operations with codes answer. */
  public static AwsException noUserForClient() {
    return error("UserNotFoundException", "Username/client id combination not found.");
  }

  /** The trigger of a migration failed. */
  public static AwsException migrationFailed(String clientId) {
    return error("UserNotFoundException", "Exception migrating user in app client " + clientId);
  }

  /** No address can receive the code of a password reset. */
  public static AwsException noRecoveryAddress() {
    return invalidParameter(
        "Cannot reset password for the user as there is no registered/verified email or"
            + " phone_number");
  }

  /** The pool has no trigger for custom challenges. */
  public static AwsException noCustomTrigger() {
    return invalidParameter("Custom auth lambda trigger is not configured for the user pool.");
  }

  /** The answer of a trigger lacks something. */
  public static AwsException triggerAnswer(String message) {
    return error("InvalidLambdaResponseException", message);
  }

  /** The answer names a factor that was not offered. */
  public static AwsException unknownAnswer(String answer) {
    return invalidParameter("The answer " + answer + " is not one of the choices.");
  }

  /** A required attribute has a value already. */
  public static AwsException attributeGiven(String name) {
    return notAuthorized("Cannot modify an already provided " + name);
  }

  /** A required attribute is missing. */
  public static AwsException attributeMissing(String name) {
    return invalidParameter("Invalid attributes given, " + name + " is missing");
  }

  /** A trigger verifies an address that the user does not have. */
  public static AwsException cannotVerify(String attribute) {
    return triggerAnswer(
        "The trigger verifies " + attribute + ", and the user has no such attribute.");
  }

  /** A number is not hexadecimal. */
  public static AwsException notHexadecimal(String name) {
    return invalidParameter(name + " must be hexadecimal.");
  }

  /** The user has no such device. */
  public static AwsException noDevice() {
    return error("ResourceNotFoundException", "Device does not exist.");
  }

  /** The pool does not remember devices. */
  public static AwsException noDeviceTracking() {
    return error(
        "InvalidUserPoolConfigurationException",
        "Device tracking is not enabled for this user pool.");
  }

  /** The simulator does not do this. */
  public static AwsException unsupported(String what) {
    return invalidParameter("The simulator does not support " + what + ".");
  }
}
