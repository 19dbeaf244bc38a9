// SPDX-License-Identifier: Apache-2.0
/**
 * The OAuth 2.0 domain of user pools: authorize, login page, tokens, userInfo, revocation and
 * logout.
 *
 * <p>Sources: the developer guide of Amazon Cognito, "User pool endpoints and managed login
 * reference"; RFC 6749, RFC 7636.
 *
 * <p>Reading order: {@link dev.syncline.sim.services.cognito.oauth.OAuthEndpoint}, {@code
 * AuthorizeRequest}, {@code LoginSteps}, {@code OAuthTokenGrants}.
 */
@NullMarked
package dev.syncline.sim.services.cognito.oauth;

import org.jspecify.annotations.NullMarked;
