// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.bridge.BridgeMetrics.Counter;
import dev.syncline.bridge.backend.FindResult;
import dev.syncline.bridge.backend.StartResult;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StartFailureTest {

  private static final StartResult THROTTLED =
      new StartResult.NotStarted("ThrottlingException", "Rate exceeded for role secret-role", true);
  private static final StartResult LOST =
      new StartResult.Unconfirmed("BackendUnreachable", "SocketTimeoutException");

  private static final Map<String, String> KEY = Map.of("Idempotency-Key", "order-17");

  private final BridgeFixture rig = new BridgeFixture();

  /**
   * Advances time, pause by pause, until the request is answered or has been started the given
   * number of times.
   */
  private void runUntil(BridgeFixture.Held held, int starts) {
    // Advancing time before the first start may end the subscription.
    Wait.until(() -> held.isAnswered() || !rig.backend.started.isEmpty());
    Wait.until(
        () -> {
          if (held.isAnswered() || rig.backend.started.size() >= starts) {
            return true;
          }
          rig.time.advance(1);
          return false;
        });
  }

  /** Posts, and runs until the response or the given number of starts. */
  private BridgeFixture.Held started(Map<String, String> headers, int starts) {
    BridgeFixture.Held held = rig.post("1", headers);
    runUntil(held, starts);
    return held;
  }

  private void assertARepeatCompletes() {
    BridgeFixture.Held repeat = rig.post("1", KEY);
    complete(repeat);
    assertThat(repeat.now().status()).isEqualTo(200);
  }

  private void complete(BridgeFixture.Held held) {
    held.awaitParked();
    rig.events
        .last()
        .event(BridgeFixture.completed(rig.backend.last().id().value(), "{\"ok\":true}"));
  }

  @Test
  void aThrottledStartIsTriedAgainUnderTheSameName() {
    AtomicInteger attempts = new AtomicInteger();
    rig.backend.onStart =
        work -> attempts.incrementAndGet() < 3 ? THROTTLED : new StartResult.Started();
    BridgeFixture.Held held = started(Map.of(), 3);
    complete(held);
    assertThat(held.now().status()).isEqualTo(200);
    assertThat(rig.backend.started).hasSize(3);
    assertThat(rig.backend.started.stream().map(w -> w.id()).distinct()).hasSize(1);
    assertThat(rig.count(Counter.START_RETRIES)).isEqualTo(2);
  }

  @Test
  void aStartThrottledForeverSaysThatNothingWasStarted() {
    rig.backend.onStart = work -> THROTTLED;
    BridgeFixture.Answer answer = started(Map.of(), Integer.MAX_VALUE).now();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isNotNull();
    assertThat(answer.text())
        .contains("ThrottlingException")
        .contains("Nothing was started")
        .doesNotContain("secret-role");
    assertThat(rig.backend.started).hasSize(StartAttempts.MAX_ATTEMPTS);
    assertThat(rig.log()).contains("Rate exceeded");
  }

  @Test
  void aStartRefusedPermanentlyIsNotRepeated() {
    rig.backend.onStart =
        work -> new StartResult.NotStarted("AccessDeniedException", "arn:secret", false);
    BridgeFixture.Answer answer = rig.post("1").now();
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text())
        .contains("AccessDeniedException")
        .contains("Nothing was started")
        .doesNotContain("arn:secret");
    assertThat(rig.backend.started).hasSize(1);
  }

  @Test
  void aStartNeverConfirmedSaysWhereToAsk() {
    rig.backend.onStart = work -> LOST;
    BridgeFixture.Answer answer = started(Map.of(), Integer.MAX_VALUE).now();
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.header("Location")).endsWith("/event/" + rig.backend.last().id());
    assertThat(answer.text()).contains("may be running");
    // The problem is correct: Location answers, also with a late answer.
    String id = rig.backend.last().id().value();
    rig.backend.onFind = asked -> new FindResult.Untracked();
    assertThat(rig.get(id).status()).isEqualTo(202);
    rig.events.last().event(BridgeFixture.completed(id, "{\"ok\":true}"));
    assertThat(rig.get(id).status()).isEqualTo(200);
    assertThat(rig.count(Counter.LATE_EVENTS)).isEqualTo(1);
    assertThat(rig.count(Counter.UNKNOWN_EVENTS)).isZero();
  }

  @Test
  void workThatMayRunIsStartedOnceWhereTheBackendDoesNotKnowItByItsId() {
    rig.backend.repeatable = false;
    rig.backend.onFind = asked -> new FindResult.Untracked();
    rig.backend.onStart = work -> LOST;
    BridgeFixture.Held first = started(KEY, Integer.MAX_VALUE);
    assertThat(first.now().text()).contains("may be running");
    assertThat(rig.backend.started).hasSize(1);

    BridgeFixture.Held repeat = started(KEY, Integer.MAX_VALUE);
    assertThat(repeat.now().status()).isEqualTo(502);
    assertThat(rig.backend.started).hasSize(1);

    assertARepeatCompletes();
    assertThat(rig.backend.started).hasSize(1);
  }

  @Test
  void theAnswerThatComesInTimeIsGivenThoughTheStartWasNotConfirmed() {
    rig.backend.repeatable = false;
    rig.backend.onStart = work -> LOST;
    BridgeFixture.Held held = rig.waiting("1");
    rig.time.advance(20_000);
    complete(held);
    assertThat(held.now().status()).isEqualTo(200);
  }

  @Test
  void workWhoseStartWasNeverConfirmedIsUnknownAfterTheDoubtAndTheRepeatStartsIt() {
    rig.backend.repeatable = false;
    rig.backend.onFind = asked -> new FindResult.Untracked();
    rig.backend.onStart = work -> LOST;
    BridgeFixture.Held first = started(KEY, Integer.MAX_VALUE);
    String id = rig.backend.last().id().value();
    rig.time.advance(900_000);
    BridgeFixture.Answer gone = rig.get(id);
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.text()).contains("not confirmed");

    rig.backend.onStart = work -> new StartResult.Started();
    assertARepeatCompletes();
    assertThat(rig.backend.started).hasSize(2);
  }

  @Test
  void aRepeatStartsAgainWhatMayRunWhereTheBackendKnowsItByItsId() {
    rig.backend.onStart = work -> LOST;
    BridgeFixture.Held first = started(KEY, Integer.MAX_VALUE);
    assertThat(first.now().status()).isEqualTo(502);
    rig.backend.onStart = work -> new StartResult.Started();
    assertARepeatCompletes();
  }

  @Test
  void workThatAnotherEnvironmentIsStartingIsAwaited() {
    rig.backend.onStart = work -> new StartResult.Leased(rig.time.clock().millis() + 30_000);
    BridgeFixture.Held held = started(KEY, 5);
    rig.backend.onStart = work -> new StartResult.Started();
    int before = rig.backend.started.size();
    runUntil(held, before + 1);
    complete(held);
    assertThat(held.now().status()).isEqualTo(200);
  }

  @Test
  void aNoteThatFailsIsRepeatedAndTheCallerGetsItsAnswer() {
    AtomicInteger attempts = new AtomicInteger();
    rig.backend.repeatable = false;
    rig.backend.onStart =
        work ->
            attempts.incrementAndGet() < 3
                ? new StartResult.Unrecorded(new StartResult.Started(), "503")
                : new StartResult.Started();
    BridgeFixture.Held held = started(KEY, 3);
    complete(held);
    assertThat(held.now().status()).isEqualTo(200);
  }

  /** The bridge answers in time, with or without time limits in the backend. */
  @Test
  void aBackendThatHangsHoldsNoCallerBeyondItsDeadline() throws Exception {
    BridgeFixture patient = new BridgeFixture(Map.of(), Thread::startVirtualThread);
    CountDownLatch go = new CountDownLatch(1);
    patient.backend.onStart =
        work -> {
          hang(go);
          return new StartResult.Started();
        };
    BridgeFixture.Held held = patient.post("1", KEY);
    Wait.until(() -> !patient.backend.started.isEmpty());
    held.awaitParked();
    patient.time.advance(28_000);
    BridgeFixture.Answer answer = held.now();
    assertThat(answer.status()).isEqualTo(502);
    String id = patient.backend.last().id().value();
    assertThat(answer.header("Location")).endsWith("/event/" + id);
    patient.backend.onFind =
        asked -> {
          hang(go);
          return new FindResult.Running();
        };
    BridgeFixture.Held asking = patient.send(BridgeFixture.request("GET", "/event/" + id, null));
    Wait.until(() -> !patient.backend.asked.isEmpty());
    asking.awaitParked();
    patient.time.advance(29_000);
    assertThat(asking.now().status()).isEqualTo(202);
    go.countDown();
  }

  @Test
  void aStartThatIsRefusedAfterTheDeadlineLeavesNothingBehind() throws Exception {
    BridgeFixture patient = new BridgeFixture(Map.of(), Thread::startVirtualThread);
    CountDownLatch go = new CountDownLatch(1);
    patient.backend.repeatable = false;
    patient.backend.onFind = asked -> new FindResult.Untracked();
    patient.backend.onStart =
        work -> {
          hang(go);
          return THROTTLED;
        };
    BridgeFixture.Held held = patient.post("1", KEY);
    Wait.until(() -> !patient.backend.started.isEmpty());
    held.awaitParked();
    patient.time.advance(28_000);
    assertThat(held.now().status()).isEqualTo(502);
    String id = patient.backend.last().id().value();
    go.countDown();
    Wait.until(() -> patient.get(id).status() == 404);
  }

  private static void hang(CountDownLatch until) {
    try {
      until.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aThrottleAfterALostAnswerDoesNotClaimThatNothingWasStarted() {
    AtomicInteger attempts = new AtomicInteger();
    rig.backend.onStart = work -> attempts.incrementAndGet() == 1 ? LOST : THROTTLED;
    BridgeFixture.Held held = started(Map.of(), Integer.MAX_VALUE);
    assertThat(held.now().text()).contains("may be running");
  }

  @Test
  void anAnswerProvesAStartThatWasNotConfirmed() {
    rig.backend.onStart =
        work -> {
          rig.events.last().event(BridgeFixture.completed(work.id().value(), "{\"ok\":true}"));
          return LOST;
        };
    assertThat(rig.post("1").now().status()).isEqualTo(200);
    assertThat(rig.backend.started).hasSize(1);
  }

  @Test
  void anAnswerEndsThePauseBeforeAnotherAttempt() {
    rig.backend.onStart = work -> LOST;
    BridgeFixture.Held held = rig.waiting("1");
    rig.events
        .last()
        .event(BridgeFixture.completed(rig.backend.last().id().value(), "{\"ok\":true}"));
    BridgeFixture.Answer answer = held.now();
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void aBackendThatThrowsIsAnInternalErrorWithoutItsText() {
    rig.backend.onStart =
        work -> {
          throw new IllegalStateException("password=hunter2");
        };
    BridgeFixture.Answer answer = rig.post("1").now();
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).doesNotContain("hunter2").doesNotContain("IllegalState");
    rig.backend.onStart = work -> new StartResult.Started();
    BridgeFixture.Held next = rig.post("2");
    complete(next);
    assertThat(next.now().status()).isEqualTo(200);
  }
}
