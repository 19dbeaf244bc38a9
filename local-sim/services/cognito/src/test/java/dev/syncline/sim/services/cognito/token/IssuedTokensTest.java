// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import static dev.syncline.sim.services.cognito.token.TokenFixture.claims;
import static dev.syncline.sim.services.cognito.token.TokenFixture.names;
import static dev.syncline.sim.services.cognito.token.TokenFixture.part;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.service.settings.CognitoSettings;
import dev.syncline.sim.services.cognito.pool.TokenService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The claims of the tokens that a pool issues. Expected members and order are AWS's. */
class IssuedTokensTest {
  private static final String ROLE = "arn:aws:iam::111111111111:role/";

  private final TokenFixture pool = new TokenFixture();

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void accessTokenHasTheClaimsOfAws() {
    ObjectNode result = pool.signIn();
    String token = result.path("AccessToken").asText();
    ObjectNode claims = claims(token);
    assertThat(names(part(token, 0))).containsExactly("kid", "alg");
    assertThat(names(claims))
        .containsExactly(
            "sub",
            "iss",
            "client_id",
            "origin_jti",
            "event_id",
            "token_use",
            "scope",
            "auth_time",
            "exp",
            "iat",
            "jti",
            "username");
    assertThat(claims.path("iss").asText())
        .isEqualTo("https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab1Cd2Ef3");
    assertThat(claims.path("scope").asText()).isEqualTo("aws.cognito.signin.user.admin");
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(3600);
    assertThat(claims.path("iat").asLong()).isEqualTo(TokenFixture.START.getEpochSecond());
    assertThat(result.path("ExpiresIn").asInt()).isEqualTo(3600);
    assertThat(result.path("TokenType").asText()).isEqualTo("Bearer");
  }

  @Test
  void idTokenHasTheClaimsOfAwsAndReadableAttributes() {
    pool.client(
        (ObjectNode)
            Json.object()
                .set("ReadAttributes", Json.texts(List.of("email", "email_verified", "address"))));
    pool.user("alice", attributes());
    ObjectNode claims = claims(pool.signIn().path("IdToken").asText());
    assertThat(names(claims))
        .containsExactly(
            "origin_jti",
            "sub",
            "aud",
            "event_id",
            "token_use",
            "auth_time",
            "iss",
            "cognito:username",
            "exp",
            "iat",
            "jti",
            "email",
            "email_verified",
            "address");
    assertThat(claims.path("email_verified").isBoolean()).isTrue();
    assertThat(claims.at("/address/formatted").asText()).isEqualTo("Elm Street 1");
  }

  private static Map<String, String> attributes() {
    var attributes = new java.util.LinkedHashMap<String, String>();
    attributes.put("email", "alice@example.com");
    attributes.put("email_verified", "true");
    attributes.put("address", "Elm Street 1");
    attributes.put("custom:level", "7");
    return attributes;
  }

  @Test
  void twoKeysSignAndThePublishedKeysVerify() throws Exception {
    ObjectNode result = pool.signIn();
    String document = pool.parts.contract().publicKeys(pool.pool().issuer()).orElseThrow();
    JsonNode keys = Json.MAPPER.readTree(document).path("keys");
    assertThat(keys).hasSize(2);
    assertThat(names((ObjectNode) keys.get(0)))
        .containsExactly("alg", "e", "kid", "kty", "n", "use");
    assertThat(keys.get(0).path("kid").asText()).matches("[A-Za-z0-9+/]{43}=");
    JWKSet set = JWKSet.parse(document);
    for (String member : List.of("IdToken", "AccessToken")) {
      SignedJWT token = SignedJWT.parse(result.path(member).asText());
      var key = set.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey();
      assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
    }
    assertThat(part(result.path("IdToken").asText(), 0))
        .isNotEqualTo(part(result.path("AccessToken").asText(), 0));
  }

  @Test
  void keysDependOnTheSeedAndThePool() {
    try (var again = new TokenFixture()) {
      again.signIn();
      again.signIn();
      pool.signIn();
      assertThat(again.parts.contract().publicKeys(pool.pool().issuer()))
          .isEqualTo(pool.parts.contract().publicKeys(pool.pool().issuer()));
    }
    assertThat(pool.parts.contract().publicKeys("https://example.com/us-east-1_Ab1Cd2Ef3"))
        .isEmpty();
  }

