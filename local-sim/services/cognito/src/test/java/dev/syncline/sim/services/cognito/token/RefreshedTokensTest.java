// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import static dev.syncline.sim.services.cognito.token.TokenFixture.claims;
import static dev.syncline.sim.services.cognito.token.TokenFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.CallContext;
import dev.syncline.sim.service.Input;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.Operation;
import dev.syncline.sim.services.cognito.pool.PoolUser;
import dev.syncline.sim.services.cognito.pool.TokenService;
import dev.syncline.sim.services.cognito.pool.UserFactors;
import dev.syncline.sim.services.cognito.pool.UserStatus;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Refresh, rotation, revocation and the errors of access tokens, in AWS's words. */
class RefreshedTokensTest {
  private final TokenFixture pool = new TokenFixture();

  @AfterEach
  void close() {
    pool.close();
  }

  private JsonNode operation(String name, ObjectNode input) {
    Operation operation =
        pool.parts.operations().stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow();
    CallContext call = pool.context.internalCall();
    return pool.call(() -> operation.handler().handle(new Input(input), call).json());
  }

  private static ObjectNode rotation(int grace) {
    ObjectNode settings = Json.object();
    settings
        .putObject("RefreshTokenRotation")
        .put("Feature", "ENABLED")
        .put("RetryGracePeriodSeconds", grace);
    return settings;
  }

  @Test
  void refreshKeepsTheSessionAndRenewsTheTimes() {
    ObjectNode first = pool.signIn();
    pool.clock.advance(Duration.ofMinutes(10));
    ObjectNode second = pool.refresh(first.path("RefreshToken").asText());
    assertThat(second.has("RefreshToken")).isFalse();
    ObjectNode before = claims(first.path("AccessToken").asText());
    ObjectNode after = claims(second.path("AccessToken").asText());
    for (String kept : new String[] {"sub", "auth_time", "event_id", "origin_jti"}) {
      assertThat(after.get(kept)).isEqualTo(before.get(kept));
    }
    assertThat(after.path("iat").asLong() - before.path("iat").asLong()).isEqualTo(600);
    assertThat(after.get("jti")).isNotEqualTo(before.get("jti"));
  }

  @Test
  void refreshRefusesInTheWordsOfAws() {
    String token = pool.signIn().path("RefreshToken").asText();
    assertThat(error(() -> pool.refresh("garbage")))
        .isEqualTo("NotAuthorizedException: Invalid Refresh Token");
    var other = pool.client("other", Json.object());
    assertThat(error(() -> pool.tokens.refresh(other, token, Map.of())))
        .isEqualTo("NotAuthorizedException: Refresh Token has different Client");
    pool.store.update(
        TokenFixture.POOL, "alice", user -> user.withEnabled(false, TokenFixture.START));
    assertThat(error(() -> pool.refresh(token)))
        .isEqualTo("NotAuthorizedException: User is disabled.");
    pool.store.removeUser(TokenFixture.POOL, "alice");
    assertThat(error(() -> pool.refresh(token)))
        .isEqualTo(
            "NotAuthorizedException: The user has been deleted for the associated refresh token");
  }

  @Test
  void refreshTokensExpireOnTheClock() {
    String token = pool.signIn().path("RefreshToken").asText();
    pool.clock.advance(Duration.ofDays(30));
    assertThat(error(() -> pool.refresh(token)))
        .isEqualTo("NotAuthorizedException: Refresh Token has expired");
  }

  @Test
  void aLaterUserOfTheSameNameDoesNotInheritTheSession() {
    ObjectNode first = pool.signIn();
    pool.store.removeUser(TokenFixture.POOL, "alice");
    pool.store.add(
        TokenFixture.POOL,
        new PoolUser(
            "alice",
            "another-sub",
            Map.of(),
            UserStatus.CONFIRMED,
            true,
            TokenFixture.START,
            TokenFixture.START,
            null,
            UserFactors.NONE));
    assertThat(error(() -> pool.refresh(first.path("RefreshToken").asText())))
        .contains("has been deleted");
    assertThat(error(() -> bearer(first.path("AccessToken").asText())))
        .isEqualTo("UserNotFoundException: User does not exist.");
  }

  @Test
  void rotationReplacesTheRefreshTokenAndKeepsTheSessionsExpiry() {
    pool.client(rotation(10));
    String first = pool.signIn().path("RefreshToken").asText();
    pool.clock.advance(Duration.ofDays(29));
    String second = pool.refresh(first).path("RefreshToken").asText();
    assertThat(second).isNotEmpty().isNotEqualTo(first);
    pool.clock.advance(Duration.ofSeconds(9));
    assertThat(pool.refresh(first).path("RefreshToken").asText()).isNotEmpty();
    pool.clock.advance(Duration.ofSeconds(1));
    assertThat(error(() -> pool.refresh(first))).startsWith("RefreshTokenReuseException: ");
    assertThat(pool.refresh(second).path("AccessToken").asText()).isNotEmpty();
    pool.clock.advance(Duration.ofDays(1));
    assertThat(error(() -> pool.refresh(second))).startsWith("RefreshTokenReuseException: ");
  }

  @Test
  void withoutGraceAnOldTokenIsRefusedAtOnce() {
    pool.client(rotation(0));
    String first = pool.signIn().path("RefreshToken").asText();
    pool.refresh(first);
    assertThat(error(() -> pool.refresh(first))).startsWith("RefreshTokenReuseException: ");
  }

