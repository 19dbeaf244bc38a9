// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.bridge.correlate.PendingReplies.Arrival;
import dev.syncline.bridge.correlate.PendingReplies.Registration;
import java.util.Optional;
import java.util.Random;
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
}
