// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.bridge.correlate.PendingReplies.Registration;
import dev.syncline.bridge.correlate.PendingReplies.ReplyKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PendingRepliesTest {

  private final Random random = new Random(3);
  private final PendingReplies replies = new PendingReplies(10, 1_000);

  private static ReplyEnvelope answer(CorrelationId id, int chars) {
    return new ReplyEnvelope(
        id, Optional.of(new WorkOutcome.Completed("\"" + "x".repeat(chars - 2) + "\"")));
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
  void memoryIsBoundedByNumber() {
    CorrelationId first = answeredLate(3);
    for (int i = 0; i < 9; i++) {
      answeredLate(3);
    }
    assertThat(replies.outcomeOf(first)).isPresent();
    CorrelationId last = answeredLate(3);
    assertThat(replies.outcomeOf(first)).isEmpty();
    assertThat(replies.knows(first)).isFalse();
    assertThat(replies.outcomeOf(last)).isPresent();
    assertThat(replies.accept(answer(first, 3))).isEqualTo(ReplyKind.UNKNOWN);
  }

  @Test
  void memoryIsBoundedBySize() {
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
    assertThat(replies.accept(answer(id, 3))).isEqualTo(ReplyKind.LATE);
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
   * An answer arrives while the last caller leaves. In every order, an accepted answer is kept. Two
   * threads race until they overlap; the waits are short, so that a busy machine costs attempts and
   * not minutes.
   */
  @Test
  void noAnswerIsLostBetweenTheLastCallerAndTheMemory() throws Exception {
    int tries = 250_000;
    PendingReplies all = new PendingReplies(tries, 100L * tries);
    CorrelationId[] ids = new CorrelationId[tries];
    for (int i = 0; i < tries; i++) {
      ids[i] = CorrelationId.random(random);
    }
    AtomicInteger registered = new AtomicInteger();
    AtomicInteger accepted = new AtomicInteger();
    Set<ReplyKind> arrivals = EnumSet.noneOf(ReplyKind.class);
    Thread channel =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  for (int i = 0; i < tries; i++) {
                    while (registered.get() <= i) {
                      Thread.onSpinWait();
                    }
                    arrivals.add(all.accept(ids[i], new WorkOutcome.Completed("1")));
                    accepted.set(i + 1);
                  }
                });
    for (int i = 0; i < tries; i++) {
      if (!(all.register(ids[i], "") instanceof Registration.Owner owner)) {
        throw new AssertionError("a random id is known");
      }
      owner.pending().beginStart();
      owner.pending().started().complete(null);
      registered.set(i + 1);
      for (int wait = i % 24; wait > 0; wait--) {
        Thread.onSpinWait();
      }
      all.leave(owner.pending());
      for (int wait = 0; wait < 200 && accepted.get() <= i; wait++) {
        Thread.onSpinWait();
      }
    }
    channel.join();
    long lost = Arrays.stream(ids).filter(id -> all.outcomeOf(id).isEmpty()).count();
    assertThat(lost).as("answers lost in %s tries", tries).isZero();
    assertThat(arrivals).containsExactlyInAnyOrder(ReplyKind.ANSWER, ReplyKind.LATE);
  }
}
