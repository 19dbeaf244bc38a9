// SPDX-License-Identifier: Apache-2.0
package dev.syncline.publisher.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.publisher.Authorization;
import dev.syncline.publisher.Channel;
import dev.syncline.publisher.Credential;
import dev.syncline.publisher.EventPublisher;
import dev.syncline.publisher.EventsEndpoint;
import dev.syncline.publisher.PublisherConfig;
import dev.syncline.testing.ScriptedEventApi;
import dev.syncline.testing.SigV4;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each signature is verified by an implementation of AWS's specification, without the SDK. */
class EventsAuthorizationTest {
  private static final String HOST = "example.appsync-api.eu-west-1.amazonaws.com";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
  private static final Map<String, String> IAM =
      Map.of(
          "APPSYNC_AUTH", "iam",
          "APPSYNC_HTTP_HOST", HOST,
          "AWS_ACCESS_KEY_ID", "ASIAEXAMPLE",
          "AWS_SECRET_ACCESS_KEY", SECRET,
          "AWS_SESSION_TOKEN", "a/session+token==");

  private final Credential credential =
      EventsAuthorization.fromEnvironment(IAM, CLOCK).credential();

  private static void assertSigned(Map<String, String> headers, String body) {
    SigV4.Verdict verdict = SigV4.verify("/event", headers, body, SECRET);
    assertThat(verdict.right()).as("signature over " + body).isTrue();
    assertThat(verdict.accessKeyId()).isEqualTo("ASIAEXAMPLE");
    assertThat(verdict.region()).isEqualTo("eu-west-1");
    assertThat(verdict.service()).isEqualTo("appsync");
    assertThat(verdict.signedHeaders()).contains("host").contains("x-amz-date");
  }

  @Test
  void aConnectionIsSignedAsAPostOfAnEmptyObject() {
    Map<String, String> members = credential.connect(HOST);
    assertSigned(members, "{}");
    assertThat(members)
        .containsEntry("host", HOST)
        .containsEntry("accept", "application/json, text/javascript")
        .containsEntry("content-encoding", "amz-1.0")
        .containsEntry("content-type", "application/json; charset=UTF-8")
        .containsEntry("X-Amz-Date", "20260301T120000Z")
        .containsEntry("X-Amz-Security-Token", "a/session+token==");
  }

  @Test
  void aSubscriptionIsSignedForItsChannel() {
    Channel channel = Channel.subscription("/replies/env-1/*");
    assertSigned(credential.subscribe(HOST, channel), "{\"channel\":\"/replies/env-1/*\"}");
  }

  @Test
  void aPublishIsSignedWithTheBytesThatTheServiceGets() throws Exception {
    try (ScriptedEventApi api = new ScriptedEventApi();
        EventPublisher publisher =
            new EventPublisher(
                PublisherConfig.of(
                    EventsEndpoint.of(HOST).withOverride(api.address()),
                    EventsAuthorization.fromEnvironment(IAM, CLOCK)))) {
      publisher.publish(Channel.of("/replies/env-1/x"), "{\"name\":\"Zo\u00eb \\\"Z\\\"\"}");

      ScriptedEventApi.Received request = api.received().get(0);
      assertSigned(request.headers(), request.text());
      assertThat(request.host()).isEqualTo(HOST);
      assertThat(request.apiKey()).isEmpty();
    }
  }

  @Test
  void anAlteredBodyIsNotCoveredByTheSignature() {
    Map<String, String> members = credential.connect(HOST);
    assertThat(SigV4.verify("/event", members, "{ }", SECRET).right()).isFalse();
  }

  @Test
  void theSameCredentialsAreNoReplacement() {
    Authorization authorization = EventsAuthorization.fromEnvironment(IAM, CLOCK);
    assertThat(authorization.replacementFor(authorization.credential())).isEmpty();
  }

  @Test
  void nothingOfTheSecretIsShown() {
    Authorization authorization = EventsAuthorization.fromEnvironment(IAM, CLOCK);
    assertThat(authorization + " " + credential).doesNotContain(SECRET, "ASIA", "session");
  }

  @Test
  void theRegionIsTheFunctionsWhereTheHostNamesNone() {
    Map<String, String> custom = new HashMap<>(IAM);
    custom.put("APPSYNC_HTTP_HOST", "events.example.com");
    assertThatThrownBy(() -> EventsAuthorization.check(custom))
        .hasMessageStartingWith("AWS_REGION is not set");
    custom.put("AWS_REGION", "ap-south-1");
    Map<String, String> members =
        EventsAuthorization.fromEnvironment(custom, CLOCK)
            .credential()
            .connect("events.example.com");
    assertThat(SigV4.verify("/event", members, "{}", SECRET).region()).isEqualTo("ap-south-1");
  }

  @Test
  void contradictionsAreRefusedByName() {
    Map<String, String> both = new HashMap<>(IAM);
    both.put("APPSYNC_API_KEY", "da2-x");
    assertThatThrownBy(() -> EventsAuthorization.check(both))
        .hasMessageStartingWith("APPSYNC_API_KEY is set although APPSYNC_AUTH is iam");
    assertThatThrownBy(() -> EventsAuthorization.check(Map.of("APPSYNC_AUTH", "oidc")))
        .hasMessage("APPSYNC_AUTH must be api-key or iam, but is \"oidc\"");
    assertThatThrownBy(() -> EventsAuthorization.check(Map.of()))
        .hasMessageContaining("APPSYNC_API_KEY_SECRET_ARN")
        .hasMessageContaining("neither is set");
  }
}
