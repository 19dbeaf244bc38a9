// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;

/** The errors of tokens. Every one has the status 400. */
final class TokenErrors {
  private TokenErrors() {}

  static AwsException invalidRefreshToken() {
    return CognitoErrors.notAuthorized("Invalid Refresh Token");
  }

  /** With a full stop, in GetTokensFromRefreshToken. Source: aws-sdk-js-v3, issue 7162. */
  static AwsException unknownRefreshToken() {
    return CognitoErrors.notAuthorized("Invalid Refresh Token.");
  }

  static AwsException otherClient() {
    return CognitoErrors.notAuthorized("Refresh Token has different Client");
  }

  static AwsException refreshTokenRevoked() {
    return CognitoErrors.notAuthorized("Refresh Token has been revoked");
  }

  static AwsException refreshTokenExpired() {
    return CognitoErrors.notAuthorized("Refresh Token has expired");
  }

  static AwsException refreshTokenReused() {
    return AwsException.badRequest(
        "RefreshTokenReuseException", "Refresh Token has been invalidated by rotation");
  }

  static AwsException refreshUserDeleted() {
    return CognitoErrors.notAuthorized(
        "The user has been deleted for the associated refresh token");
  }

  static AwsException userDisabled() {
    return CognitoErrors.notAuthorized("User is disabled.");
  }

  static AwsException invalidAccessToken() {
    return CognitoErrors.notAuthorized("Invalid Access Token");
  }

  static AwsException accessTokenSignature() {
    return CognitoErrors.notAuthorized("Could not verify signature for Access Token");
  }

  static AwsException accessTokenExpired() {
    return CognitoErrors.notAuthorized("Access Token has expired");
  }

  static AwsException accessTokenRevoked() {
    return CognitoErrors.notAuthorized("Access Token has been revoked");
  }

  static AwsException missingScope() {
    return CognitoErrors.notAuthorized("Access Token does not have required scopes");
  }

  static AwsException wrongSecret(String clientId) {
    return CognitoErrors.notAuthorized("Unable to verify secret for client " + clientId);
  }

  static AwsException invalidClientOrSecret() {
    return AwsException.badRequest("UnauthorizedException", "Invalid client or secret");
  }

  static AwsException notARefreshToken() {
    return AwsException.badRequest("UnsupportedTokenTypeException", "Unsupported token type");
  }

  static AwsException revocationOff() {
    return AwsException.badRequest(
        "UnsupportedOperationException", "Token revocation is not enabled for this client");
  }

  static AwsException unreadableOutput() {
    return AwsException.badRequest(
        "InvalidLambdaResponseException", "Unrecognizable lambda output");
  }
}
