// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.correlate;

import java.util.OptionalLong;

/**
 * Until when a caller may be held, as epoch milliseconds of the injected clock.
 *
 * <p>Two walls bound it: the gateway's limit, counted from when the gateway took the request if it
 * told, and the function's remaining time. A margin is kept before them to write the answer. The
 * caller's {@code Prefer: wait} is no wall and is met exactly, by {@link #noLaterThan}.
 *
 * <p>Immutable and thread-safe.
 */
public record Deadline(long atMillis) {

  /** A longer delay than this between gateway and function is a foreign clock, not a cold start. */
  private static final long MAX_PLAUSIBLE_START_MILLIS = 10_000;

  /**
   * @param now epoch milliseconds at which the function got the request
   * @param gatewayBudgetMillis how long the gateway waits for the function
   * @param gatewayReceivedAt epoch milliseconds at which the gateway took the request, if known
   * @param remainingMillis the function's remaining time
   * @param marginMillis time kept before gateway's and function's limits
   */
  public static Deadline of(
      long now,
      long gatewayBudgetMillis,
      OptionalLong gatewayReceivedAt,
      long remainingMillis,
      long marginMillis) {
    long spent = 0;
    if (gatewayReceivedAt.isPresent()) {
      long age = now - gatewayReceivedAt.getAsLong();
      spent = age >= 0 && age <= MAX_PLAUSIBLE_START_MILLIS ? age : 0;
    }
    long wait = Math.min(gatewayBudgetMillis - spent, remainingMillis) - marginMillis;
    return new Deadline(now + Math.max(0, wait));
  }

  /** The earlier of the two. */
  public Deadline noLaterThan(long millis) {
    return millis < atMillis ? new Deadline(millis) : this;
  }

  /** Whether the deadline has come. */
  public boolean passedAt(long now) {
    return now >= atMillis;
  }
}
