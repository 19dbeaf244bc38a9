// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The throughput of a table or a global secondary index. Immutable.
 *
 * @param read provisioned units, 0 when on demand
 * @param write provisioned units, 0 when on demand
 * @param onDemand the limits of an on-demand table; null without any
 * @param warm the warm throughput that was asked for; null for the usual one
 * @param increased when the provisioned units last grew; null if never
 * @param decreased when they last shrank; null if never
 * @param decreases how often they have shrunk on the day of {@code decreased}
 */
record Throughput(
    long read,
    long write,
    @Nullable Units onDemand,
    @Nullable Units warm,
    @Nullable Instant increased,
    @Nullable Instant decreased,
    int decreases) {
  /**
   * Two numbers of units.
   *
   * @param read -1 for no limit
   * @param write -1 for no limit
   */
  record Units(long read, long write) {}

  /** On demand, without limits. */
  static final Throughput ON_DEMAND = provisioned(0, 0);

  static Throughput provisioned(long read, long write) {
    return new Throughput(read, write, null, null, null, null, 0);
  }

  /** Other provisioned units from now on. */
  Throughput to(long newRead, long newWrite, Instant now) {
    boolean more = newRead > read || newWrite > write;
    boolean less = newRead < read || newWrite < write;
    return new Throughput(
        newRead,
        newWrite,
        onDemand,
        warm,
        more ? now : increased,
        less ? now : decreased,
        less ? decreases + 1 : decreases);
  }

  Throughput withOnDemand(@Nullable Units limits) {
    return new Throughput(read, write, limits, warm, increased, decreased, decreases);
  }

  Throughput withWarm(@Nullable Units units) {
    return new Throughput(read, write, onDemand, units, increased, decreased, decreases);
  }
}
