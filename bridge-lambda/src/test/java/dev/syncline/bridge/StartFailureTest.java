// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.bridge.BridgeMetrics.Counter;
import dev.syncline.bridge.backend.StartResult;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StartFailureTest {

  private static final StartResult THROTTLED =
      new StartResult.NotStarted("ThrottlingException", "Rate exceeded for role secret-role", true);
  private static final StartResult LOST =
      new StartResult.Unconfirmed("BackendUnreachable", "SocketTimeoutException");

  private final Rig rig = new Rig();

  /** Lets time run, pause by pause, until the request is answered or has been started so often. */
  private void runUntil(Rig.Held held, int starts) {
    Wait.until(
        () -> {
          if (held.isAnswered() || rig.backend.started.size() >= starts) {
            return true;
          }
          rig.time.advance(1);
          return false;
        });
  }

  private void complete(Rig.Held held) {
    held.awaitParked();
    rig.events.last().event(Rig.completed(rig.backend.last().id().value(), "{\"ok\":true}"));
  }

  @Test
  void aThrottledStartIsTriedAgainUnderTheSameName() {
    AtomicInteger attempts = new AtomicInteger();
    rig.backend.onStart =
        work -> attempts.incrementAndGet() < 3 ? THROTTLED : new StartResult.Started();
    Rig.Held held = rig.post("1");
    runUntil(held, 3);
    complete(held);
    assertThat(held.now().status()).isEqualTo(200);
    assertThat(rig.backend.started).hasSize(3);
    assertThat(rig.backend.started.stream().map(w -> w.id()).distinct()).hasSize(1);
    assertThat(rig.count(Counter.START_RETRIES)).isEqualTo(2);
  }

  @Test
  void aStartThrottledForeverSaysThatNothingWasStarted() {
    rig.backend.onStart = work -> THROTTLED;
    Rig.Held held = rig.post("1");
    runUntil(held, Integer.MAX_VALUE);
    Rig.Answer answer = held.now();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isNotNull();
    assertThat(answer.text())
        .contains("ThrottlingException")
        .contains("Nothing was started")
        .doesNotContain("secret-role");
    assertThat(rig.backend.started).hasSize(WorkStarter.MAX_ATTEMPTS);
    assertThat(rig.log()).contains("Rate exceeded");
  }

  @Test
  void aStartRefusedForGoodIsNotRepeated() {
    rig.backend.onStart =
        work -> new StartResult.NotStarted("AccessDeniedException", "arn:secret", false);
    Rig.Answer answer = rig.post("1").now();
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
    Rig.Held held = rig.post("1");
    runUntil(held, Integer.MAX_VALUE);
    Rig.Answer answer = held.now();
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.header("Location")).endsWith("/event/" + rig.backend.last().id());
    assertThat(answer.text()).contains("may have been started");
  }

  @Test
  void aThrottleAfterALostAnswerDoesNotClaimThatNothingWasStarted() {
    AtomicInteger attempts = new AtomicInteger();
    rig.backend.onStart = work -> attempts.incrementAndGet() == 1 ? LOST : THROTTLED;
    Rig.Held held = rig.post("1");
    runUntil(held, Integer.MAX_VALUE);
    assertThat(held.now().text()).contains("may have been started");
  }

  @Test
  void anAnswerProvesAStartThatWasNotConfirmed() {
    rig.backend.onStart =
        work -> {
          rig.events.last().event(Rig.completed(work.id().value(), "{\"ok\":true}"));
          return LOST;
        };
    assertThat(rig.post("1").now().status()).isEqualTo(200);
    assertThat(rig.backend.started).hasSize(1);
  }

  @Test
  void anAnswerEndsThePauseBeforeAnotherAttempt() {
    rig.backend.onStart = work -> LOST;
    Rig.Held held = rig.waiting("1");
    rig.events.last().event(Rig.completed(rig.backend.last().id().value(), "{\"ok\":true}"));
    Rig.Answer answer = held.now();
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void aBackendThatThrowsIsAnInternalErrorWithoutItsText() {
    rig.backend.onStart =
        work -> {
          throw new IllegalStateException("password=hunter2");
        };
    Rig.Answer answer = rig.post("1").now();
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).doesNotContain("hunter2").doesNotContain("IllegalState");
    rig.backend.onStart = work -> new StartResult.Started();
    Rig.Held next = rig.post("2");
    complete(next);
    assertThat(next.now().status()).isEqualTo(200);
  }
}