  @Test
  void getTokensFromRefreshTokenChecksClientAndSecret() {
    pool.client(Json.object(), "s3cret");
    String token = pool.signIn().path("RefreshToken").asText();
    ObjectNode input =
        Json.object().put("RefreshToken", token).put("ClientId", TokenFixture.CLIENT);
    assertThat(error(() -> operation("GetTokensFromRefreshToken", input)))
        .startsWith("NotAuthorizedException: ");
    input.put("ClientSecret", "s3cret");
    assertThat(
            operation("GetTokensFromRefreshToken", input)
                .at("/AuthenticationResult/AccessToken")
                .asText())
        .isNotEmpty();
    input.put("RefreshToken", "garbage");
    assertThat(error(() -> operation("GetTokensFromRefreshToken", input)))
        .isEqualTo("NotAuthorizedException: Invalid Refresh Token.");
    input.put("ClientId", "nobody");
    assertThat(error(() -> operation("GetTokensFromRefreshToken", input)))
        .isEqualTo("ResourceNotFoundException: User pool client nobody does not exist.");
  }

  @Test
  void revocationEndsOneSessionAndIsRepeatable() {
    ObjectNode one = pool.signIn();
    ObjectNode two = pool.signIn();
    String refreshed = pool.refresh(one.path("RefreshToken").asText()).path("AccessToken").asText();
    ObjectNode input =
        Json.object()
            .put("Token", one.path("RefreshToken").asText())
            .put("ClientId", TokenFixture.CLIENT);
    assertThat(operation("RevokeToken", input)).isEmpty();
    assertThat(operation("RevokeToken", input)).isEmpty();
    assertThat(error(() -> pool.refresh(one.path("RefreshToken").asText())))
        .isEqualTo("NotAuthorizedException: Refresh Token has been revoked");
    for (String dead : new String[] {one.path("AccessToken").asText(), refreshed}) {
      assertThat(error(() -> bearer(dead)))
          .isEqualTo("NotAuthorizedException: Access Token has been revoked");
    }
    assertThat(bearer(two.path("AccessToken").asText()).user().username()).isEqualTo("alice");
  }

  @Test
  void revokeTokenRefusesInTheWordsOfAws() {
    ObjectNode result = pool.signIn();
    ObjectNode input =
        Json.object()
            .put("Token", result.path("AccessToken").asText())
            .put("ClientId", TokenFixture.CLIENT);
    assertThat(error(() -> operation("RevokeToken", input)))
        .startsWith("UnsupportedTokenTypeException: ");
    pool.client(Json.object(), "s3cret");
    assertThat(error(() -> operation("RevokeToken", input)))
        .isEqualTo("UnauthorizedException: Invalid client or secret");
    pool.client(Json.object().put("EnableTokenRevocation", false));
    assertThat(error(() -> operation("RevokeToken", input)))
        .startsWith("UnsupportedOperationException: ");
  }

  @Test
  void signOutEndsEverySessionAndANewSignInWorks() {
    ObjectNode old = pool.signIn();
    pool.tokens.signOut(TokenFixture.POOL, "alice");
    assertThat(error(() -> bearer(old.path("AccessToken").asText())))
        .isEqualTo("NotAuthorizedException: Access Token has been revoked");
    assertThat(error(() -> pool.refresh(old.path("RefreshToken").asText())))
        .isEqualTo("NotAuthorizedException: Refresh Token has been revoked");
    assertThat(bearer(pool.signIn().path("AccessToken").asText()).user().username())
        .isEqualTo("alice");
  }

  @Test
  void bearerRefusesInTheWordsOfAws() {
    ObjectNode result = pool.signIn();
    String token = result.path("AccessToken").asText();
    String[] parts = token.split("\\.", -1);
    ObjectNode claims = claims(token).put("username", "mallory");
    String forged = parts[0] + "." + encoded(claims) + "." + parts[2];
    assertThat(error(() -> bearer(result.path("IdToken").asText())))
        .isEqualTo("NotAuthorizedException: Invalid Access Token");
    for (String garbage : new String[] {"garbage", "a.b.c", "", "..", "é.é.é"}) {
      assertThat(error(() -> bearer(garbage)))
          .isEqualTo("NotAuthorizedException: Invalid Access Token");
    }
    for (String bad : new String[] {forged, parts[0] + "." + parts[1] + ".", token + "A"}) {
      assertThat(error(() -> bearer(bad)))
          .isEqualTo("NotAuthorizedException: Could not verify signature for Access Token");
    }
    assertThat(error(() -> pool.tokens.bearer(token, "openid")))
        .isEqualTo("NotAuthorizedException: Access Token does not have required scopes");
    pool.store.update(
        TokenFixture.POOL, "alice", user -> user.withEnabled(false, TokenFixture.START));
    assertThat(error(() -> bearer(token))).isEqualTo("NotAuthorizedException: User is disabled.");
    pool.store.removeUser(TokenFixture.POOL, "alice");
    assertThat(error(() -> bearer(token))).isEqualTo("UserNotFoundException: User does not exist.");
    pool.clock.advance(Duration.ofHours(1));
    assertThat(error(() -> bearer(token)))
        .isEqualTo("NotAuthorizedException: Access Token has expired");
  }

  @Test
  void keysAndSessionsOutliveTheProcess() {
    ObjectNode result = pool.signIn();
    try (var later = new TokenFixture()) {
      later.parts.restore(pool.parts.save());
      assertThat(later.tokens.bearer(result.path("AccessToken").asText(), TokenService.API_SCOPE))
          .isNotNull();
      assertThat(later.refresh(result.path("RefreshToken").asText()).has("IdToken")).isTrue();
      assertThat(pool.parts.save().toString()).doesNotContain(result.path("RefreshToken").asText());
    }
  }

  private TokenService.Bearer bearer(String token) {
    return pool.tokens.bearer(token, TokenService.API_SCOPE);
  }

  private static String encoded(ObjectNode claims) {
    return java.util.Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.writeBytes(claims));
  }
}
