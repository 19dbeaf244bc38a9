// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.kernel.Ids;
import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognito.pool.AppClient;
import dev.syncline.sim.services.cognito.pool.PoolStore;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.TokenService;
import dev.syncline.sim.services.cognito.pool.UserPool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Issues tokens with the keys of pools and keeps their sessions. Thread-safe. */
public final class PoolTokenService implements TokenService {
  /** The trigger source of sign-ins at the OAuth domain. */
  public static final String HOSTED = "TokenGeneration_HostedAuth";

  private final SimClock clock;
  private final Ids ids;
  private final PoolStore store;
  private final TokenKeys keys;
  private final TokenStore sessions;
  private final TokenIssuers issuers;
  private final PreTokenTrigger trigger;
  private final BearerTokens bearers;

  PoolTokenService(
      SimClock clock,
      Ids ids,
      PoolStore store,
      TokenKeys keys,
      TokenStore sessions,
      TokenIssuers issuers,
      PreTokenTrigger trigger) {
    this.clock = clock;
    this.ids = ids;
    this.store = store;
    this.keys = keys;
    this.sessions = sessions;
    this.issuers = issuers;
    this.trigger = trigger;
    this.bearers = new BearerTokens(clock, store, keys, sessions, issuers);
  }

  @Override
  public ObjectNode issue(Grant grant) {
    Instant now = clock.now();
    var session =
        new TokenSession(
            ids.uuid().toString(),
            ids.uuid().toString(),
            grant.pool().id(),
            grant.client().id(),
            grant.user().username(),
            grant.user().sub(),
            now,
            grant.scopes(),
            grant.source().equals(HOSTED),
            grant.deviceKey(),
            now.plus(grant.client().refreshTokenLife()),
            false);
    ObjectNode result =
        tokens(
            grant.pool(),
            grant.client(),
            grant.user(),
            session,
            grant.source(),
            grant.clientMetadata(),
            grant.nonce());
    String refreshToken = RefreshText.create(ids);
    sessions.add(session);
    sessions.add(new TokenStore.Refresh(RefreshText.digest(refreshToken), session.eventId(), null));
    return result.put("RefreshToken", refreshToken);
  }

  @Override
  public ObjectNode refresh(
      AppClient client, String refreshToken, Map<String, String> clientMetadata) {
    return refresh(client, find(client, refreshToken), clientMetadata);
  }

  /** As {@link #refresh}, in the words of GetTokensFromRefreshToken for a token unknown here. */
  ObjectNode exchange(AppClient client, String refreshToken, Map<String, String> metadata) {
    if (known(client, refreshToken).isEmpty()) {
      throw TokenErrors.unknownRefreshToken();
    }
    return refresh(client, refreshToken, metadata);
  }

  private ObjectNode refresh(
      AppClient client, TokenStore.Found found, Map<String, String> clientMetadata) {
    TokenSession session = found.session();
    requireUsable(client, found);
    UserPool pool = store.pool(session.poolId());
    PoolUser user =
        store
            .findUser(pool.id(), session.username(), true)
            .filter(known -> known.sub().equals(session.sub()))
            .orElseThrow(TokenErrors::refreshUserDeleted);
    if (!user.enabled()) {
      throw TokenErrors.userDisabled();
    }
    ObjectNode result =
        tokens(pool, client, user, session, "TokenGeneration_RefreshTokens", clientMetadata, null);
    if (rotates(client)) {
      String successor = RefreshText.create(ids);
      sessions.replace(
          found.token(),
          new TokenStore.Refresh(RefreshText.digest(successor), session.eventId(), null),
          clock.now());
      result.put("RefreshToken", successor);
    }
    return result;
  }

  private TokenStore.Found find(AppClient client, String refreshToken) {
    TokenStore.Found found =
        known(client, refreshToken).orElseThrow(TokenErrors::invalidRefreshToken);
    if (!found.session().clientId().equals(client.id())) {
      throw TokenErrors.otherClient();
    }
    return found;
  }

  /** A token of the client's pool. */
  private Optional<TokenStore.Found> known(AppClient client, String refreshToken) {
    return sessions
        .refreshToken(RefreshText.digest(refreshToken))
        .filter(found -> found.session().poolId().equals(client.poolId()));
  }

