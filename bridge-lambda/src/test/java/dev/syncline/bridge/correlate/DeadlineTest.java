// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {

  private static final long NOW = 1_000_000;

  @ParameterizedTest
  @CsvSource({
    "29000, 60000, 1000, 28000",
    "29000, 10000, 1000, 9000",
    "29000, 500, 1000, 0",
    "29000, 60000, 0, 29000"
  })
  void theEarlierWallLessTheMarginCounts(long budget, long remaining, long margin, long wait) {
    assertThat(Deadline.of(NOW, budget, OptionalLong.empty(), remaining, margin).atMillis())
        .isEqualTo(NOW + wait);
  }

  @ParameterizedTest
  @CsvSource({"0, 28000", "2500, 25500", "10000, 18000", "10001, 28000", "-1, 28000"})
  void theGatewaysWaitSoFarCountsUnlessItsClockIsForeign(long age, long wait) {
    assertThat(Deadline.of(NOW, 29_000, OptionalLong.of(NOW - age), 60_000, 1_000).atMillis())
        .isEqualTo(NOW + wait);
  }

  @Test
  void aWishCanOnlyShortenTheWait() {
    Deadline wall = new Deadline(NOW);
    assertThat(wall.noLaterThan(NOW - 1)).isEqualTo(new Deadline(NOW - 1));
    assertThat(wall.noLaterThan(NOW + 1)).isEqualTo(wall);
  }

  @Test
  void itHasPassedWhenItsMomentIsThere() {
    assertThat(new Deadline(NOW).passedAt(NOW - 1)).isFalse();
    assertThat(new Deadline(NOW).passedAt(NOW)).isTrue();
  }
}
