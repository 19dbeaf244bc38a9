// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.bridge.correlate.PendingReplies.Arrival;
import dev.syncline.bridge.correlate.PendingReplies.Registration;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PendingRepliesTest {

  private final Random random = new Random(3);
  private final PendingReplies replies = new PendingReplies(10, 1_000);

  private static ReplyEnvelope answer(CorrelationId id, int chars) {
    return new ReplyEnvelope(
        id, Optional.of(new Outcome.Completed("\"" + "x".repeat(chars - 2) + "\"")));
  }

  private CorrelationId answeredLate(int chars) {
    CorrelationId id = CorrelationId.random(random);
    if (replies.register(id, "") instanceof Registration.Owner owner) {
      owner.pending().beginStart();
      owner.pending().started().complete(null);
      replies.leave(owner.pending());
    }
    replies.accept(answer(id, chars));
    return id;
  }

  @Test
  void whatIsRememberedIsBoundedByNumber() {
    CorrelationId first = answeredLate(3);
    for (int i = 0; i < 9; i++) {
      answeredLate(3);
    }
    assertThat(replies.outcomeOf(first)).isPresent();
    CorrelationId last = answeredLate(3);
    assertThat(replies.outcomeOf(first)).isEmpty();
    assertThat(replies.knows(first)).isFalse();
    assertThat(replies.outcomeOf(last)).isPresent();
    assertThat(replies.accept(answer(first, 3))).isEqualTo(Arrival.UNKNOWN);
  }

  @Test
  void whatIsRememberedIsBoundedBySize() {
    CorrelationId first = answeredLate(600);
    CorrelationId second = answeredLate(400);
    assertThat(replies.outcomeOf(first)).isPresent();
    CorrelationId third = answeredLate(3);
    assertThat(replies.outcomeOf(first)).isEmpty();
    assertThat(replies.outcomeOf(second)).isPresent();
    assertThat(replies.outcomeOf(third)).isPresent();
  }

  @Test
  void aResultLargerThanTheMemoryIsForgottenAtOnce() {
    assertThat(replies.outcomeOf(answeredLate(2_000))).isEmpty();
    assertThat(replies.outcomeOf(answeredLate(500))).isPresent();
  }

  @Test
  void workThatWasNeverStartedIsNotRemembered() {
    CorrelationId id = CorrelationId.random(random);
    if (replies.register(id, "") instanceof Registration.Owner owner) {
      replies.abandon(owner.pending(), new IllegalStateException("no"));
      replies.leave(owner.pending());
    }
    assertThat(replies.knows(id)).isFalse();
    assertThat(replies.size()).isZero();
  }

  @Test
  void workWhoseStartIsInDoubtIsRememberedUntilItsAnswerComes() {
    CorrelationId id = CorrelationId.random(random);
    if (replies.register(id, "") instanceof Registration.Owner owner) {
      owner.pending().beginStart();
      owner.pending().doubt(new PendingReply.Doubt("BackendUnreachable", 900_000));
      owner.pending().started().complete(null);
      replies.leave(owner.pending());
    }
    assertThat(replies.doubtOf(id)).isPresent();
    assertThat(replies.accept(answer(id, 3))).isEqualTo(Arrival.LATE);
    assertThat(replies.outcomeOf(id)).isPresent();
    assertThat(replies.doubtOf(id)).isEmpty();
  }

  @Test
  void oneCallerTakesOverAStartThatIsInDoubt() {
    CorrelationId id = CorrelationId.random(random);
    Registration first = replies.register(id, "");
    Registration second = replies.register(id, "");
    if (first instanceof Registration.Owner owner && second instanceof Registration.Joined joined) {
      owner.pending().beginStart();
      owner.pending().doubt(new PendingReply.Doubt("BackendUnreachable", 0));
      assertThat(replies.takeOver(owner.pending())).isTrue();
      assertThat(replies.takeOver(joined.pending())).isFalse();
      assertThat(joined.pending().started()).isNotDone();
    }
  }

  /**
   * An answer arrives while the last caller leaves. Whatever the order, an answer that was taken is
   * kept. Two threads race as often as it takes to meet in between.
   */
  @Test
  void noAnswerIsLostBetweenTheLastCallerAndTheMemory() throws Exception {
    int tries = 250_000;
    PendingReplies all = new PendingReplies(8, 10_000);
    AtomicReference<@Nullable PendingReply> current = new AtomicReference<>();
    AtomicInteger turn = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    AtomicReference<@Nullable Arrival> arrival = new AtomicReference<>();
    Thread channel =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  for (int i = 1; i <= tries; i++) {
                    while (turn.get() < i) {
                      Thread.onSpinWait();
                    }
                    arrival.set(
                        all.accept(
                            Objects.requireNonNull(current.get()).id(),
                            new Outcome.Completed("\"" + i + "\"")));
                    done.set(i);
                  }
                });
    int lost = 0;
    for (int i = 1; i <= tries; i++) {
      CorrelationId id = CorrelationId.random(random);
      if (!(all.register(id, "") instanceof Registration.Owner owner)) {
        throw new AssertionError("a random id is known");
      }
      PendingReply pending = owner.pending();
      pending.beginStart();
      pending.started().complete(null);
      current.set(pending);
      turn.set(i);
      for (int wait = i % 24; wait > 0; wait--) {
        Thread.onSpinWait();
      }
      boolean answered = pending.outcome().isPresent();
      all.leave(pending);
      while (done.get() < i) {
        Thread.onSpinWait();
      }
      if (!answered
          && !all.outcomeOf(id).equals(Optional.of(new Outcome.Completed("\"" + i + "\"")))) {
        lost++;
      }
      assertThat(arrival.get()).isIn(Arrival.ANSWER, Arrival.LATE);
    }
    channel.join();
    assertThat(lost).as("answers lost in %s tries", tries).isZero();
  }
}
