// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.bridge.BridgeMetrics.Counter;
import dev.syncline.bridge.backend.FindResult;
import dev.syncline.bridge.backend.StartResult;
import dev.syncline.bridge.backend.WorkRequest;
import dev.syncline.bridge.correlate.WorkOutcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostEventTest {

  private static final String ADA = "{\"name\":\"Ada\",\"surname\":\"Lovelace\"}";
  private static final String FULL_NAME = "{\"fullName\":\"Ada Lovelace\"}";

  private final BridgeFixture rig = new BridgeFixture();

  private void publish(WorkRequest work, String result) {
    rig.events.last().event(BridgeFixture.completed(work.id().value(), result));
  }

  @Test
  void theResultComesBackWithTheId() {
    BridgeFixture.Held held = rig.waiting(ADA);
    publish(rig.backend.last(), FULL_NAME);

    BridgeFixture.Answer answer = held.now();
    String id = rig.backend.last().id().value();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"id\":\"" + id + "\",\"fullName\":\"Ada Lovelace\"}");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("X-Correlation-Id")).isEqualTo(id);
    assertThat(answer.members())
        .containsExactlyInAnyOrder("statusCode", "headers", "body", "isBase64Encoded");
  }

  @Test
  void theBackendGetsIdReplyChannelAndTheBodyAsText() {
    rig.waiting(ADA);
    WorkRequest work = rig.backend.last();
    JsonNode input = ScriptedTransport.parse(work.toJson());
    assertThat(input.path("id").asText()).matches("exec-[0-9a-f]{32}");
    assertThat(input.path("replyTo").asText())
        .matches("/replies/env-[0-9a-f]{32}/" + work.id().value());
    assertThat(input.path("event").asText()).isEqualTo(ADA);
    assertThat(input.has("traceparent")).isFalse();
  }

  @Test
  void theTraceContextReachesTheBackendIfItIsOne() {
    String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    rig.post(ADA, Map.of("traceparent", traceparent)).awaitParked();
    assertThat(rig.backend.last().traceparent()).contains(traceparent);
    rig.post(ADA, Map.of("traceparent", "x\"y")).awaitParked();
    assertThat(rig.backend.last().traceparent()).isEmpty();
  }

  @Test
  void nothingIsStartedBeforeTheSubscriptionIsAcknowledged() {
    List<ScriptedTransport.Wire> unacknowledged = new ArrayList<>();
    rig.events.script(
        new ScriptedTransport.Script() {
          @Override
          public void received(ScriptedTransport.Wire wire, JsonNode frame) {
            if (frame.path("type").asText().equals("subscribe")) {
              unacknowledged.add(wire);
            } else {
              ScriptedTransport.WELL_BEHAVED.received(wire, frame);
            }
          }
        });
    BridgeFixture.Held held = rig.waiting(ADA);
    assertThat(rig.backend.started).isEmpty();

    unacknowledged.get(0).subscribed();
    Wait.until(() -> !rig.backend.started.isEmpty());
    publish(rig.backend.last(), FULL_NAME);
    assertThat(held.now().status()).isEqualTo(200);
  }

  @Test
  void anAnswerPublishedBeforeTheStartReturnsIsNotLost() {
    rig.backend.onStart =
        work -> {
          publish(work, FULL_NAME);
          return new StartResult.Started();
        };
    assertThat(rig.post(ADA).now().status()).isEqualTo(200);
  }

  @Test
  void theSecondOfTwoAnswersIsCountedAndDropped() {
    BridgeFixture.Held held = rig.waiting(ADA);
    publish(rig.backend.last(), FULL_NAME);
    publish(rig.backend.last(), "{\"fullName\":\"Someone Else\"}");
    assertThat(held.now().text()).contains("Ada Lovelace");
    publish(rig.backend.last(), "{\"fullName\":\"Someone Else\"}");
    assertThat(rig.count(Counter.DUPLICATE_EVENTS)).isEqualTo(2);
  }

  @Test
  void progressIsNotAnAnswer() {
    BridgeFixture.Held held = rig.waiting(ADA);
    String id = rig.backend.last().id().value();
    rig.events.last().event("{\"id\":\"" + id + "\",\"status\":\"PENDING\"}");
    rig.events.last().event("{\"id\":\"" + id + "\",\"status\":\"PROCESSING\"}");
    held.awaitParked();
    publish(rig.backend.last(), FULL_NAME);
    assertThat(held.now().status()).isEqualTo(200);
    assertThat(rig.count(Counter.PROGRESS_EVENTS)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "",
        "[]",
        "{}",
        "{\"id\":\"$ID\"}",
        "{\"id\":\"$ID\",\"status\":\"COMPLETED\"}",
        "{\"id\":\"$ID\",\"status\":\"MAYBE\",\"result\":1}",
        "{\"id\":\"../$ID\",\"status\":\"COMPLETED\",\"result\":1}",
        "{\"id\":\"$ID\",\"status\":\"COMPLETED\",\"result\":1} tail",
        "{\"id\":\"$ID\",\"status\":\"COMPLETED\",\"result\":"
      })
  void anEventThatIsNoEnvelopeIsCountedAndIgnored(String event) {
    BridgeFixture.Held held = rig.waiting(ADA);
    rig.events.last().event(event.replace("$ID", rig.backend.last().id().value()));
    held.awaitParked();
    assertThat(rig.count(Counter.MALFORMED_EVENTS)).isEqualTo(1);
    publish(rig.backend.last(), FULL_NAME);
    assertThat(held.now().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "",
        "17",
        "{\"type\":\"data\"}",
        "{\"type\":\"data\",\"id\":\"someone-elses\",\"event\":\"{}\"}",
        "{\"type\":\"no_such_type\"}",
        "{\"type\":\"subscribe_success\",\"id\":\"someone-elses\"}",
        "{\"type\":\"connection_ack\",\"connectionTimeoutMs\":1}"
      })
  void aMalformedFrameIsCountedAndIgnored(String frame) {
    BridgeFixture.Held held = rig.waiting(ADA);
    rig.events.last().text(frame);
    held.awaitParked();
    assertThat(rig.count(Counter.MALFORMED_EVENTS)).isEqualTo(1);
    publish(rig.backend.last(), FULL_NAME);
    assertThat(held.now().status()).isEqualTo(200);
  }

  @Test
  void anAnswerForAForeignIdIsDropped() {
    BridgeFixture.Held held = rig.waiting(ADA);
    rig.events
        .last()
        .event(BridgeFixture.completed("exec-" + "0".repeat(32), "{\"fullName\":\"Eve\"}"));
    held.awaitParked();
    assertThat(rig.count(Counter.UNKNOWN_EVENTS)).isEqualTo(1);
    publish(rig.backend.last(), FULL_NAME);
    assertThat(held.now().text()).contains("Ada Lovelace");
  }

  @Test
  void failedWorkIsAProblemWithErrorAndCause() {
    BridgeFixture.Held held = rig.waiting(ADA);
    String id = rig.backend.last().id().value();
    rig.events
        .last()
        .event(
            "{\"id\":\""
                + id
                + "\",\"status\":\"FAILED\",\"error\":{\"error\":\"States.TaskFailed\","
                + "\"cause\":\"no surname\"}}");
    BridgeFixture.Answer answer = held.now();
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.body().path("error").asText()).isEqualTo("States.TaskFailed");
    assertThat(answer.body().path("cause").asText()).isEqualTo("no surname");
    assertThat(answer.body().path("id").asText()).isEqualTo(id);
    assertThat(answer.body().path("status").asInt()).isEqualTo(502);
    assertThat(answer.body().path("type").asText()).isEqualTo("urn:syncline:problem:work-failed");
    assertThat(answer.body().path("title").asText()).isNotEmpty();
    assertThat(answer.body().path("detail").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"\\\"Bobby\\\" \\\\ tables\",\"surname\":\"O'Neil\"}",
        "{\"name\":\"\uD83D\uDC69\u200D\uD83D\uDCBB Zoë\",\"surname\":\"\\ud83d\\ude00\"}",
        " [1, 2.50, 1e400, true, null] ",
        "\"just text\"",
        "null",
        "12345678901234567890.123456789"
      })
  void anyJsonBodyArrivesAndReturnsUnharmed(String body) {
    BridgeFixture.Held held = rig.waiting(body);
    assertThat(rig.backend.last().event()).isEqualTo(body);
    assertThat(ScriptedTransport.parse(rig.backend.last().toJson()).path("event").asText())
        .isEqualTo(body);
    publish(rig.backend.last(), "{\"echo\":" + body + "}");
    String id = rig.backend.last().id().value();
    assertThat(held.now().text()).isEqualTo("{\"id\":\"" + id + "\",\"echo\":" + body + "}");
  }

  @Test
  void aBase64BodyIsDecoded() {
    ObjectNode event = BridgeFixture.request("POST", "/event", null);
    event.put("body", "eyJuYW1lIjoiWm/DqyJ9").put("isBase64Encoded", true);
    rig.send(event).awaitParked();
    assertThat(rig.backend.last().event()).isEqualTo("{\"name\":\"Zoë\"}");
  }

  @Test
  void oneMillisecondBeforeTheDeadlineTheAnswerStillCounts() {
    BridgeFixture.Held held = rig.waiting(ADA);
    rig.time.advance(27_999);
    held.awaitParked();
    publish(rig.backend.last(), FULL_NAME);
    assertThat(held.now().status()).isEqualTo(200);
    assertThat(rig.count(Counter.LATE_EVENTS)).isZero();
  }

  @Test
  void atTheDeadlineTheCallerIsToldWhereToAsk() {
    BridgeFixture.Held held = rig.waiting(ADA);
    rig.time.advance(28_000);
    BridgeFixture.Answer answer = held.now();
    String id = rig.backend.last().id().value();
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.text()).isEqualTo("{\"id\":\"" + id + "\",\"status\":\"PROCESSING\"}");
    assertThat(answer.header("Location")).isEqualTo("/dev/event/" + id);
    assertThat(answer.header("Retry-After")).isEqualTo("2");
    assertThat(rig.count(Counter.DEADLINES)).isEqualTo(1);

    rig.time.advance(1);
    publish(rig.backend.last(), FULL_NAME);
    assertThat(rig.count(Counter.LATE_EVENTS)).isEqualTo(1);
    publish(rig.backend.last(), FULL_NAME);
    assertThat(rig.count(Counter.DUPLICATE_EVENTS)).isEqualTo(1);
  }

  @Test
  void theFunctionsRemainingTimeBoundsTheWait() {
    rig.remainingMillis = 6_000;
    BridgeFixture.Held held = rig.waiting(ADA);
    assertAcceptedOneMilliAfter(held, 4_999);
  }

  @Test
  void theTimeTheGatewayHasWaitedAlreadyCounts() {
    ObjectNode event = BridgeFixture.request("POST", "/event", ADA);
    ((ObjectNode) event.get("requestContext")).put("requestTimeEpoch", rig.time.millis() - 3_000);
    BridgeFixture.Held held = rig.send(event);
    held.awaitParked();
    assertAcceptedOneMilliAfter(held, 24_999);
  }

  @Test
  void theCallersWishForAShorterWaitIsMetExactly() {
    BridgeFixture.Held held = rig.post(ADA, Map.of("Prefer", "return=minimal, wait=3"));
    held.awaitParked();
    rig.time.advance(2_999);
    held.awaitParked();
    rig.time.advance(1);
    BridgeFixture.Answer answer = held.now();
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=3");
  }

  @Test
  void aRequestThatDoesNotWaitIsAnsweredOnceTheWorkIsStarted() {
    BridgeFixture.Answer answer = rig.post(ADA, Map.of("Prefer", "respond-async")).now();
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Preference-Applied")).isEqualTo("respond-async");
    assertThat(rig.backend.started).hasSize(1);
  }

  @Test
  void theBackendIsAskedOnceShortlyBeforeTheDeadline() {
    BridgeFixture.Held held = rig.waiting(ADA);
    rig.time.advance(26_999);
    held.awaitParked();
    assertThat(rig.backend.asked).isEmpty();
    rig.backend.onFind = id -> new FindResult.Finished(new WorkOutcome.Completed(FULL_NAME));
    rig.time.advance(1);
    assertThat(held.now().status()).isEqualTo(200);
    assertThat(rig.backend.asked).containsExactly(rig.backend.last().id());
    assertThat(rig.count(Counter.RECONCILED)).isEqualTo(1);
  }

  @Test
  void twoHundredConcurrentRequestsEachGetTheirOwnAnswer() {
    int many = 200;
    List<BridgeFixture.Held> all = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      all.add(rig.post("{\"n\":" + i + "}"));
    }
    Wait.until(() -> rig.backend.started.size() == many);
    assertThat(rig.events.wires).hasSize(1);
    // In reverse order, so that the order cannot match them.
    for (int i = many - 1; i >= 0; i--) {
      WorkRequest work = rig.backend.started.get(i);
      publish(work, "{\"got\":" + work.event() + "}");
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < many; i++) {
      BridgeFixture.Answer answer = all.get(i).now();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body().path("got").path("n").asInt()).isEqualTo(i);
      ids.add(answer.body().path("id").asText());
    }
    assertThat(ids).hasSize(many);
    assertThat(rig.time.pendingTimers()).isZero();
  }

  @Test
  void theLogHasTheCorrelationIdAndNothingOfTheBody() {
    BridgeFixture.Held held = rig.waiting(ADA);
    publish(rig.backend.last(), FULL_NAME);
    held.now();
    assertThat(rig.log()).contains("\"correlationId\":\"" + rig.backend.last().id() + "\"");
    assertThat(rig.log()).doesNotContain("Ada").doesNotContain("Lovelace").doesNotContain("da2-");
    rig.log()
        .lines()
        .forEach(line -> assertThat(ScriptedTransport.parse(line).isObject()).isTrue());
  }

  /** The request is held for this time, and answered with 202 a millisecond later. */
  private void assertAcceptedOneMilliAfter(BridgeFixture.Held held, long millis) {
    rig.time.advance(millis);
    held.awaitParked();
    rig.time.advance(1);
    assertThat(held.now().status()).isEqualTo(202);
  }
}
