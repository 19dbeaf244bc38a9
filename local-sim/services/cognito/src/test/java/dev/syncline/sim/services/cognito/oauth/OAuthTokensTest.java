// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

import static dev.syncline.sim.services.cognito.oauth.OAuthDomain.form;
import static dev.syncline.sim.services.cognito.oauth.OAuthDomain.json;
import static dev.syncline.sim.services.cognito.oauth.OAuthDomain.parameter;
import static dev.syncline.sim.services.cognito.oauth.OAuthDomain.text;
import static dev.syncline.sim.services.cognito.token.TokenFixture.claims;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The token, revocation and userInfo endpoints, and their errors. */
class OAuthTokensTest {
  /** The example of RFC 7636, appendix B. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private final OAuthDomain domain = new OAuthDomain();

  @AfterEach
  void close() {
    domain.close();
  }

  private static void assertError(HttpResponse answer, String error) {
    assertThat(answer.status()).as(text(answer)).isEqualTo(400);
    assertThat(json(answer).path("error").asText()).isEqualTo(error);
  }

  @Test
  void aCodeIsValidOnceAndForFiveMinutes() {
    String code = domain.code();
    assertThat(domain.exchange(code).status()).isEqualTo(200);
    assertError(domain.exchange(code), "invalid_grant");

    domain.cookies.clear();
    String late = domain.code();
    domain.clock.advance(Duration.ofMinutes(5));
    assertError(domain.exchange(late), "invalid_grant");
    assertError(domain.exchange("guess"), "invalid_grant");
  }

  @Test
  void aChallengeNeedsItsVerifier() {
    String[] asked = {"code_challenge", CHALLENGE, "code_challenge_method", "S256"};
    assertThat(domain.exchange(domain.code(asked), "code_verifier", VERIFIER).status())
        .isEqualTo(200);
    domain.cookies.clear();
    assertError(domain.exchange(domain.code(asked)), "invalid_grant");
    domain.cookies.clear();
    String other = VERIFIER.replace('d', 'e');
    assertError(domain.exchange(domain.code(asked), "code_verifier", other), "invalid_grant");
    domain.cookies.clear();
    assertError(domain.exchange(domain.code(), "code_verifier", VERIFIER), "invalid_grant");
  }

  @Test
  void aCodeBelongsToItsClientAndAddress() {
    JsonNode other =
        domain.client(
            "'AllowedOAuthFlows': ['code'], 'AllowedOAuthScopes': ['openid'],"
                + " 'CallbackURLs': ['"
                + OAuthDomain.APP
                + "', 'https://example.com/']");
    String form =
        form(
            "grant_type",
            "authorization_code",
            "client_id",
            other.path("ClientId").asText(),
            "redirect_uri",
            OAuthDomain.APP,
            "code",
            domain.code());
    assertError(domain.send("POST", "/oauth2/token", form), "invalid_grant");
    domain.cookies.clear();
    String elsewhere =
        form(
            "grant_type",
            "authorization_code",
            "client_id",
            domain.clientId,
            "redirect_uri",
            "https://example.com/",
            "code",
            domain.code());
    assertError(domain.send("POST", "/oauth2/token", elsewhere), "invalid_grant");
  }

  @Test
  void withoutOpenidNoIdTokenIsIssued() {
    ObjectNode tokens =
        json(domain.exchange(domain.code("scope", "aws.cognito.signin.user.admin")));
    assertThat(tokens.has("id_token")).isFalse();
    assertThat(tokens.has("refresh_token")).isTrue();
    HttpResponse info =
        domain.send(
            "GET",
            "/oauth2/userInfo",
            "",
            "Authorization",
            "Bearer " + tokens.path("access_token").asText());
    assertThat(info.status()).isEqualTo(401);
    assertThat(json(info).path("error_description").asText())
        .isEqualTo("Access token does not contain openid scope");
    assertThat(info.headers().first("WWW-Authenticate").orElse("")).contains("invalid_token");
  }

  @Test
  void aRefreshTokenGivesNewTokensUntilItIsRevoked() {
    ObjectNode first = json(domain.exchange(domain.code("scope", "openid email")));
    String refresh =
        form(
            "grant_type",
            "refresh_token",
            "client_id",
            domain.clientId,
            "refresh_token",
            first.path("refresh_token").asText());
    ObjectNode second = json(domain.send("POST", "/oauth2/token", refresh));
    assertThat(second.has("refresh_token")).isFalse();
    assertThat(claims(second.path("access_token").asText()).path("scope").asText())
        .isEqualTo("openid email");
    assertThat(claims(second.path("access_token").asText()).path("version").asInt()).isEqualTo(2);

    String revoke =
        form("client_id", domain.clientId, "token", first.path("refresh_token").asText());
    HttpResponse revoked = domain.send("POST", "/oauth2/revoke", revoke);
    assertThat(revoked.status()).isEqualTo(200);
    assertThat(revoked.body()).isEmpty();
    assertError(domain.send("POST", "/oauth2/token", refresh), "invalid_grant");
    assertThat(
            domain
                .send(
                    "POST",
                    "/oauth2/userInfo",
                    "",
                    "Authorization",
                    "Bearer " + second.path("access_token").asText())
                .status())
        .isEqualTo(401);
    assertError(
        domain.send("POST", "/oauth2/revoke", form("client_id", domain.clientId, "token", "x.y.z")),
        "unsupported_token_type");
  }

  @Test
  void aClientGetsATokenOfItsOwn() {
    JsonNode client =
        domain.client(
            "'GenerateSecret': true, 'AllowedOAuthFlows': ['client_credentials'],"
                + " 'AllowedOAuthScopes': ['api/read', 'api/write']");
    String id = client.path("ClientId").asText();
    String secret = client.path("ClientSecret").asText();
    String basic =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));

    HttpResponse answer =
        domain.send(
            "POST",
            "/oauth2/token",
            form("grant_type", "client_credentials", "scope", "api/read"),
            "Authorization",
            basic);
    assertThat(answer.status()).as(text(answer)).isEqualTo(200);
    assertThat(json(answer).has("id_token")).isFalse();
    assertThat(json(answer).has("refresh_token")).isFalse();
    ObjectNode claims = claims(json(answer).path("access_token").asText());
    assertThat(claims.path("scope").asText()).isEqualTo("api/read");
    assertThat(claims.path("sub").asText()).isEqualTo(id);

    String body =
        form("grant_type", "client_credentials", "client_id", id, "client_secret", secret);
    assertThat(
            claims(json(domain.send("POST", "/oauth2/token", body)).path("access_token").asText())
                .path("scope")
                .asText())
        .isEqualTo("api/read api/write");
    assertError(domain.send("POST", "/oauth2/token", body + "&scope=openid"), "invalid_scope");
    assertError(
        domain.send(
            "POST",
            "/oauth2/token",
            form("grant_type", "client_credentials", "client_id", id, "client_secret", "x")),
        "invalid_client");
    assertError(
        domain.send(
            "POST", "/oauth2/token", form("grant_type", "client_credentials", "client_id", id)),
        "invalid_client");
  }

  @Test
  void malformedRequestsAreRefused() {
    assertError(domain.send("POST", "/oauth2/token", form("grant_type", "")), "invalid_request");
    assertError(
        domain.send("POST", "/oauth2/token", form("grant_type", "password")),
        "unsupported_grant_type");
    assertError(
        domain.send("POST", "/oauth2/token", form("grant_type", "refresh_token")),
        "invalid_request");
    assertError(
        domain.send(
            "POST",
            "/oauth2/token",
            form("grant_type", "refresh_token", "client_id", "nobody", "refresh_token", "x")),
        "invalid_client");
    assertError(
        domain.send(
            "POST",
            "/oauth2/token",
            form("grant_type", "client_credentials"),
            "Authorization",
            "Basic %%%"),
        "invalid_client");
    assertError(
        domain.send("POST", "/oauth2/token", "", "Content-Type", "application/json"),
        "invalid_request");
    HttpResponse info = domain.send("GET", "/oauth2/userInfo", "");
    assertError(info, "invalid_request");
    assertThat(domain.send("GET", "/oauth2/token", "").status()).isEqualTo(405);
  }

  @Test
  void pagesOfOtherOriginsMayAskForTokens() {
    HttpResponse preflight =
        domain.send(
            "OPTIONS",
            "/oauth2/token",
            "",
            "Origin",
            "http://localhost:5173",
            "Access-Control-Request-Method",
            "POST");
    assertThat(preflight.status()).isEqualTo(200);
    assertThat(preflight.headers().first("Access-Control-Allow-Origin")).contains("*");
    assertThat(parameter(preflight, "x")).isEmpty();
    HttpResponse answer =
        domain.send(
            "POST",
            "/oauth2/token",
            form("grant_type", "refresh_token"),
            "Origin",
            "http://localhost:5173");
    assertError(answer, "invalid_request");
    assertThat(answer.headers().first("Access-Control-Allow-Origin")).contains("*");
  }
}
