// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class IdleDetectorTest {
  private static final long SETTLE = 100;
  private static final long BEGIN = 7_000;
  private static final LongUnaryOperator ON_TIME = look -> 0;

  private final IdleDetector quiet = new IdleDetector(SETTLE);

  @Test
  void onAMachineThatKeepsTimeItSettlesAfterTheSettleTime() {
    assertThat(settledAfter(ON_TIME)).isEqualTo(SETTLE);
  }

  @Test
  void aLookThatIsALittleLateIsNoSign() {
    assertThat(settledAfter(look -> 3)).isBetween(SETTLE, SETTLE + 3);
  }

  @Test
  void aLookThatWaitedForACpuRestartsTheSettleTime() {
    // The third look is due after 60 and comes after 100; it is quiet for 100 more.
    assertThat(settledAfter(look -> look == 3 ? 40 : 0)).isEqualTo(200);
  }

  @Test
  void aWholeSettleTimeSleptThroughIsNotQuiet() {
    assertThat(quiet.left(BEGIN)).isEqualTo(20);
    assertThat(quiet.left(BEGIN + 500)).isEqualTo(20);
  }

  @Test
  void aMachineThatIsNeverFreeDoesNotStopTheClock() {
    // Each look comes 35 after it was due; then the last settle time counts, late or not.
    assertThat(settledAfter(look -> 35))
        .isBetween(
            IdleDetector.MAX_LATE_CHECKS * 55L + SETTLE,
            IdleDetector.MAX_LATE_CHECKS * 55L + SETTLE + 35);
  }

  @Test
  void aMachineThatStoodStillForLongIsGivenItsTimeToo() {
    quiet.left(BEGIN);

    assertThat(quiet.left(BEGIN + 3_600_000)).isEqualTo(20);
  }

  @Test
  void everyDisturbanceRestartsTheSettleTime() {
    quiet.left(BEGIN);
    quiet.left(BEGIN + 20);
    quiet.disturbed();

    // The pause before the first look after it is neither late nor idle.
    assertThat(quiet.left(BEGIN + 5_000)).isEqualTo(20);
    for (int at = 20; at < 100; at += 20) {
      assertThat(quiet.left(BEGIN + 5_000 + at)).isEqualTo(20);
    }
    assertThat(quiet.left(BEGIN + 5_100)).isZero();
  }

  @Test
  void anExtraLookInBetweenDoesNotDelayTheLooks() {
    for (int at = 0; at < 100; at++) {
      assertThat(quiet.left(BEGIN + at)).isEqualTo(20 - at % 20);
    }
    assertThat(quiet.left(BEGIN + 100)).isZero();
  }

  @Test
  void withoutASettleTimeItIsQuietAtOnce() {
    assertThat(new IdleDetector(0).left(BEGIN)).isZero();
  }

  /** How long it takes when the n-th look (from 1) comes so much late. */
  private long settledAfter(LongUnaryOperator lateness) {
    long now = BEGIN;
    long left = quiet.left(now);
    for (int look = 1; left > 0; look++) {
      now += left + lateness.applyAsLong(look);
      left = quiet.left(now);
    }
    return now - BEGIN;
  }
}