  private void requireUsable(AppClient client, TokenStore.Found found) {
    Instant now = clock.now();
    if (found.session().revoked()) {
      throw TokenErrors.refreshTokenRevoked();
    }
    Instant replaced = found.token().replaced();
    if (replaced != null && !now.isBefore(replaced.plus(grace(client)))) {
      throw TokenErrors.refreshTokenReused();
    }
    if (!now.isBefore(found.session().refreshUntil())) {
      throw TokenErrors.refreshTokenExpired();
    }
  }

  private static boolean rotates(AppClient client) {
    return client.settings().at("/RefreshTokenRotation/Feature").asText().equals("ENABLED");
  }

  private static Duration grace(AppClient client) {
    return Duration.ofSeconds(
        client.settings().at("/RefreshTokenRotation/RetryGracePeriodSeconds").asInt(0));
  }

  private ObjectNode tokens(
      UserPool pool,
      AppClient client,
      PoolUser user,
      TokenSession session,
      String source,
      Map<String, String> metadata,
      @Nullable String nonce) {
    UserGroups groups = UserGroups.of(store.groupsOf(pool.id(), user.username()));
    TokenOverrides overrides =
        trigger.ofUser(pool, client, user, source, groups, session.scopes(), metadata);
    var claims =
        new TokenClaims(
            client, user, session, overrides.groups(groups), issuers.of(pool), clock.now(), nonce);
    TokenKeys.PoolKeys poolKeys = keys.of(pool.id());
    ObjectNode access = claims.access(overrides.scopes(session.scopes()), ids.uuid().toString());
    overrides.applyToAccess(access);
    String accessToken = poolKeys.access().sign(access);
    ObjectNode result =
        Json.object()
            .put("AccessToken", accessToken)
            .put("ExpiresIn", client.accessTokenLife().toSeconds())
            .put("TokenType", "Bearer");
    if (!session.hosted() || session.scopes().contains("openid")) {
      ObjectNode id = claims.id(ids.uuid().toString(), accessToken);
      overrides.applyToId(id);
      result.put("IdToken", poolKeys.id().sign(id));
    }
    return result;
  }

  /**
   * An access token of a client itself, by client credentials.
   *
   * @param metadata given to PreTokenGeneration
   */
  public String clientToken(
      UserPool pool, AppClient client, List<String> scopes, Map<String, String> metadata) {
    TokenOverrides overrides = trigger.ofClient(pool, client, scopes, metadata);
    Instant now = clock.now();
    ObjectNode claims =
        Json.object()
            .put("sub", client.id())
            .put("token_use", "access")
            .put("scope", String.join(" ", overrides.scopes(scopes)))
            .put("auth_time", now.getEpochSecond())
            .put("iss", issuers.of(pool))
            .put("exp", now.plus(client.accessTokenLife()).getEpochSecond())
            .put("iat", now.getEpochSecond())
            .put("version", 2)
            .put("jti", ids.uuid().toString())
            .put("client_id", client.id());
    overrides.applyToAccess(claims);
    return keys.of(pool.id()).access().sign(claims);
  }

  @Override
  public Optional<String> refreshUser(AppClient client, String refreshToken) {
    return sessions
        .refreshToken(RefreshText.digest(refreshToken))
        .map(TokenStore.Found::session)
        .filter(session -> session.clientId().equals(client.id()))
        .map(TokenSession::username);
  }

  @Override
  public Bearer bearer(String accessToken, String requiredScope) {
    return bearers.bearer(accessToken, requiredScope);
  }

  /**
   * Revokes a refresh token with the access tokens of its session; a token that is not known is
   * left.
   *
   * @throws dev.syncline.sim.service.AwsException {@code UnsupportedTokenTypeException} for
   *     something else than a refresh token, {@code UnauthorizedException} for another client's
   */
  public void revoke(AppClient client, String token) {
    Optional<TokenStore.Found> found = sessions.refreshToken(RefreshText.digest(token));
    if (found.isEmpty()) {
      throw TokenErrors.notARefreshToken();
    }
    if (!found.get().session().clientId().equals(client.id())) {
      throw TokenErrors.invalidClientOrSecret();
    }
    sessions.end(found.get().session().eventId());
  }

  @Override
  public void signOut(String poolId, String username) {
    sessions.end(session -> session.poolId().equals(poolId) && session.username().equals(username));
  }

  @Override
  public void forget(String poolId) {
    keys.forget(poolId);
    sessions.forget(poolId);
  }
}
