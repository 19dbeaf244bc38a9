// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The token keys of user pools. {@code cognito} provides it; {@code appsync} verifies and issues
 * tokens with it, and {@code cognitoidentity} verifies logins. It is not an operation. Thread-safe.
 */
public interface UserPoolTokens {
  /**
   * The public keys of the pool as its {@code jwks.json} has them.
   *
   * @param issuer as {@code iss} names it, such as {@code
   *     https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab1Cd2Ef3}
   * @return empty when this simulator has no such pool
   */
  Optional<String> publicKeys(String issuer);

  /**
   * Signs claims with a key of the pool.
   *
   * @param use {@code id} or {@code access}: which of the pool's keys
   * @return a signed token; empty when this simulator has no such pool
   */
  Optional<String> sign(String issuer, String use, ObjectNode claims);
}
