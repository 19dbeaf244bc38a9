// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import static dev.syncline.sim.events.TestApi.GOOD;
import static dev.syncline.sim.events.TestApi.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthorizerTest {
  private final ApiConfig api = TestApi.config();

  @Test
  void aKeyOfTheApiOpensItUntilItExpires() {
    assertThat(Authorizer.connect(api, GOOD, NOW))
        .isEqualTo(new AuthDecision.Granted(AuthMode.API_KEY));
    assertThat(Authorizer.connect(api, GOOD, NOW.plus(Duration.ofDays(7)).minusMillis(1)))
        .isInstanceOf(AuthDecision.Granted.class);

    Refusal expired = refusal(Authorizer.connect(api, GOOD, NOW.plus(Duration.ofDays(7))));
    assertThat(expired.status()).isEqualTo(401);
    assertThat(expired.errorType()).isEqualTo("UnauthorizedException");
    assertThat(expired.message()).isEqualTo("You are not authorized to make this call.");
    assertThat(expired.reason()).contains("expired");
  }

  @Test
  void anUnknownKeyIsRefusedAndNotRepeated() {
    Refusal refusal = refusal(Authorizer.authenticate(api, new Credentials.Key("da2-guess"), NOW));

    assertThat(refusal.status()).isEqualTo(401);
    assertThat(refusal.toString()).doesNotContain("da2-guess");
  }

  @Test
  void nothingIsRefusedAsMissing() {
    Refusal refusal = refusal(Authorizer.authenticate(api, new Credentials.None(), NOW));

    assertThat(refusal.status()).isEqualTo(401);
    assertThat(refusal.message()).isEqualTo("Missing authorization header");
  }

  @Test
  void whatIsNotVerifiedYetIsNamed() {
    ApiConfig every = TestApi.config(Set.of(AuthMode.values()), Set.of(AuthMode.values()));

    assertThat(
            refusal(
                    Authorizer.authenticate(
                        every, new Credentials.Signature("AWS4-HMAC-SHA256 x"), NOW))
                .reason())
        .isEqualTo("the simulator does not verify a signature yet");
    assertThat(refusal(Authorizer.authenticate(every, new Credentials.Token("eyJ"), NOW)).reason())
        .isEqualTo("the simulator does not verify a token yet");
    assertThat(refusal(Authorizer.authenticate(api, new Credentials.Token("eyJ"), NOW)).reason())
        .isEqualTo("the API takes no such credential as a token");
  }

  @Test
  void aKeyIsRefusedWhereTheApiDoesNotTakeKeys() {
    ApiConfig noKeys = TestApi.config(Set.of(AuthMode.AWS_IAM), Set.of(AuthMode.API_KEY));

    assertThat(refusal(Authorizer.authenticate(noKeys, GOOD, NOW)).status()).isEqualTo(401);
  }

  @Test
  void aModeThatMayNotConnectIsRefused() {
    ApiConfig noConnect = TestApi.config(Set.of(AuthMode.API_KEY), Set.of());

    assertThat(refusal(Authorizer.connect(noConnect, GOOD, NOW)).status()).isEqualTo(401);
  }

  @Test
  void aNamespacesModesReplaceTheApis() {
    for (EventOperation operation : Set.of(EventOperation.PUBLISH, EventOperation.SUBSCRIBE)) {
      assertThat(Authorizer.refusal(api, operation, "default", AuthMode.API_KEY)).isEmpty();
      Refusal closed = Authorizer.refusal(api, operation, "closed", AuthMode.API_KEY).orElseThrow();
      assertThat(closed.status()).isEqualTo(403);
      assertThat(closed.errorType()).isEqualTo("UnauthorizedException");
      assertThat(closed.message()).isNull();
    }
    assertThat(Authorizer.refusal(api, EventOperation.PUBLISH, "closed", AuthMode.AWS_IAM))
        .isEmpty();
    assertThat(Authorizer.refusal(api, EventOperation.SUBSCRIBE, "closed", AuthMode.AWS_LAMBDA))
        .isEmpty();
  }

  @Test
  void anUnknownNamespaceLooksLikeAForbiddenOne() {
    Refusal refusal =
        Authorizer.refusal(api, EventOperation.PUBLISH, "nowhere", AuthMode.API_KEY).orElseThrow();

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
        .isEqualTo(new Credentials.Signature("AWS4-HMAC-SHA256 Credential=x"));
  }

  @Test
  void blankAndNonTextCredentialsAreNone() {
    assertThat(Credentials.of(name -> Optional.of(" "))).isEqualTo(new Credentials.None());
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
    assertThat(new Credentials.Signature("secret").toString()).doesNotContain("secret");
    assertThat(new ApiKey("secret", "text", NOW).toString()).doesNotContain("secret");
  }

  private static Refusal refusal(AuthDecision decision) {
    assertThat(decision).isInstanceOf(Refusal.class);
    return (Refusal) decision;
  }
}
