// SPDX-License-Identifier: Apache-2.0
package dev.syncline.bridge.correlate;

import java.util.OptionalLong;

/**
 * The time until which a caller may be held, in epoch milliseconds of the injected clock.
 *
 * <p>Two hard limits bound it: the gateway's limit, from the time at which the gateway received the
 * request if that is known, and the function's remaining time. A margin before them is reserved to
 * write the response. The caller's {@code Prefer: wait} has no margin, see {@link #noLaterThan}.
 *
 * <p>Immutable and thread-safe.
 */
public record Deadline(long atMillis) {

  /** A longer delay between gateway and function is a clock difference, not a cold start. */
  private static final long MAX_PLAUSIBLE_START_MILLIS = 10_000;

  /**
   * @param now epoch milliseconds at which the function received the request
   * @param gatewayBudgetMillis how long the gateway waits for the function
   * @param gatewayReceivedAt epoch milliseconds at which the gateway received the request, if known
   * @param remainingMillis the function's remaining time
   * @param marginMillis time reserved before the gateway's and the function's limits
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

  /** Whether the deadline has passed. */
  public boolean passedAt(long now) {
    return now >= atMillis;
  }
}
