// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.events;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A rate per second, with bursts of up to the number of one second (a token bucket, stored as the
 * time at which it would be full again). Callers pass the time, so that virtual time counts.
 * Thread-safe without a lock.
 */
public final class RateLimit {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int perSecond;
  private final AtomicLong fullAt = new AtomicLong(Long.MIN_VALUE);

  /** A limit of {@code perSecond}; 0 limits nothing. */
  public RateLimit(int perSecond) {
    this.perSecond = perSecond;
  }

  /** Takes {@code count} tokens; returns false and takes none if fewer are left. */
  public boolean take(Instant time, int count) {
    if (perSecond == 0) {
      return true;
    }
    long now = time.getEpochSecond() * SECOND + time.getNano();
    long cost = SECOND * count / perSecond;
    while (true) {
      long before = fullAt.get();
      long after = Math.max(before, now) + cost;
      if (after - now > SECOND) {
        return false;
      }
      if (fullAt.compareAndSet(before, after)) {
        return true;
      }
    }
  }

  /** The refusal of a request over the limit, as sent over the WebSocket. */
  public static Refusal exceeded(String reason) {
    return new Refusal(429, "LimitExceededError", "Rate limit exceeded", reason);
  }
}
