// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.oauth;

import static dev.syncline.sim.services.cognito.oauth.OAuthDomain.json;
import static dev.syncline.sim.services.cognito.token.TokenFixture.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The documents that verifiers fetch, at Cognito's host and at the port. */
class PoolDocumentsTest {
  private static final String COGNITO = "cognito-idp.us-east-1.amazonaws.com";

  private final OAuthDomain domain = new OAuthDomain();

  @AfterEach
  void close() {
    domain.close();
  }

  private HttpResponse get(String host, String document) {
    return domain.sendTo(
        host, "GET", "/" + domain.poolId + "/.well-known/" + document, "", "Origin", "https://a.b");
  }

  @Test
  void bothHostsHaveTheKeys() {
    HttpResponse keys = get(COGNITO, "jwks.json");
    assertThat(keys.status()).isEqualTo(200);
    assertThat(json(keys).path("keys")).hasSize(2);
    assertThat(keys.headers().first("Access-Control-Allow-Origin")).contains("*");
    assertThat(get("127.0.0.1:4566", "jwks.json").body()).isEqualTo(keys.body());
  }

  @Test
  void theConfigurationNamesIssuerAndDomain() {
    HttpResponse answer = get("localhost:4566", "openid-configuration");
    assertThat(names(json(answer)))
        .containsExactly(
            "authorization_endpoint",
            "end_session_endpoint",
            "id_token_signing_alg_values_supported",
            "issuer",
            "jwks_uri",
            "response_types_supported",
            "revocation_endpoint",
            "scopes_supported",
            "subject_types_supported",
            "token_endpoint",
            "token_endpoint_auth_methods_supported",
            "userinfo_endpoint");
    String issuer = "https://" + COGNITO + "/" + domain.poolId;
    assertThat(json(answer).path("issuer").asText()).isEqualTo(issuer);
    assertThat(json(answer).path("jwks_uri").asText()).isEqualTo(issuer + "/.well-known/jwks.json");
    assertThat(json(answer).path("token_endpoint").asText())
        .isEqualTo("https://" + OAuthDomain.HOST + "/oauth2/token");
  }

  @Test
  void anotherPoolIsUnknown() {
    HttpResponse answer =
        domain.sendTo(COGNITO, "GET", "/us-east-1_Nobody123/.well-known/jwks.json", "");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(json(answer).path("message").asText())
        .isEqualTo("User pool us-east-1_Nobody123 does not exist.");
  }

  @Test
  void otherHostsOfAwsHaveOtherPaths() {
    HttpResponse answer = get("bucket.s3.us-east-1.amazonaws.com", "jwks.json");
    assertThat(answer.status()).isNotEqualTo(200);
  }
}
