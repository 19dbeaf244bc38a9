// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

/**
 * The keys of the OpenID tokens of identity pools. {@code cognitoidentity} provides it; {@code sts}
 * verifies the tokens with it. Thread-safe.
 */
@FunctionalInterface
public interface IdentityPoolTokens {
  /** The public keys as a JSON Web Key Set. */
  String publicKeys();
}
