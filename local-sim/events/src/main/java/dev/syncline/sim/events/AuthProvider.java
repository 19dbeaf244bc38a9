// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An authorization provider of an API, with the data to verify credentials. Immutable. Source: the
 * service's model, {@code AuthProvider}.
 */
public sealed interface AuthProvider {

  /** The mode it verifies. */
  AuthMode mode();

  /** The API's own keys. */
  record ApiKeys() implements AuthProvider {
    @Override
    public AuthMode mode() {
      return AuthMode.API_KEY;
    }
  }

  /** Signature Version 4. */
  record Iam() implements AuthProvider {
    @Override
    public AuthMode mode() {
      return AuthMode.AWS_IAM;
    }
  }

  /**
   * Tokens of a Cognito user pool.
   *
   * @param appIdClientRegex which app clients may use it, null for any
   */
  record Cognito(String userPoolId, String awsRegion, @Nullable String appIdClientRegex)
      implements AuthProvider {
    @Override
    public AuthMode mode() {
      return AuthMode.AMAZON_COGNITO_USER_POOLS;
    }

    /** The {@code iss} of the pool's tokens. */
    public String issuer() {
      return "https://cognito-idp." + awsRegion + ".amazonaws.com/" + userPoolId;
    }
  }

  /**
   * Tokens of an OpenID Connect issuer.
   *
   * @param issuer as configured: the {@code iss} of its tokens, with or without a slash at its end
   * @param clientId a pattern for {@code aud} or {@code azp}, null for any
   * @param issuedWithin how old a token may be since {@code iat}, zero for any age
   * @param authenticatedWithin how long ago {@code auth_time} may be, zero for any
   */
  record OpenIdConnect(
      String issuer, @Nullable String clientId, Duration issuedWithin, Duration authenticatedWithin)
      implements AuthProvider {
    @Override
    public AuthMode mode() {
      return AuthMode.OPENID_CONNECT;
    }
  }

  /**
   * Tokens that a function decides on.
   *
   * @param authorizerUri the function's ARN
   * @param resultTtl how long an answer is cached, zero to call the function each time
   * @param identityValidationExpression a pattern that a token must match before the function is
   *     called, null for none
   */
  record Lambda(
      String authorizerUri, Duration resultTtl, @Nullable String identityValidationExpression)
      implements AuthProvider {
    @Override
    public AuthMode mode() {
      return AuthMode.AWS_LAMBDA;
    }
  }
}