  @Test
  void groupsComeInOrderOfPrecedenceWithTheirRoles() {
    pool.join("alice", "readers", ROLE + "reader", 20);
    pool.join("alice", "owners", ROLE + "owner", 1);
    pool.join("alice", "others", null, null);
    ObjectNode result = pool.signIn();
    ObjectNode id = claims(result.path("IdToken").asText());
    assertThat(id.path("cognito:groups").toString())
        .isEqualTo("[\"owners\",\"readers\",\"others\"]");
    assertThat(id.path("cognito:roles")).hasSize(2);
    assertThat(id.path("cognito:preferred_role").asText()).isEqualTo(ROLE + "owner");
    ObjectNode access = claims(result.path("AccessToken").asText());
    assertThat(names(access)).startsWith("sub", "cognito:groups", "iss");
    assertThat(access.has("cognito:roles")).isFalse();
  }

  @Test
  void aTieOfDifferentRolesHasNoPreferredRole() {
    pool.join("alice", "one", ROLE + "one", 5);
    pool.join("alice", "two", ROLE + "two", 5);
    ObjectNode id = claims(pool.signIn().path("IdToken").asText());
    assertThat(id.path("cognito:roles")).hasSize(2);
    assertThat(id.has("cognito:preferred_role")).isFalse();
  }

  @Test
  void clientsWithoutRevocationHaveNoOrigin() {
    pool.client(Json.object().put("EnableTokenRevocation", false));
    ObjectNode result = pool.signIn();
    assertThat(claims(result.path("AccessToken").asText()).has("origin_jti")).isFalse();
    assertThat(claims(result.path("IdToken").asText()).has("origin_jti")).isFalse();
  }

  @Test
  void validityFollowsTheClient() {
    ObjectNode settings = Json.object().put("AccessTokenValidity", 5).put("IdTokenValidity", 1);
    settings.putObject("TokenValidityUnits").put("AccessToken", "minutes").put("IdToken", "days");
    pool.client(settings);
    ObjectNode result = pool.signIn();
    assertThat(result.path("ExpiresIn").asInt()).isEqualTo(300);
    assertThat(life(result.path("AccessToken").asText())).isEqualTo(300);
    assertThat(life(result.path("IdToken").asText())).isEqualTo(86_400);
  }

  private static long life(String token) {
    ObjectNode claims = claims(token);
    return claims.path("exp").asLong() - claims.path("iat").asLong();
  }

  @Test
  void tokensOfTheDomainHaveVersionNonceAndHash() {
    var grant =
        new TokenService.Grant(
            pool.pool(),
            pool.client(),
            pool.user("alice"),
            PoolTokenService.HOSTED,
            List.of("openid", "phone"),
            Map.of(),
            null,
            "n-1");
    ObjectNode result = pool.issue(grant);
    ObjectNode access = claims(result.path("AccessToken").asText());
    ObjectNode id = claims(result.path("IdToken").asText());
    assertThat(access.path("version").asInt()).isEqualTo(2);
    assertThat(access.path("scope").asText()).isEqualTo("openid phone");
    assertThat(id.path("nonce").asText()).isEqualTo("n-1");
    assertThat(id.path("at_hash").asText()).hasSize(22);
    assertThat(id.has("email")).isFalse();
  }

  @Test
  void clientTokensHaveNoUser() {
    String token =
        pool.call(
            () ->
                pool.tokens.clientToken(pool.pool(), pool.client(), List.of("api/read"), Map.of()));
    assertThat(names(claims(token)))
        .containsExactly(
            "sub",
            "token_use",
            "scope",
            "auth_time",
            "iss",
            "exp",
            "iat",
            "version",
            "jti",
            "client_id");
    assertThat(claims(token).path("sub").asText()).isEqualTo(TokenFixture.CLIENT);
  }

  @Test
  void refreshTokensLookLikeThoseOfAws() {
    String token = pool.signIn().path("RefreshToken").asText();
    assertThat(token.split("\\.", -1)).hasSize(5);
    assertThat(token.length()).isBetween(1600, 1800);
    assertThat(token).matches("[A-Za-z0-9-_=.]+");
    assertThat(part(token, 0).path("alg").asText()).isEqualTo("RSA-OAEP");
  }

  @Test
  void theLocalIssuerNamesThePort() {
    try (var local = new TokenFixture(new CognitoSettings(CognitoSettings.Issuer.LOCAL))) {
      String token = local.signIn().path("AccessToken").asText();
      assertThat(claims(token).path("iss").asText())
          .isEqualTo("http://127.0.0.1:4566/us-east-1_Ab1Cd2Ef3");
      assertThat(local.tokens.bearer(token, TokenService.API_SCOPE).user().username())
          .isEqualTo("alice");
    }
  }
}
