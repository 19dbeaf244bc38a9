// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import static dev.syncline.sim.events.TestApi.KEY;
import static dev.syncline.sim.events.TestApi.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Publishing over a connection. */
class PublishProtocolTest extends ConnectionProtocolFixture {
  @Test
  void aPublishIsAnsweredBeforeItIsBroadcast() throws Exception {
    List<ConnectionEffect> effects = receive(publish("p1", "default/a", KEY, "{\\\"a\\\":1}", "2"));

    ConnectionEffect.Publish publish = (ConnectionEffect.Publish) effects.get(1);
    Publication publication = publish.publication();
    ConnectionEffect.Send sent =
        (ConnectionEffect.Send)
            protocol.published(publish.id(), publication.channel(), publication);
    JsonNode answer = json(sent.frame());
    assertThat(answer.get("type").textValue()).isEqualTo("publish_success");
    assertThat(answer.get("id").textValue()).isEqualTo("p1");
    assertThat(answer.get("successful")).hasSize(2);
    assertThat(answer.get("failed")).isEmpty();
    assertThat(publication.channel().path()).isEqualTo("/default/a");
    assertThat(publication.accepted().getFirst().payload()).isEqualTo("{\"a\":1}");
    assertThat(effects).hasSize(2);
  }

  @Test
  void aPublishThatAHandlerRefusesIsAnsweredWithTheRefusal() throws Exception {
    var refusal = new Refusal(401, "UnauthorizedException", "not you", "a handler");

    ConnectionEffect.Refuse refused =
        (ConnectionEffect.Refuse)
            protocol.published("p1", EventChannel.parse("/default/a"), refusal);

    assertThat(json(refused.frame()))
        .isEqualTo(
            json(
                "{\"type\":\"publish_error\",\"id\":\"p1\",\"errors\":[{\"errorType\":"
                    + "\"UnauthorizedException\",\"message\":\"not you\"}]}"));
  }

  @Test
  void aSignedFrameIsVerifiedWithEachWayInWhichClientsWriteItsBody() {
    ConnectionProtocol signing = verifying();
    String frame =
        "{\"type\":\"publish\",\"id\":\"p1\",\"channel\":\"default/a\","
            + "\"events\":[\"\\\"<é>\\\"\"],"
            + "\"authorization\":{\"Authorization\":\"AWS4-HMAC-SHA256 x\"}}";

    List<ConnectionEffect> effects = signing.receive(frame, NOW);

    ConnectionEffect.Authorize ask = (ConnectionEffect.Authorize) effects.getFirst();
    assertThat(effects).hasSize(1);
    assertThat(ask.request().channel()).isEqualTo("/default/a");
    assertThat(ask.request().namespace()).isEqualTo("default");
    assertThat(ask.request().signedBodies())
        .containsExactly(
            "{\"channel\":\"default/a\",\"events\":[\"\\\"<é>\\\"\"]}",
            "{\"channel\":\"default/a\",\"events\":[\"\\\"\\u003cé\\u003e\\\"\"]}",
            "{\"channel\": \"default/a\", \"events\": [\"\\\"<\\u00e9>\\\"\"]}");

    var granted = new AuthDecision.Granted(AuthMode.AWS_IAM);
    assertThat(signing.authorized(ask.step(), granted).getLast())
        .isInstanceOf(ConnectionEffect.Publish.class);

    var second = (ConnectionEffect.Authorize) signing.receive(frame, NOW).getFirst();
    assertThat(signing.authorized(second.step(), Refusal.unauthorized("no")).getFirst())
        .isInstanceOf(ConnectionEffect.Refuse.class);
  }

  @Test
  void theSameIdMayPublishAgain() {
    receive(publish("p1", "/default/a", KEY, "1"));

    assertThat(receive(publish("p1", "/default/a", KEY, "1")).getLast())
        .isInstanceOf(ConnectionEffect.Publish.class);
  }

  @ParameterizedTest
  @CsvSource({
    "/default/a, da2-wrong, UnauthorizedException, You are not authorized to make this call.",
    "/nowhere/a, da2-abcdefghijklmnopqrstuvwxyz, UnauthorizedException,",
    "/closed/a, da2-abcdefghijklmnopqrstuvwxyz, UnauthorizedException,",
    "/default/*, da2-abcdefghijklmnopqrstuvwxyz, BadRequestException, Invalid Channel Format",
  })
  void aPublishThatMayNotBeIsRefused(String channel, String key, String type, String message)
      throws Exception {
    JsonNode frame =
        assertError(receive(publish("p1", channel, key, "1")), "publish_error", "p1", type);

    assertThat(frame.at("/errors/0/message").textValue()).isEqualTo(message);
  }

  @Test
  void sixEventsOverTheSocketAreAnInvalidInput() throws Exception {
    JsonNode frame =
        assertError(
            receive(publish("p1", "/default/a", KEY, "1", "2", "3", "4", "5", "6")),
            "publish_error",
            "p1",
            "InvalidInputError");

    assertThat(frame.at("/errors/0/message").textValue()).isEqualTo("input exceeded 5 event limit");
  }
}
