// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import static dev.syncline.sim.events.TestApi.GOOD;
import static dev.syncline.sim.events.TestApi.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthorizerTest {
  private final ApiConfig api = TestApi.config();

  @Test
  void aKeyOfTheApiOpensItUntilItExpires() {
    assertThat(connect(api, GOOD, NOW)).isEqualTo(new AuthDecision.Granted(AuthMode.API_KEY));
    assertThat(connect(api, GOOD, NOW.plus(Duration.ofDays(7)).minusMillis(1)))
        .isInstanceOf(AuthDecision.Granted.class);

    Refusal expired = refusal(connect(api, GOOD, NOW.plus(Duration.ofDays(7))));
    assertThat(expired.status()).isEqualTo(401);
    assertThat(expired.errorType()).isEqualTo("UnauthorizedException");
    assertThat(expired.message()).isEqualTo("You are not authorized to make this call.");
    assertThat(expired.reason()).contains("expired");
  }

  @Test
  void anUnknownKeyIsRefusedAndNotRepeated() {
    Refusal refusal = refusal(authenticate(api, new Credentials.Key("da2-guess"), NOW));

    assertThat(refusal.status()).isEqualTo(401);
    assertThat(refusal.toString()).doesNotContain("da2-guess");
  }

  @Test
  void nothingIsRefusedAsMissing() {
    Refusal refusal = refusal(authenticate(api, new Credentials.None(), NOW));

    assertThat(refusal.status()).isEqualTo(401);
    assertThat(refusal.message()).isEqualTo("Missing authorization header");
  }

  @Test
  void otherCredentialsThanKeysAreLeftToTheVerifier() {
    ApiConfig every = TestApi.config(Set.of(AuthMode.values()), Set.of(AuthMode.values()));
    var signature = new Credentials.Signature("AWS4-HMAC-SHA256 x", Map.of());
    var token = new Credentials.Token("eyJ");

    assertThat(Authorizer.atOnce(every, signature, NOW)).isEmpty();
    assertThat(Authorizer.atOnce(every, token, NOW)).isEmpty();
    assertThat(
            Authorizer.authenticate(
                every,
                request(token),
                (api, request, now) -> new AuthDecision.Granted(AuthMode.OPENID_CONNECT),
                NOW))
        .isEqualTo(new AuthDecision.Granted(AuthMode.OPENID_CONNECT));
  }

  @Test
  void aCredentialThatNoProviderTakesIsRefusedWithoutAskingAnybody() {
    Verifier mustNotBeAsked =
        (api, request, now) -> {
          throw new AssertionError("asked");
        };

    AuthDecision decision =
        Authorizer.authenticate(api, request(new Credentials.Token("eyJ")), mustNotBeAsked, NOW);

    assertThat(refusal(decision).reason())
        .isEqualTo("the API does not accept the credential a token");
  }

  @Test
  void aKeyIsRefusedWhereTheApiDoesNotTakeKeys() {
    ApiConfig noKeys = TestApi.config(Set.of(AuthMode.AWS_IAM), Set.of(AuthMode.API_KEY));

    assertThat(refusal(authenticate(noKeys, GOOD, NOW)).status()).isEqualTo(401);
  }

  @Test
  void aModeThatMayNotConnectIsRefused() {
    ApiConfig noConnect = TestApi.config(Set.of(AuthMode.API_KEY), Set.of());

    assertThat(refusal(connect(noConnect, GOOD, NOW)).status()).isEqualTo(401);
  }

  @Test
  void aNamespacesModesReplaceTheApis() {
    for (EventOperation operation : Set.of(EventOperation.PUBLISH, EventOperation.SUBSCRIBE)) {
      assertThat(
              Authorizer.refusal(
                  api, operation, "default", AuthMode.API_KEY, EventsBehaviour.DEFAULT))
          .isEmpty();
      Refusal closed =
          Authorizer.refusal(api, operation, "closed", AuthMode.API_KEY, EventsBehaviour.DEFAULT)
              .orElseThrow();
      assertThat(closed.status()).isEqualTo(403);
      assertThat(closed.errorType()).isEqualTo("UnauthorizedException");
      assertThat(closed.message()).isNull();
    }
    assertThat(
            Authorizer.refusal(
                api, EventOperation.PUBLISH, "closed", AuthMode.AWS_IAM, EventsBehaviour.DEFAULT))
        .isEmpty();
    assertThat(
            Authorizer.refusal(
                api,
                EventOperation.SUBSCRIBE,
                "closed",
                AuthMode.AWS_LAMBDA,
                EventsBehaviour.DEFAULT))
        .isEmpty();
  }

  @Test
  void anUnknownNamespaceLooksLikeAForbiddenOne() {
    Refusal refusal =
        Authorizer.refusal(
                api, EventOperation.PUBLISH, "nowhere", AuthMode.API_KEY, EventsBehaviour.DEFAULT)
            .orElseThrow();

    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.errorType()).isEqualTo("UnauthorizedException");
    assertThat(refusal.message()).isNull();
    assertThat(refusal.reason()).contains("nowhere");
  }

  @Test
  void aSignatureWinsOverAKeyAndAKeyOverAToken() {
    var headers = JsonNodeFactory.instance.objectNode();
    assertThat(Credentials.of(headers)).isEqualTo(new Credentials.None());
    headers.put("Authorization", "eyJ");
    assertThat(Credentials.of(headers)).isEqualTo(new Credentials.Token("eyJ"));
    headers.put("X-Api-Key", "da2-x");
    assertThat(Credentials.of(headers)).isEqualTo(new Credentials.Key("da2-x"));
    headers.put("Authorization", "AWS4-HMAC-SHA256 Credential=x");
    assertThat(Credentials.of(headers))
        .isEqualTo(
            new Credentials.Signature(
                "AWS4-HMAC-SHA256 Credential=x",
                Map.of("authorization", "AWS4-HMAC-SHA256 Credential=x", "x-api-key", "da2-x")));
  }

  @Test
  void blankAndNonTextCredentialsAreNone() {
    assertThat(Credentials.of(Map.of("authorization", " ", "x-api-key", " ")))
        .isEqualTo(new Credentials.None());
    assertThat(Credentials.of(JsonNodeFactory.instance.objectNode().put("x-api-key", 7)))
        .isEqualTo(new Credentials.None());
    assertThat(Credentials.of(JsonNodeFactory.instance.textNode("x-api-key")))
        .isEqualTo(new Credentials.None());
    assertThat(Credentials.of(JsonNodeFactory.instance.missingNode()))
        .isEqualTo(new Credentials.None());
  }

  @Test
  void credentialsNeverPrintTheirSecret() {
    assertThat(new Credentials.Key("secret").toString()).doesNotContain("secret");
    assertThat(new Credentials.Token("secret").toString()).doesNotContain("secret");
    assertThat(new Credentials.Signature("secret", Map.of("x", "secret")).toString())
        .doesNotContain("secret");
    assertThat(new ApiKey("secret", "text", NOW).toString()).doesNotContain("secret");
  }

  private static AuthDecision connect(ApiConfig api, Credentials credentials, Instant now) {
    return Authorizer.connect(api, authenticate(api, credentials, now));
  }

  private static AuthDecision authenticate(ApiConfig api, Credentials credentials, Instant now) {
    return Authorizer.authenticate(api, request(credentials), Verifier.NONE, now);
  }

  private static AuthRequest request(Credentials credentials) {
    return ConnectionProtocol.connecting(credentials, AuthRequest.Caller.UNKNOWN);
  }

  private static Refusal refusal(AuthDecision decision) {
    assertThat(decision).isInstanceOf(Refusal.class);
    return (Refusal) decision;
  }
}
