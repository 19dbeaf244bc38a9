// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.correlate;

import java.util.OptionalLong;

/**
 * Until when a caller may be held, as epoch milliseconds of the injected clock.
 *
 * <p>The earliest of three limits wins: the gateway's (counted from when the gateway took the
 * request, if it told), the function's own remaining time, and the caller's {@code Prefer: wait}.
 * The first two are walls, so a margin is kept before them to write the answer; the caller's wish
 * is no wall and is met exactly.
 *
 * <p>Immutable and thread-safe.
 */
public record Deadline(long atMillis) {

  /** A longer delay than this between gateway and function is a foreign clock, not a cold start. */
  private static final long LONGEST_PLAUSIBLE_START_MILLIS = 10_000;

  /**
   * @param now epoch milliseconds at which the function got the request
   * @param gatewayBudgetMillis how long the gateway waits for the function
   * @param gatewayReceivedAt epoch milliseconds at which the gateway took the request, if known
   * @param remainingMillis the function's remaining time
   * @param preferredMillis how long the caller wants to wait, if it said so
   * @param marginMillis time kept before gateway's and function's limits
   */
  public static Deadline of(
      long now,
      long gatewayBudgetMillis,
      OptionalLong gatewayReceivedAt,
      long remainingMillis,
      OptionalLong preferredMillis,
      long marginMillis) {
    long spent = 0;
    if (gatewayReceivedAt.isPresent()) {
      long age = now - gatewayReceivedAt.getAsLong();
      spent = age >= 0 && age <= LONGEST_PLAUSIBLE_START_MILLIS ? age : 0;
    }
    long wait = Math.min(gatewayBudgetMillis - spent, remainingMillis) - marginMillis;
    if (preferredMillis.isPresent()) {
      wait = Math.min(wait, preferredMillis.getAsLong());
    }
    return new Deadline(now + Math.max(0, wait));
  }

  /** Whether the deadline has come. */
  public boolean passedAt(long now) {
    return now >= atMillis;
  }
}
