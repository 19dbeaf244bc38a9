// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void aSecondsWorthMayComeAtOnceAndNoMore() {
    var limit = new RateLimit(25);
    for (int i = 0; i < 25; i++) {
      assertThat(limit.take(NOON, 1)).isTrue();
    }
    assertThat(limit.take(NOON, 1)).isFalse();
    assertThat(limit.take(NOON.plusMillis(39), 1)).isFalse();
    assertThat(limit.take(NOON.plusMillis(40), 1)).isTrue();
    assertThat(limit.take(NOON.plusMillis(40), 1)).isFalse();
  }

  @Test
  void refusedCallsAreNotCounted() {
    var limit = new RateLimit(10);
    assertThat(limit.take(NOON, 8)).isTrue();
    assertThat(limit.take(NOON, 3)).isFalse();
    assertThat(limit.take(NOON, 2)).isTrue();
  }

  @Test
  void aLongRestAllowsNoMoreThanASecondsWorth() {
    var limit = new RateLimit(5);
    assertThat(limit.take(NOON, 5)).isTrue();
    Instant muchLater = NOON.plusSeconds(3600);
    assertThat(limit.take(muchLater, 6)).isFalse();
    assertThat(limit.take(muchLater, 5)).isTrue();
    assertThat(limit.take(muchLater, 1)).isFalse();
  }

  @Test
  void zeroIsNoLimit() {
    var limit = new RateLimit(0);
    for (int i = 0; i < 10_000; i++) {
      assertThat(limit.take(NOON, 1_000)).isTrue();
    }
  }
}
