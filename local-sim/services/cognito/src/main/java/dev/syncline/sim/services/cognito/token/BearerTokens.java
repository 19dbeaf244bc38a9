// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognito.pool.AppClient;
import dev.syncline.sim.services.cognito.pool.CognitoErrors;
import dev.syncline.sim.services.cognito.pool.PoolStore;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.TokenService.Bearer;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Verifies access tokens. Thread-safe. */
record BearerTokens(
    SimClock clock, PoolStore store, TokenKeys keys, TokenStore sessions, TokenIssuers issuers) {
  /** A longer text is not a token. */
  private static final int MAX_LENGTH = 64 * 1024;

  /** The bearer of an access token that has this scope. */
  Bearer bearer(String accessToken, String requiredScope) {
    ObjectNode claims = claims(accessToken).orElseThrow(TokenErrors::invalidAccessToken);
    UserPool pool =
        issuers.pool(claims.path("iss").asText()).orElseThrow(TokenErrors::invalidAccessToken);
    if (!claims.path("token_use").asText().equals("access")) {
      throw TokenErrors.invalidAccessToken();
    }
    if (!keys.of(pool.id()).access().signed(accessToken)) {
      throw TokenErrors.accessTokenSignature();
    }
    if (clock.now().getEpochSecond() >= claims.path("exp").asLong()) {
      throw TokenErrors.accessTokenExpired();
    }
    if (sessions
        .session(claims.path("event_id").asText())
        .filter(TokenSession::revoked)
        .isPresent()) {
      throw TokenErrors.accessTokenRevoked();
    }
    String[] scopes = claims.path("scope").asText().split(" ", -1);
    if (!Arrays.asList(scopes).contains(requiredScope)) {
      throw TokenErrors.missingScope();
    }
    PoolUser user =
        store
            .findUser(pool.id(), claims.path("username").asText(), true)
            .filter(found -> found.sub().equals(claims.path("sub").asText()))
            .orElseThrow(CognitoErrors::noUser);
    if (!user.enabled()) {
      throw TokenErrors.userDisabled();
    }
    String clientId = claims.path("client_id").asText();
    AppClient client =
        store.findClient(clientId).orElseThrow(() -> CognitoErrors.noClient(clientId));
    return new Bearer(pool, client, user, claims);
  }

  private static Optional<ObjectNode> claims(String token) {
    String[] parts = token.length() > MAX_LENGTH ? new String[0] : token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      JsonNode claims = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1]));
      return claims instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (IOException | IllegalArgumentException notAToken) {
      return Optional.empty();
    }
  }
}
