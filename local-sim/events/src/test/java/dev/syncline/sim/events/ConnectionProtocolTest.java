// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import static dev.syncline.sim.events.TestApi.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connection as a whole: its start, its identifiers and malformed messages. */
class ConnectionProtocolTest extends ConnectionProtocolFixture {
  @Test
  void connectionInitIsAcknowledgedWithTheTimeout() throws Exception {
    List<ConnectionEffect> effects = receive("{\"type\":\"connection_init\"}");

    assertThat(json(((ConnectionEffect.Send) effects.get(0)).frame()))
        .isEqualTo(json("{\"type\":\"connection_ack\",\"connectionTimeoutMs\":300000}"));
    assertThat(effects.get(1)).isInstanceOf(ConnectionEffect.KeepAlive.class);
    assertThat(effects).hasSize(2);
  }

  @Test
  void connectionInitMayCarryAPayloadAndComeAgain() {
    receive("{\"type\":\"connection_init\",\"payload\":{\"a\":1}}");

    assertThat(receive("{\"type\":\"connection_init\"}").getFirst())
        .isInstanceOf(ConnectionEffect.Send.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ä", "a/b", "\\\"", "a.b"})
  void anIdOutsideTheAlphabetIsRefused(String id) throws Exception {
    JsonNode frame =
        assertError(
            receive(subscribe(id, "/default/a")), "subscribe_error", id, "BadRequestException");
    assertThat(frame.at("/errors/0/message").textValue()).contains("id must match");
    assertError(
        receive(publish(id, "/default/a", KEY, "1")), "publish_error", id, "BadRequestException");
  }

  @Test
  void anIdHas128CharactersAtMostAndALongerOneComesBackWhole() throws Exception {
    String longest = "aZ0-_+".repeat(22).substring(0, 128);
    assertThat(admitted(subscribe(longest, "/default/a")).id()).isEqualTo(longest);
    assertError(
        receive(subscribe(longest + "x", "/default/a")),
        "subscribe_error",
        longest + "x",
        "BadRequestException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"subscribe", "unsubscribe", "publish"})
  void anOperationWithoutATextualIdGetsAnErrorWithoutOne(String type) throws Exception {
    for (String frame :
        List.of(
            "{\"type\":\"" + type + "\"}",
            "{\"type\":\"" + type + "\",\"id\":7}",
            "{\"type\":\"" + type + "\",\"id\":null}")) {
      JsonNode error = json(refuse(receive(frame)).frame());
      assertThat(error.get("type").textValue()).isEqualTo("error");
      assertThat(error.has("id")).isFalse();
      assertThat(error.at("/errors/0/errorType").textValue()).isEqualTo("BadRequestException");
      assertThat(error.at("/errors/0/message").textValue()).contains("needs an id");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "null",
        "[]",
        "1",
        "\"subscribe\"",
        "{} {}",
        "{\"type\":\"ka\"",
        "\u0000",
        "{\"type\":}",
        "<xml/>",
        "{'type':'ka'}"
      })
  void aMessageThatIsNotAJsonObjectIsAnsweredAndTheConnectionStaysOpen(String text)
      throws Exception {
    JsonNode error = json(refuse(receive(text)).frame());

    assertThat(error.get("type").textValue()).isEqualTo("error");
    assertThat(error.at("/errors/0/errorType").textValue()).isEqualTo("BadRequestException");
    assertThat(admitted(subscribe("s1", "/default/a")).id()).isEqualTo("s1");
  }

  @Test
  void nestingWithoutEndIsAnsweredLikeAnythingMalformed() throws Exception {
    assertThat(json(refuse(receive("{\"type\":" + "[".repeat(100_000))).frame()).get("type"))
        .isEqualTo(JsonNodeFactory.instance.textNode("error"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"type\":\"start\"}", "{\"type\":7}", "{\"type\":null}", "{\"type\":{}}"})
  void anUnknownTypeIsUnsupported(String text) throws Exception {
    JsonNode error = json(refuse(receive(text)).frame());

    assertThat(error)
        .isEqualTo(
            json(
                "{\"type\":\"error\",\"errors\":[{\"errorType\":\"UnsupportedOperation\",\"message\":\"Operation"
                    + " not supported through the realtime channel\"}]}"));
  }

  @Test
  void anUnknownTypeKeepsItsId() throws Exception {
    assertThat(
            json(refuse(receive("{\"type\":\"start\",\"id\":\"x\"}")).frame())
                .get("id")
                .textValue())
        .isEqualTo("x");
  }

  @Test
  void aKeepAliveFromTheClientIsIgnored() {
    assertThat(receive("{\"type\":\"ka\"}")).isEmpty();
  }

  @Test
  void aConnectionErrorCarriesTheCode() throws Exception {
    assertThat(json(Frames.connectionError(Refusal.unauthorized("reason"))))
        .isEqualTo(
            json(
                "{\"type\":\"connection_error\",\"errors\":[{\"errorType\":\"UnauthorizedException\",\"errorCode\":401,\"message\":\"You"
                    + " are not authorized to make this call.\"}]}"));
  }
}
