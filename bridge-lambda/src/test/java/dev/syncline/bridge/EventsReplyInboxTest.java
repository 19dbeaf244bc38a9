// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.bridge.BridgeMetrics.Counter;
import dev.syncline.bridge.ScriptedTransport.Wire;
import dev.syncline.bridge.backend.StartResult;
import dev.syncline.bridge.backend.WorkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The connection and the channel of a request's answer. */
class EventsReplyInboxTest {

  private static final String PATIENT =
      "{\"type\":\"connection_ack\",\"connectionTimeoutMs\":360000000}";

  private static String channel(WorkRequest work) {
    return work.replyTo().orElseThrow().path();
  }

  private static String environmentOf(WorkRequest work) {
    return channel(work).split("/")[2];
  }

  private static void patient(BridgeFixture rig) {
    rig.events.script(
        new ScriptedTransport.Script() {
          @Override
          public void received(Wire wire, JsonNode frame) {
            if (frame.path("type").asText().equals("connection_init")) {
              wire.text(PATIENT);
            } else {
              ScriptedTransport.WELL_BEHAVED.received(wire, frame);
            }
          }
        });
  }

  @Test
  void aConnectionIsReplacedBeforeTheServiceEndsItAndServesItsLastRequestsFirst() {
    BridgeFixture rig = new BridgeFixture();
    patient(rig);
    BridgeFixture.Held old = rig.waiting("1");
    rig.time.freezeFor(EventsReplyInbox.MAX_AGE_MILLIS);
    BridgeFixture.Held fresh = rig.waiting("2");

    assertThat(rig.events.wires).hasSize(2);
    Wire first = rig.events.wires.get(0);
    assertThat(first.closed).isFalse();
    assertThat(environmentOf(rig.backend.started.get(0)))
        .isNotEqualTo(environmentOf(rig.backend.started.get(1)));

    first.event(BridgeFixture.completed(rig.backend.started.get(0).id().value(), "1"));
    assertThat(old.now().status()).isEqualTo(200);
    Wait.until(() -> first.closed);
    rig.events.last().event(BridgeFixture.completed(rig.backend.started.get(1).id().value(), "2"));
    assertThat(fresh.now().status()).isEqualTo(200);
    assertThat(rig.backend.asked).isEmpty();
  }

  @Test
  void aYoungConnectionIsKept() {
    BridgeFixture rig = new BridgeFixture();
    patient(rig);
    BridgeFixture.Held first = rig.waiting("1");
    rig.events.last().event(BridgeFixture.completed(rig.backend.last().id().value(), "1"));
    first.now();
    rig.time.freezeFor(EventsReplyInbox.MAX_AGE_MILLIS - 3_600_001);
    rig.waiting("2");
    assertThat(rig.events.wires).hasSize(1);
  }

  @Test
  void anEnvironmentRestoredFromASnapshotHasAChannelAConnectionAndAKeyOfItsOwn() {
    BridgeFixture rig = new BridgeFixture();
    SnapStartHook snapshot = SnapStartHook.unregistered(rig.bridge);
    snapshot.beforeCheckpoint(null);
    assertThat(rig.events.wires).isEmpty();
    assertThat(rig.keysFetched).hasValue(0);
    assertThat(rig.time.pendingTimers()).isZero();

    snapshot.afterRestore(null);
    BridgeFixture.Held first = rig.waiting("1");
    rig.events.last().event(BridgeFixture.completed(rig.backend.last().id().value(), "1"));
    first.now();
    snapshot.beforeCheckpoint(null);
    assertThat(rig.events.last().closed).isTrue();
    snapshot.afterRestore(null);
    rig.waiting("2");
    assertThat(rig.events.wires).hasSize(2);
    assertThat(environmentOf(rig.backend.started.get(1)))
        .isNotEqualTo(environmentOf(rig.backend.started.get(0)));
  }

