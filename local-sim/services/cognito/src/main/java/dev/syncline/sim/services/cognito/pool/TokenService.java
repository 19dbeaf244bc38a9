// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.pool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Issues and verifies the tokens of user pools. Thread-safe. */
public interface TokenService {
  /** The scope of a sign-in by API. */
  String API_SCOPE = "aws.cognito.signin.user.admin";

  /**
   * What tokens are issued for.
   *
   * @param source the trigger source of PreTokenGeneration, such as {@code
   *     TokenGeneration_Authentication}
   * @param scopes the scopes of the access token
   * @param clientMetadata given to PreTokenGeneration
   * @param deviceKey null for none
   * @param nonce of an OAuth request; null for none
   */
  record Grant(
      UserPool pool,
      AppClient client,
      PoolUser user,
      String source,
      List<String> scopes,
      Map<String, String> clientMetadata,
      @Nullable String deviceKey,
      @Nullable String nonce) {
    /** A sign-in by API. */
    public static Grant signIn(
        UserPool pool,
        AppClient client,
        PoolUser user,
        String source,
        Map<String, String> clientMetadata) {
      return new Grant(pool, client, user, source, List.of(API_SCOPE), clientMetadata, null, null);
    }
  }

  /**
   * Issues tokens.
   *
   * @return {@code AuthenticationResult}: AccessToken, IdToken, RefreshToken, ExpiresIn, TokenType
   */
  ObjectNode issue(Grant grant);

  /**
   * Issues tokens for a refresh token.
   *
   * @return {@code AuthenticationResult} without RefreshToken, unless the client rotates them
   * @throws dev.syncline.sim.service.AwsException {@code NotAuthorizedException} and others
   */
  ObjectNode refresh(AppClient client, String refreshToken, Map<String, String> clientMetadata);

  /** The user name of a refresh token that is valid for this client. */
  java.util.Optional<String> refreshUser(AppClient client, String refreshToken);

  /**
   * The bearer of an access token.
   *
   * @param claims of the token
   */
  record Bearer(UserPool pool, AppClient client, PoolUser user, ObjectNode claims) {}

  /**
   * Verifies an access token of a sign-in by API.
   *
   * @param requiredScope a scope that it must have, such as {@link #API_SCOPE}
   * @throws dev.syncline.sim.service.AwsException {@code NotAuthorizedException}, {@code
   *     UserNotFoundException}
   */
  Bearer bearer(String accessToken, String requiredScope);

  /** Ends every session of a user: refresh tokens and access tokens are revoked. */
  void signOut(String poolId, String username);

  /** Forgets what it keeps for a pool that was deleted. */
  void forget(String poolId);
}
