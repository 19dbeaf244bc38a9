// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {

  private final BridgeFixture rig = new BridgeFixture();

  private void assertProblem(BridgeFixture.Answer answer, int status, String kind) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.body().path("status").asInt()).isEqualTo(status);
    assertThat(answer.body().path("type").asText()).isEqualTo("urn:syncline:problem:" + kind);
    assertThat(answer.body().path("title").asText()).isNotEmpty();
    assertThat(answer.body().path("detail").asText()).isNotEmpty();
    assertThat(answer.body().path("correlationId").asText()).isNotEmpty();
  }

  /** After every bad input nothing is connected, nothing is started, and no timer is left. */
  @AfterEach
  void nothingHappened() {
    assertThat(rig.backend.started).isEmpty();
    assertThat(rig.backend.asked).isEmpty();
    assertThat(rig.events.wires).isEmpty();
    assertThat(rig.time.pendingTimers()).isZero();
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "  \n ",
        "not json",
        "{",
        "{\"a\":1",
        "{\"a\":}",
        "{'a':1}",
        "{\"a\":1} {}",
        "\"open",
        "01",
        "NaN",
        "-",
        "\"\\x\"",
        "tru",
        "{\"a\":\"\t\"}",
        "\uFEFF{}",
        "// comment\n1"
      })
  void aBodyThatIsNotOneJsonTextIsRefusedAtOnce(String body) {
    assertProblem(rig.call(BridgeFixture.request("POST", "/event", body)), 400, "invalid-body");
  }

  @Test
  void aBodyNestedTooDeeplyIsRefused() {
    String body = "[".repeat(5_000) + "]".repeat(5_000);
    assertProblem(rig.call(BridgeFixture.request("POST", "/event", body)), 400, "invalid-body");
  }

  @Test
  void aBodyWithHalfASurrogatePairIsRefused() {
    String event =
        BridgeFixture.request("POST", "/event", "BODY")
            .toString()
            .replace("\"BODY\"", "\"\\\"\\ud83d\\\"\"");
    assertProblem(rig.callRaw(event.getBytes(StandardCharsets.UTF_8)), 400, "invalid-body");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/////w==", "not base64 at all!", "eyJ"})
  void aBase64BodyThatIsNoTextIsRefused(String body) {
    ObjectNode event = BridgeFixture.request("POST", "/event", body);
    event.put("isBase64Encoded", true);
    assertProblem(rig.call(event), 400, "invalid-body");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "json",
        "+json",
        "application/jsonp",
        ""
      })
  void anotherMediaTypeIsRefused(String type) {
    ObjectNode event = BridgeFixture.request("POST", "/event", "{}");
    ((ObjectNode) event.get("headers")).put("Content-Type", type);
    assertProblem(rig.call(event), 415, "unsupported-media-type");
  }

  @Test
  void aBodyOverTheLimitIsRefused() {
    String body = "\"" + "a".repeat(261_120 - 1) + "\"";
    assertProblem(rig.call(BridgeFixture.request("POST", "/event", body)), 413, "body-too-large");
  }

  @Test
  void aBodyIsMeasuredInBytes() {
    String body = "\"" + "é".repeat(131_000) + "\"";
    assertProblem(rig.call(BridgeFixture.request("POST", "/event", body)), 413, "body-too-large");
  }

  @Test
  void aBodyWhoseQuotesMakeTheBackendsInputTooLongIsRefused() {
    String body = "[" + "\"\",".repeat(60_000) + "1]";
    assertProblem(rig.call(BridgeFixture.request("POST", "/event", body)), 413, "body-too-large");
  }

  @Test
  void aHugeBase64BodyIsRefusedUndecoded() {
    ObjectNode event = BridgeFixture.request("POST", "/event", "A".repeat(5_000_000));
    event.put("isBase64Encoded", true);
    assertProblem(rig.call(event), 413, "body-too-large");
  }

  @Test
  void theLimitCanBeLowered() {
    BridgeFixture small = new BridgeFixture(Map.of("MAX_BODY_BYTES", "10"));
    assertProblem(
        small.call(BridgeFixture.request("POST", "/event", "1234567890 ")), 413, "body-too-large");
    small.waiting("1234567890");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /event, POST",
    "PUT, /event, POST",
    "DELETE, /event/, POST",
    "POST, /event/exec-0123456789abcdef0123456789abcdef, GET",
    "HEAD, /event/exec-0123456789abcdef0123456789abcdef, GET"
  })
  void anotherMethodIsNotAllowed(String method, String path, String allowed) {
    BridgeFixture.Answer answer = rig.call(BridgeFixture.request(method, path, "{}"));
    assertProblem(answer, 405, "method-not-allowed");
    assertThat(answer.header("Allow")).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/events", "/event/a/b", "/event//", "/eventx", "/dev/events"})
  void anotherPathIsNotFound(String path) {
    assertProblem(rig.call(BridgeFixture.request("POST", path, "{}")), 404, "no-such-path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "{}", "{\"httpMethod\":\"POST\"}", "{\"path\":", "hello"})
  void otherEventsThanProxyEventsAreRefused(String event) {
    assertProblem(rig.callRaw(event.getBytes(StandardCharsets.UTF_8)), 400, "not-a-proxy-event");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/cloudevents+json"
      })
  void jsonMediaTypesAreTaken(String type) {
    BridgeFixture other = new BridgeFixture();
    ObjectNode event = BridgeFixture.request("POST", "/event", "{}");
    ((ObjectNode) event.get("headers")).put("content-type", type).remove("Content-Type");
    other.send(event).awaitParked();
  }

  @Test
  void aBodyWithoutMediaTypeIsTaken() {
    BridgeFixture other = new BridgeFixture();
    ObjectNode event = BridgeFixture.request("POST", "/event", "{}");
    event.putNull("headers");
    other.send(event).awaitParked();
  }
}
