// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import java.time.Duration;

/**
 * The limits of one call of a handler. Immutable. AWS publishes none of these values.
 *
 * @param statements how many statements it may run
 * @param processorTime how long it may compute
 * @param allocatedBytes how much it may allocate, freed or not
 * @param concurrentCalls how many calls run at a time; further calls wait
 */
public record HandlerLimits(
    long statements, Duration processorTime, long allocatedBytes, int concurrentCalls) {
  /** Much more than handlers need, and small enough for one machine. */
  public static final HandlerLimits DEFAULT =
      new HandlerLimits(1_000_000, Duration.ofSeconds(3), 128L << 20, 16);

  /** Refuses invalid values, naming the limit. */
  public HandlerLimits {
    requirePositive("statements", statements);
    requirePositive("processorTime", processorTime.toNanos());
    requirePositive("allocatedBytes", allocatedBytes);
    requirePositive("concurrentCalls", concurrentCalls);
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be greater than 0, got " + value);
    }
  }
}
