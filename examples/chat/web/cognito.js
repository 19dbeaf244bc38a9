// SPDX-License-Identifier: Apache-2.0
// Signs in to a Cognito user pool and keeps the tokens fresh. Tokens are in memory only: a reload of the
// page signs out.

import { begin, prove } from './srp.js';

const EARLY_MS = 60_000;

/** An error of Cognito; `name` is its type. */
class CognitoError extends Error {
  constructor(type, message) {
    super(message);
    this.name = type;
  }
}

async function call(config, operation, input) {
  const response = await fetch(config.cognitoUrl, {
    method: 'POST',
    cache: 'no-store',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.' + operation,
    },
    body: JSON.stringify(input),
  });
  const answer = await response.json();
  if (!response.ok) {
    throw new CognitoError(answer.__type ?? 'Error', answer.message ?? 'Cognito answered ' + response.status);
  }
  return answer;
}

function claims(token) {
  const text = atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (char) => char.charCodeAt(0))));
}

/** A signed-in user. */
export class Session {
  constructor(config, result, now) {
    this.config = config;
    this.refreshToken = result.RefreshToken;
    this.take(result, now);
  }

  take(result, now) {
    this.accessToken = result.AccessToken;
    this.expires = now() + result.ExpiresIn * 1000;
    this.username = claims(result.AccessToken).username;
  }

  /** The access token, refreshed when it expires within a minute. */
  async token(now = Date.now) {
    if (now() > this.expires - EARLY_MS) {
      const answer = await call(this.config, 'InitiateAuth', {
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        ClientId: this.config.clientId,
        AuthParameters: { REFRESH_TOKEN: this.refreshToken },
      });
      this.take(answer.AuthenticationResult, now);
    }
    return this.accessToken;
  }

  /** Ends the session: the refresh token is worth nothing afterwards. */
  async signOut() {
    await call(this.config, 'RevokeToken', { Token: this.refreshToken, ClientId: this.config.clientId });
  }
}

/** Signs in with SRP; `newPassword` answers the demand to replace a temporary password. */
export async function signIn(config, username, password, newPassword, now = Date.now) {
  const attempt = begin();
  const challenge = await call(config, 'InitiateAuth', {
    AuthFlow: 'USER_SRP_AUTH',
    ClientId: config.clientId,
    AuthParameters: { USERNAME: username, SRP_A: attempt.srpA },
  });
  const proof = await prove(attempt, config.userPoolId, challenge.ChallengeParameters, password, new Date(now()));
  let answer = await call(config, 'RespondToAuthChallenge', {
    ChallengeName: 'PASSWORD_VERIFIER',
    ClientId: config.clientId,
    Session: challenge.Session,
    ChallengeResponses: proof,
  });
  if (answer.ChallengeName === 'NEW_PASSWORD_REQUIRED') {
    if (!newPassword) {
      throw new CognitoError(answer.ChallengeName, 'Give a new password');
    }
    answer = await call(config, 'RespondToAuthChallenge', {
      ChallengeName: answer.ChallengeName,
      ClientId: config.clientId,
      Session: answer.Session,
      ChallengeResponses: { USERNAME: proof.USERNAME, NEW_PASSWORD: newPassword },
    });
  }
  if (!answer.AuthenticationResult) {
    throw new CognitoError(answer.ChallengeName, 'This page does not know the challenge ' + answer.ChallengeName);
  }
  return new Session(config, answer.AuthenticationResult, now);
}