  @Test
  void sixtyFourRequestsShareOneConnectionAndEachGetsItsOwnAnswer() {
    BridgeFixture rig = new BridgeFixture();
    List<BridgeFixture.Held> held = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      held.add(rig.waiting("{\"n\":" + i + "}"));
    }
    assertThat(rig.events.wires).hasSize(1);
    for (int i = 63; i >= 0; i--) {
      WorkRequest work = rig.backend.started.get(i);
      rig.events.last().event(BridgeFixture.completed(work.id().value(), work.event()));
    }
    for (int i = 0; i < 64; i++) {
      assertThat(held.get(i).now().body().path("n").asInt()).isEqualTo(i);
    }
    assertThat(rig.time.pendingTimers()).isZero();
  }

  @Nested
  class WithAChannelForEachRequest {
    private final BridgeFixture rig = new BridgeFixture(Map.of("REPLY_MODE", "per-request"));

    private JsonNode subscription(int index) {
      return rig.events.last().subscriptions().get(index);
    }

    @Test
    void itIsSubscribedToBeforeTheWorkStartsAndGivenUpAfterwards() {
      List<Integer> subscribedAtStart = new ArrayList<>();
      rig.backend.onStart =
          work -> {
            subscribedAtStart.add(rig.events.last().subscriptions().size());
            return new StartResult.Started();
          };
      BridgeFixture.Held held = rig.waiting("1");
      String id = rig.backend.last().id().value();
      assertThat(subscribedAtStart).containsExactly(1);
      assertThat(channel(rig.backend.last())).isEqualTo("/replies/" + id);
      assertThat(subscription(0).path("channel").asText()).isEqualTo("/replies/" + id);

      rig.events.last().event(BridgeFixture.completed(id, "{\"ok\":true}"));
      assertThat(held.now().status()).isEqualTo(200);
      JsonNode last = rig.events.last().sent.get(rig.events.last().sent.size() - 1);
      assertThat(last.path("type").asText()).isEqualTo("unsubscribe");
      assertThat(last.path("id")).isEqualTo(subscription(0).path("id"));
    }

    @Test
    void anEventWithoutAnEnvelopeIsTheResultOfItsOwnChannel() {
      BridgeFixture.Held first = rig.waiting("1");
      BridgeFixture.Held second = rig.waiting("2");
      assertThat(rig.events.wires).hasSize(1);
      rig.events.last().event(subscription(1).path("id").asText(), "{\"nome_completo\":\"Two\"}");
      rig.events.last().event(subscription(0).path("id").asText(), "{\"nome_completo\":\"One\"}");
      assertThat(first.now().body().path("nome_completo").asText()).isEqualTo("One");
      assertThat(second.now().body().path("nome_completo").asText()).isEqualTo("Two");
    }

    @Test
    void twoRequestsOfOneKeyShareTheChannelUntilTheLastHasGone() {
      Map<String, String> key = Map.of("Idempotency-Key", "k");
      BridgeFixture.Held first = rig.post("1", key);
      first.awaitParked();
      BridgeFixture.Held second = rig.post("1", Map.of("Idempotency-Key", "k", "Prefer", "wait=1"));
      second.awaitParked();
      rig.time.advance(1_000);
      assertThat(second.now().status()).isEqualTo(202);
      assertThat(rig.events.last().sent)
          .noneMatch(frame -> frame.path("type").asText().equals("unsubscribe"));
      rig.events.last().event(BridgeFixture.completed(rig.backend.last().id().value(), "1"));
      assertThat(first.now().status()).isEqualTo(200);
    }

    @Test
    void aLostConnectionBringsAllChannelsBackAndThenTheBackendIsAsked() {
      rig.waiting("1");
      rig.waiting("2");
      rig.events.last().drop();
      rig.time.advance(100);
      assertThat(rig.events.wires).hasSize(2);
      assertThat(rig.events.last().subscriptions()).hasSize(2);
      Wait.until(() -> rig.backend.asked.size() == 2);
    }

    /** Refuses these subscriptions, and behaves well otherwise. */
    private static ScriptedTransport.Script refusing(
        String errorType, Predicate<JsonNode> refused) {
      return new ScriptedTransport.Script() {
        @Override
        public void received(Wire wire, JsonNode frame) {
          if (frame.path("type").asText().equals("subscribe") && refused.test(frame)) {
            wire.text(
                "{\"type\":\"subscribe_error\",\"id\":\""
                    + frame.path("id").asText()
                    + "\",\"errors\":[{\"errorType\":\""
                    + errorType
                    + "\"}]}");
          } else {
            ScriptedTransport.WELL_BEHAVED.received(wire, frame);
          }
        }
      };
    }

    @Test
    void oneRefusedChannelCostsTheOthersNothing() {
      BridgeFixture.Held first = rig.waiting("1");
      rig.events.script(refusing("LimitExceededError", frame -> true));
      BridgeFixture.Answer refused = rig.post("2").now();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.text()).contains("LimitExceededError");
      assertThat(rig.backend.started).hasSize(1);
      rig.events.last().event(BridgeFixture.completed(rig.backend.last().id().value(), "1"));
      assertThat(first.now().status()).isEqualTo(200);
      assertThat(rig.events.wires).hasSize(1);
    }

    @Test
    void aKeyReplacedWhileTheConnectionLivesDisturbsNoCaller() {
      BridgeFixture.Held first = rig.waiting("1");
      rig.events.script(
          refusing(
              "UnauthorizedException",
              frame -> frame.path("authorization").path("x-api-key").asText().equals("da2-key1")));
      BridgeFixture.Held second = rig.waiting("2");
      assertThat(rig.keysFetched).hasValue(2);
      assertThat(rig.events.wires).hasSize(1);
      assertThat(rig.count(Counter.SUBSCRIPTION_LOSSES)).isZero();
      rig.events
          .last()
          .event(
              subscription(0).path("id").asText(),
              BridgeFixture.completed(rig.backend.started.get(0).id().value(), "1"));
      rig.events
          .last()
          .event(
              subscription(2).path("id").asText(),
              BridgeFixture.completed(rig.backend.started.get(1).id().value(), "2"));
      assertThat(first.now().status()).isEqualTo(200);
      assertThat(second.now().status()).isEqualTo(200);
    }
  }
}
