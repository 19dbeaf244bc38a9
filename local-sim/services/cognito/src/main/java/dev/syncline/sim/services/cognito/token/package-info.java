// SPDX-License-Identifier: Apache-2.0
/**
 * The tokens of user pools: keys, claims, refresh tokens, sessions and their revocation, and the
 * documents that verifiers fetch.
 *
 * <p>Sources: the developer guide of Amazon Cognito, "Understanding user pool JSON web tokens", the
 * API reference and recorded tokens.
 *
 * <p>Reading order: {@link dev.syncline.sim.services.cognito.token.TokenParts}, {@link
 * dev.syncline.sim.services.cognito.token.PoolTokenService}, {@code TokenClaims}, {@code
 * TokenStore}.
 */
@NullMarked
package dev.syncline.sim.services.cognito.token;

import org.jspecify.annotations.NullMarked;
