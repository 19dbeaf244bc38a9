// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.bridge.backend.FindResult;
import dev.syncline.bridge.backend.StartResult;
import dev.syncline.bridge.correlate.WorkOutcome;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyTest {

  private static final Map<String, String> KEY = Map.of("Idempotency-Key", "order-17");

  private final BridgeFixture rig = new BridgeFixture();

  private void answer() {
    rig.events
        .last()
        .event(BridgeFixture.completed(rig.backend.last().id().value(), "{\"ok\":true}"));
  }

  @Test
  void theKeyNamesTheWork() {
    BridgeFixture secretive =
        new BridgeFixture(Map.of("IDEMPOTENCY_SECRET", "correct horse battery"));
    secretive.post("1", KEY).awaitParked();
    // From another implementation: HMAC-SHA-256 of "0:order-17", then SHA-256 for the caller's tag.
    assertThat(secretive.backend.last().id().value())
        .isEqualTo("exec-9a4c79935c19a0414e025701bfc03b6f");
  }

  @Test
  void theKeyAloneDoesNotGiveTheId() {
    BridgeFixture other =
        new BridgeFixture(Map.of("IDEMPOTENCY_SECRET", "another secret of this length"));
    other.post("1", KEY).awaitParked();
    rig.post("1", KEY).awaitParked();
    assertThat(other.backend.last().id()).isNotEqualTo(rig.backend.last().id());
  }

  @Test
  void callersThatTheGatewayTellsApartDoNotShareKeys() {
    ObjectNode event = BridgeFixture.request("POST", "/event", "1");
    ((ObjectNode) event.get("headers")).put("Idempotency-Key", "order-17");
    ((ObjectNode) event.get("requestContext")).putObject("identity").put("apiKeyId", "tenant-a");
    rig.send(event).awaitParked();
    rig.post("1", KEY).awaitParked();
    assertThat(rig.backend.started.get(0).id()).isNotEqualTo(rig.backend.started.get(1).id());
  }

  @Test
  void aRepeatJoinsTheRunningWork() {
    BridgeFixture.Held first = rig.post("1", KEY);
    first.awaitParked();
    BridgeFixture.Held second = rig.post("1", KEY);
    second.awaitParked();
    assertThat(rig.backend.started).hasSize(1);
    answer();
    assertThat(first.now().text()).isEqualTo(second.now().text());
    assertThat(first.now().status()).isEqualTo(200);
  }

  @Test
  void aRepeatAfterTheAnswerGetsTheSameAnswer() {
    BridgeFixture.Held first = rig.post("1", KEY);
    first.awaitParked();
    answer();
    assertThat(rig.post("1", KEY).now().text()).isEqualTo(first.now().text());
    assertThat(rig.backend.started).hasSize(1);
  }

  @Test
  void aRepeatAfterTheDeadlineWaitsForTheSameWork() {
    BridgeFixture.Held first = rig.post("1", KEY);
    first.awaitParked();
    rig.time.advance(28_000);
    assertThat(first.now().status()).isEqualTo(202);
    BridgeFixture.Held second = rig.post("1", KEY);
    Wait.until(() -> !rig.backend.asked.isEmpty());
    second.awaitParked();
    answer();
    assertThat(second.now().status()).isEqualTo(200);
    assertThat(rig.backend.started).hasSize(1);
  }

  @Test
  void theSameKeyWithAnotherBodyIsRefused() {
    BridgeFixture.Held first = rig.post("1", KEY);
    first.awaitParked();
    assertThat(rig.post("2", KEY).now().status()).isEqualTo(422);
    answer();
    assertThat(first.now().status()).isEqualTo(200);
    assertThat(rig.post("2", KEY).now().status()).isEqualTo(422);
  }

  /** The work of a key is found by its id, which does not identify the body. */
  @Test
  void anotherBodysAnswerIsNotGivenWhileTheStartIsInDoubt() {
    rig.backend.onStart = work -> new StartResult.Unconfirmed("BackendUnreachable", "x");
    rig.backend.onFind =
        id -> new FindResult.Finished(new WorkOutcome.Completed("{\"of\":\"another\"}"));
    BridgeFixture.Held held = rig.post("2", KEY);
    Wait.until(() -> !rig.backend.started.isEmpty());
    Wait.until(
        () -> {
          if (!held.isAnswered() && rig.backend.started.size() < StartAttempts.MAX_ATTEMPTS) {
            rig.time.advance(1);
          }
          return held.isAnswered() || rig.backend.started.size() == StartAttempts.MAX_ATTEMPTS;
        });
    rig.backend.onStart = work -> new StartResult.OtherEvent();
    assertRefusedInTime(rig, held, 100);
  }

  @Test
  void anotherBodysEventOnTheKeysOwnChannelIsNotGivenWhileTheStartIsInDoubt() {
    BridgeFixture shared = new BridgeFixture(Map.of("REPLY_MODE", "per-request"));
    shared.backend.onStart =
        work -> {
          shared
              .events
              .last()
              .event(BridgeFixture.completed(work.id().value(), "{\"of\":\"another\"}"));
          shared.backend.onStart = again -> new StartResult.OtherEvent();
          return new StartResult.Unconfirmed("BackendUnreachable", "x");
        };
    BridgeFixture.Held held = shared.post("2", KEY);
    Wait.until(() -> !shared.backend.started.isEmpty());
    assertRefusedInTime(shared, held, 1);
  }

  @Test
  void aBackendThatKnowsTheKeyWithAnotherBodyIsBelieved() {
    rig.backend.onStart = work -> new StartResult.OtherEvent();
    assertThat(rig.post("1", KEY).now().status()).isEqualTo(422);
  }

  @Test
  void workThatIsDoneAlreadyIsAnsweredAtOnce() {
    rig.backend.onStart =
        work -> new StartResult.Finished(new WorkOutcome.Completed("{\"ok\":true}"));
    assertThat(rig.post("1", KEY).now().status()).isEqualTo(200);
  }

  @Test
  void workThatAnswersToAnotherEnvironmentIsAskedFor() {
    rig.backend.onStart = work -> new StartResult.Joined("/replies/env-other/" + work.id());
    BridgeFixture.Held held = rig.post("1", KEY);
    held.awaitParked();
    rig.time.advance(250);
    Wait.until(() -> rig.backend.asked.size() == 1);
    held.awaitParked();
    rig.backend.onFind = id -> new FindResult.Finished(new WorkOutcome.Completed("{\"ok\":true}"));
    Wait.until(
        () -> {
          rig.time.advance(50);
          return held.isAnswered();
        });
    assertThat(held.now().status()).isEqualTo(200);
  }

  @Test
  void workThatWasJoinedInThisEnvironmentIsNotPolled() {
    rig.backend.onStart = work -> new StartResult.Joined(work.replyTo().orElseThrow().path());
    BridgeFixture.Held held = rig.post("1", KEY);
    held.awaitParked();
    rig.time.advance(20_000);
    held.awaitParked();
    assertThat(rig.backend.asked).isEmpty();
    answer();
    assertThat(held.now().status()).isEqualTo(200);
  }

  @Test
  void aJoinedStartThatFailsGivesTheReasonAndARepeatStartsAgain() {
    rig.events.script(
        new ScriptedTransport.Script() {
          @Override
          public void connecting(ScriptedTransport.Wire wire) {}
        });
    BridgeFixture.Held first = rig.post("1", KEY);
    first.awaitParked();
    BridgeFixture.Held second = rig.post("1", KEY);
    second.awaitParked();
    rig.time.advance(5_000);
    assertThat(first.now().status()).isEqualTo(503);
    assertThat(second.now().status()).isEqualTo(503);

    rig.events.script(ScriptedTransport.WELL_BEHAVED);
    BridgeFixture.Held third = rig.post("1", KEY);
    third.awaitParked();
    answer();
    assertThat(third.now().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   "})
  void anEmptyKeyIsRefused(String key) {
    assertThat(rig.post("1", Map.of("Idempotency-Key", key)).now().status()).isEqualTo(400);
  }

  @Test
  void aKeyTooLongIsRefused() {
    assertThat(rig.post("1", Map.of("Idempotency-Key", "k".repeat(256))).now().status())
        .isEqualTo(400);
  }

  /** Advances time in steps until the request is refused as another event's. */
  private static void assertRefusedInTime(
      BridgeFixture bridge, BridgeFixture.Held held, long stepMillis) {
    Wait.until(
        () -> {
          bridge.time.advance(stepMillis);
          return held.isAnswered();
        });
    assertThat(held.now().status()).isEqualTo(422);
  }
}
