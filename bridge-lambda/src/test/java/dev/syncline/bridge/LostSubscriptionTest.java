// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.bridge.BridgeMetrics.Counter;
import dev.syncline.bridge.ScriptedTransport.Wire;
import dev.syncline.bridge.backend.FindResult;
import dev.syncline.bridge.correlate.WorkOutcome;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LostSubscriptionTest {

  private static final FindResult DONE =
      new FindResult.Finished(new WorkOutcome.Completed("{\"fullName\":\"Ada Lovelace\"}"));

  private final BridgeFixture rig = new BridgeFixture();

  /** Answers the given frame type with the given text, everything else as documented. */
  private static ScriptedTransport.Script answering(String type, String text) {
    return new ScriptedTransport.Script() {
      @Override
      public void received(Wire wire, JsonNode frame) {
        if (frame.path("type").asText().equals(type)) {
          if (!text.isEmpty()) {
            wire.text(text.replace("$ID", frame.path("id").asText()));
          }
        } else {
          ScriptedTransport.WELL_BEHAVED.received(wire, frame);
        }
      }
    };
  }

  private static final ScriptedTransport.Script UNREACHABLE =
      new ScriptedTransport.Script() {
        @Override
        public void connecting(Wire wire) {
          wire.listener.closed("the socket could not be opened: ConnectException", false);
        }
      };

  private void freezeAfterAnAnswer(long millis) {
    BridgeFixture.Held first = rig.waiting("1");
    answer(0);
    first.now();
    rig.time.freezeFor(millis);
  }

  private void assertReplaced() {
    assertThat(rig.events.wires).hasSize(2);
    assertThat(rig.events.wires.get(0).closed).isTrue();
  }

  private void answer(int index) {
    rig.events
        .last()
        .event(
            BridgeFixture.completed(rig.backend.started.get(index).id().value(), "{\"ok\":true}"));
  }

  @Test
  void theSubscriptionIsOneWildcardWithCredentialsAsTheServiceWantsThem() {
    rig.waiting("1");
    Wire wire = rig.events.last();
    assertThat(wire.uri)
        .hasToString("wss://abc.appsync-realtime-api.eu-west-1.amazonaws.com/event/realtime");
    assertThat(wire.subprotocols.get(0)).isEqualTo("aws-appsync-event-ws");
    String header = wire.subprotocols.get(1);
    assertThat(header).startsWith("header-").doesNotContain("=", "+", "/");
    String json =
        new String(
            Base64.getUrlDecoder().decode(header.substring("header-".length())),
            StandardCharsets.UTF_8);
    assertThat(json)
        .isEqualTo(
            "{\"host\":\"abc.appsync-api.eu-west-1.amazonaws.com\",\"x-api-key\":\"da2-key1\"}");
    assertThat(wire.subscription().path("channel").asText())
        .matches("/replies/env-[0-9a-f]{32}/\\*");
    assertThat(rig.backend.last().replyTo().orElseThrow().path())
        .startsWith(wire.subscription().path("channel").asText().replace("*", ""));
    assertThat(wire.subscription().path("authorization").path("x-api-key").asText())
        .isEqualTo("da2-key1");
  }

  @Test
  void laterRequestsUseTheSameSubscription() {
    BridgeFixture.Held first = rig.waiting("1");
    answer(0);
    first.now();
    BridgeFixture.Held second = rig.waiting("2");
    answer(1);
    assertThat(second.now().status()).isEqualTo(200);
    assertThat(rig.events.wires).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "subscribe       |"
            + " {\"type\":\"subscribe_error\",\"id\":\"$ID\",\"errors\":[{\"errorType\":\"BadRequestException\",\"message\":\"Invalid"
            + " Channel Format\"}]} | BadRequestException: Invalid Channel Format",
        "connection_init |"
            + " {\"type\":\"connection_error\",\"errors\":[{\"errorType\":\"LimitExceededError\"}]}"
            + " | LimitExceededError",
        "connection_init |"
            + " {\"type\":\"error\",\"errors\":[{\"errorType\":\"UnsupportedOperation\",\"message\":\"no\"}]}"
            + " | UnsupportedOperation: no"
      })
  void aRefusalFailsAtOnceWithItsReasonAndNothingIsStarted(
      String frame, String refusal, String reason) {
    rig.events.script(answering(frame, refusal));
    BridgeFixture.Answer answer = rig.post("1").now();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body().path("detail").asText())
        .contains(reason)
        .contains("Nothing was started");
    assertThat(answer.header("Retry-After")).isNotNull();
    assertThat(rig.backend.started).isEmpty();
    assertThat(rig.events.last().closed).isTrue();
    assertThat(rig.time.pendingTimers()).isZero();
    assertThat(rig.count(Counter.SUBSCRIPTION_FAILURES)).isEqualTo(1);
  }

  @Test
  void afterARefusalTheNextRequestTriesAgain() {
    rig.events.script(UNREACHABLE);
    assertThat(rig.post("1").now().status()).isEqualTo(503);
    rig.events.script(ScriptedTransport.WELL_BEHAVED);
    BridgeFixture.Held held = rig.waiting("2");
    answer(0);
    assertThat(held.now().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"connection_init", "subscribe"})
  void aMissingAcknowledgementFailsAfterItsTimeOut(String unanswered) {
    rig.events.script(answering(unanswered, ""));
    BridgeFixture.Held held = rig.waiting("1");
    rig.time.advance(4_999);
    held.awaitParked();
    rig.time.advance(1);
    BridgeFixture.Answer answer = held.now();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body().path("detail").asText())
        .contains("5000 ms")
        .contains(unanswered.equals("subscribe") ? "subscribe_success" : "connection_ack");
    assertThat(rig.backend.started).isEmpty();
  }

  @Test
  void aSocketThatNeverOpensFailsAfterTheSameTimeOut() {
    rig.events.script(
        new ScriptedTransport.Script() {
          @Override
          public void connecting(Wire wire) {}
        });
    BridgeFixture.Held held = rig.waiting("1");
    rig.time.advance(5_000);
    assertThat(held.now().status()).isEqualTo(503);
    assertThat(rig.events.last().closed).isTrue();
  }

  @Test
  void aRefusedKeyIsFetchedAgainOnce() {
    String refusal =
        "{\"type\":\"connection_error\",\"errors\":[{\"errorType\":\"UnauthorizedException\","
            + "\"errorCode\":401}]}";
    rig.events.script(
        new ScriptedTransport.Script() {
          @Override
          public void received(Wire wire, JsonNode frame) {
            if (frame.path("type").asText().equals("connection_init")
                && rig.events.wires.size() == 1) {
              wire.text(refusal);
            } else {
              ScriptedTransport.WELL_BEHAVED.received(wire, frame);
            }
          }
        });
    BridgeFixture.Held held = rig.waiting("1");
    assertThat(rig.keysFetched).hasValue(2);
    assertThat(rig.events.last().subscription().path("authorization").path("x-api-key").asText())
        .isEqualTo("da2-key2");
    answer(0);
    assertThat(held.now().status()).isEqualTo(200);
  }

  @Test
  void aKeyRefusedTwiceFailsWithTheReasonAndWithoutTheKey() {
    rig.events.script(
        answering(
            "subscribe",
            "{\"type\":\"subscribe_error\",\"id\":\"$ID\",\"errors\":[{\"errorType\":"
                + "\"UnauthorizedException\",\"message\":\"You are not authorized\"}]}"));
    BridgeFixture.Answer answer = rig.post("1").now();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text()).contains("UnauthorizedException").doesNotContain("da2-");
    assertThat(rig.events.wires).hasSize(2);
    assertThat(rig.keysFetched).hasValue(2);
    assertThat(rig.log()).doesNotContain("da2-");
  }

  @Test
  void aSocketLostInMidWaitIsReplacedAndTheBackendAskedOncePerRequest() {
    BridgeFixture.Held first = rig.waiting("1");
    BridgeFixture.Held second = rig.waiting("2");
    String firstId = rig.backend.started.get(0).id().value();
    rig.backend.onFind = id -> id.value().equals(firstId) ? DONE : new FindResult.Running();
    rig.events.last().drop();
    rig.time.advance(100);

    assertThat(first.now().text()).contains("Ada Lovelace");
    Wait.until(() -> rig.backend.asked.size() == 2);
    assertThat(rig.events.wires).hasSize(2);
    answer(1);
    assertThat(second.now().status()).isEqualTo(200);
    assertThat(rig.backend.asked).hasSize(2).doesNotHaveDuplicates();
    assertThat(rig.count(Counter.SUBSCRIPTION_LOSSES)).isEqualTo(1);
  }

  @Test
  void theSameChannelIsSubscribedAgain() {
    rig.waiting("1");
    rig.events.last().drop();
    rig.time.advance(100);
    assertThat(rig.events.wires.get(1).subscription().path("channel"))
        .isEqualTo(rig.events.wires.get(0).subscription().path("channel"));
  }

  @Test
  void reconnectingIsRepeatedWithGrowingPausesUntilItSucceeds() {
    BridgeFixture.Held held = rig.waiting("1");
    rig.events.script(UNREACHABLE);
    rig.events.last().drop();
    rig.time.advance(10_000);
    int tries = rig.events.wires.size();
    assertThat(tries).isBetween(4, 30);
    rig.events.script(ScriptedTransport.WELL_BEHAVED);
    rig.time.advance(5_000);
    Wait.until(() -> rig.backend.asked.size() == 1);
    answer(0);
    assertThat(held.now().status()).isEqualTo(200);
  }

  @Test
  void ifTheSocketStaysLostTheBackendIsAskedBeforeTheDeadline() {
    BridgeFixture.Held held = rig.waiting("1");
    rig.events.script(UNREACHABLE);
    rig.events.last().drop();
    rig.backend.onFind = id -> DONE;
    rig.time.advance(27_000);
    assertThat(held.now().text()).contains("Ada Lovelace");
  }

  @Test
  void noReconnectWithoutPendingReplies() {
    BridgeFixture.Held held = rig.waiting("1");
    answer(0);
    held.now();
    rig.events.last().drop();
    rig.time.advance(60_000);
    assertThat(rig.events.wires).hasSize(1);
    assertThat(rig.time.pendingTimers()).isZero();
  }

  @Test
  void aFrozenEnvironmentReconnectsBeforeItStartsWork() {
    freezeAfterAnAnswer(300_001);

    BridgeFixture.Held second = rig.waiting("2");
    assertReplaced();
    answer(1);
    assertThat(second.now().status()).isEqualTo(200);
  }

  @Test
  void aShortFreezeKeepsTheSocket() {
    freezeAfterAnAnswer(300_000);
    rig.waiting("2");
    assertThat(rig.events.wires).hasSize(1);
  }

  @Test
  void aSocketSilentForTooLongIsReplacedWhileARequestWaits() {
    rig.events.script(
        answering("connection_init", "{\"type\":\"connection_ack\",\"connectionTimeoutMs\":8000}"));
    BridgeFixture.Held held = rig.waiting("1");
    rig.time.advance(8_000);
    assertThat(rig.events.wires).hasSize(1);
    rig.time.advance(1 + 100);
    assertReplaced();
    answer(0);
    assertThat(held.now().status()).isEqualTo(200);
  }

  @Test
  void keepAlivesKeepTheSocket() {
    rig.events.script(
        answering("connection_init", "{\"type\":\"connection_ack\",\"connectionTimeoutMs\":8000}"));
    BridgeFixture.Held held = rig.waiting("1");
    for (int i = 0; i < 3; i++) {
      rig.time.advance(7_000);
      rig.events.last().text("{\"type\":\"ka\"}");
    }
    assertThat(rig.events.wires).hasSize(1);
    answer(0);
    assertThat(held.now().status()).isEqualTo(200);
  }

  @Test
  void anEventTheServiceCouldNotDeliverIsAskedFor() {
    BridgeFixture.Held held = rig.waiting("1");
    rig.backend.onFind = id -> DONE;
    rig.events
        .last()
        .text(
            "{\"type\":\"broadcast_error\",\"id\":\"x\",\"errors\":[{\"errorType\":"
                + "\"MessageProcessingError\"}]}");
    assertThat(held.now().text()).contains("Ada Lovelace");
  }

  @Test
  void messagesOfADroppedSocketDoNotCount() {
    rig.waiting("1");
    Wire old = rig.events.last();
    old.drop();
    rig.time.advance(100);
    BridgeFixture.Held held = rig.waiting("2");
    old.event(BridgeFixture.completed(rig.backend.started.get(1).id().value(), "{\"ok\":false}"));
    held.awaitParked();
    answer(1);
    assertThat(held.now().text()).contains("\"ok\":true");
  }
}
