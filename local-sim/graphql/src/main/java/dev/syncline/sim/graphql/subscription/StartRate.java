// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Counts the starts of one connection in windows of a second. Not thread-safe. */
final class StartRate {
  private static final Duration WINDOW = Duration.ofSeconds(1);

  private final int perSecond;
  private @Nullable Instant begin;
  private int count;

  StartRate(int perSecond) {
    this.perSecond = perSecond;
  }

  /** Counts a start; false if it is one too many. */
  boolean take(Instant now) {
    if (begin == null || !now.isBefore(begin.plus(WINDOW))) {
      begin = now;
      count = 0;
    }
    return perSecond == 0 || ++count <= perSecond;
  }
}
