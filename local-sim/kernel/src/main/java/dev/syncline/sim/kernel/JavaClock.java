// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.kernel;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** A {@link SimClock} for code that takes a {@link Clock}. */
final class JavaClock extends Clock {
  private final SimClock clock;
  private final ZoneId zone;

  JavaClock(SimClock clock, ZoneId zone) {
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new JavaClock(clock, other);
  }

  @Override
  public Instant instant() {
    return clock.now();
  }
}
