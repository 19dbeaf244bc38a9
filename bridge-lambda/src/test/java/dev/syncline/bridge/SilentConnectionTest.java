// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.bridge.BridgeMetrics.Counter;
import dev.syncline.bridge.backend.FindResult;
import dev.syncline.bridge.correlate.WorkOutcome;
import dev.syncline.bridge.realtime.ReplyConnection;
import org.junit.jupiter.api.Test;

/** A connection that is alive but delivers no events. */
class SilentConnectionTest {

  private static final FindResult DONE =
      new FindResult.Finished(new WorkOutcome.Completed("{\"ok\":true}"));

  private final BridgeFixture rig = new BridgeFixture();

  /** A request whose answer is found by the poll before its deadline. */
  private BridgeFixture.Answer found(String body) {
    BridgeFixture.Held held = rig.waiting(body);
    rig.backend.onFind = id -> DONE;
    rig.time.advance(27_000);
    BridgeFixture.Answer answer = held.now();
    assertThat(answer.status()).isEqualTo(200);
    rig.backend.onFind = id -> new FindResult.Running();
    return answer;
  }

  @Test
  void anAnswerThatTheChannelShouldHaveBroughtMakesTheBridgeReconnect() {
    found("1");
    ScriptedTransport.Wire deaf = rig.events.last();
    rig.time.advance(MissedReplies.GRACE_MILLIS);
    assertThat(rig.count(Counter.UNHEARD_ANSWERS)).isEqualTo(1);
    assertThat(rig.events.last()).isNotSameAs(deaf);
    assertThat(rig.count(Counter.RECONNECTS)).isEqualTo(1);

    BridgeFixture.Held next = rig.waiting("2");
    rig.events
        .last()
        .event(BridgeFixture.completed(rig.backend.last().id().value(), "{\"ok\":true}"));
    assertThat(next.now().status()).isEqualTo(200);
    assertThat(rig.log()).contains("\"unheardAnswers\":1");
  }

  @Test
  void pendingRepliesArriveOnTheNewConnection() {
    BridgeFixture.Held first = rig.waiting("1");
    rig.time.advance(5_000);
    BridgeFixture.Held second = rig.waiting("2");
    String work = rig.backend.last().id().value();
    rig.backend.onFind = id -> id.value().equals(work) ? new FindResult.Running() : DONE;
    rig.time.advance(22_000);
    assertThat(first.now().status()).isEqualTo(200);
    rig.time.advance(MissedReplies.GRACE_MILLIS);
    rig.events.last().event(BridgeFixture.completed(work, "{\"ok\":true}"));
    assertThat(second.now().status()).isEqualTo(200);
  }

  @Test
  void anEventThatWasOnlyOvertakenIsNoReason() {
    found("1");
    ScriptedTransport.Wire alive = rig.events.last();
    alive.event(BridgeFixture.completed(rig.backend.last().id().value(), "{\"ok\":true}"));
    rig.time.advance(MissedReplies.GRACE_MILLIS);
    assertThat(rig.count(Counter.UNHEARD_ANSWERS)).isZero();
    assertThat(rig.events.last()).isSameAs(alive);
  }

  @Test
  void lostEventsOneAfterTheOtherDoNotMakeItReconnectEachTime() {
    rig.waiting("1");
    BridgeFixture.Held second = rig.waiting("2");
    rig.backend.onFind = id -> DONE;
    rig.time.advance(27_000);
    assertThat(second.now().status()).isEqualTo(200);
    rig.time.advance(MissedReplies.GRACE_MILLIS);
    assertThat(rig.count(Counter.UNHEARD_ANSWERS)).isEqualTo(2);
    assertThat(rig.count(Counter.RECONNECTS)).isEqualTo(1);
    rig.time.advance(ReplyConnection.MIN_MILLIS_BETWEEN_REPLACEMENTS);
    found("3");
    rig.time.advance(MissedReplies.GRACE_MILLIS);
    assertThat(rig.count(Counter.RECONNECTS)).isEqualTo(2);
  }

  @Test
  void aLookThatALossAskedForIsNoSign() {
    BridgeFixture.Held held = rig.waiting("1");
    rig.backend.onFind = id -> DONE;
    rig.events.last().drop();
    Wait.until(
        () -> {
          rig.time.advance(50);
          return held.isAnswered();
        });
    rig.time.advance(MissedReplies.GRACE_MILLIS);
    assertThat(rig.count(Counter.UNHEARD_ANSWERS)).isZero();
  }
}
