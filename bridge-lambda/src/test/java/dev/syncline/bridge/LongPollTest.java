// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.bridge.backend.FindResult;
import dev.syncline.bridge.correlate.CorrelationId;
import dev.syncline.bridge.correlate.WorkOutcome;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code GET /event/{id}} with {@code Prefer: wait}, and the behaviour at a deadline. */
class LongPollTest {

  private static final String ID = CorrelationId.random(new Random(17)).value();
  private static final FindResult DONE =
      new FindResult.Finished(new WorkOutcome.Completed("{\"fullName\":\"Ada\"}"));

  private final BridgeFixture rig = new BridgeFixture();

  private BridgeFixture.Held ask(String id, String prefer) {
    ObjectNode event = BridgeFixture.request("GET", "/event/" + id, null);
    ((ObjectNode) event.get("headers")).put("Prefer", prefer);
    return rig.send(event);
  }

  private String accepted() {
    BridgeFixture.Held held = rig.post("1", Map.of("Prefer", "wait=1"));
    held.awaitParked();
    rig.time.advance(1_000);
    assertThat(held.now().status()).isEqualTo(202);
    rig.backend.asked.clear();
    return rig.backend.last().id().value();
  }

  /** Asks, and lets time pass while the request is held. */
  private BridgeFixture.Held heldFor(long millis, String id, String prefer) {
    BridgeFixture.Held held = ask(id, prefer);
    held.awaitParked();
    rig.time.advance(millis);
    return held;
  }

  @Test
  void itIsHeldUntilTheAnswerComes() {
    String id = accepted();
    BridgeFixture.Held held = heldFor(4_000, id, "wait=10");
    assertThat(held.isAnswered()).isFalse();
    rig.events.last().event(BridgeFixture.completed(id, "{\"ok\":true}"));
    BridgeFixture.Answer answer = held.now();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"id\":\"" + id + "\",\"ok\":true}");
    assertThat(answer.header("Preference-Applied")).isEqualTo("wait=10");
    assertThat(rig.time.pendingTimers()).isZero();
  }

  @Test
  void afterItsTimeTheAnswerSaysThatTheWorkContinues() {
    String id = accepted();
    BridgeFixture.Held held = heldFor(3_000, id, "wait=3");
    BridgeFixture.Answer goesOn = held.now();
    assertThat(goesOn.header("Location")).isEqualTo("/dev/event/" + id);
    assertThat(goesOn.status()).isEqualTo(202);
    assertThat(rig.time.pendingTimers()).isZero();
  }

  @Test
  void workOfAnotherEnvironmentIsAskedForWithGrowingPauses() {
    BridgeFixture.Held held = heldFor(5_000, ID, "wait=10");
    assertThat(rig.backend.asked).hasSizeBetween(4, 6);
    rig.backend.onFind = id -> DONE;
    rig.time.advance(2_000);
    assertThat(held.now().text()).contains("Ada");
  }

  @Test
  void unknownWorkIsNotWaitedFor() {
    rig.backend.onFind = id -> new FindResult.NotFound();
    assertThat(ask(ID, "wait=10").now().status()).isEqualTo(404);
  }

  @Test
  void noneIsHeldLongerThanTheGatewayWaits() {
    String id = accepted();
    BridgeFixture.Held held = heldFor(28_000, id, "wait=99999");
    assertThat(held.now().status()).isEqualTo(202);
  }

  @Test
  void aDeadlineIsAnErrorWhereItIsWanted() {
    BridgeFixture strict = new BridgeFixture(Map.of("ON_DEADLINE", "504"));
    BridgeFixture.Held held = strict.waiting("1");
    strict.time.advance(28_000);
    BridgeFixture.Answer answer = held.now();
    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("Location"))
        .isEqualTo("/dev/event/" + strict.backend.last().id().value());

    BridgeFixture.Held asked = strict.post("1", Map.of("Prefer", "respond-async"));
    assertThat(asked.now().status()).isEqualTo(202);
  }
}
