// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.kernel.SimClock;
import dev.syncline.sim.services.dynamodb.data.ChangeListener;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Streams that have a label and no records. Thread-safe. */
final class StreamLabels implements StreamSwitch {
  private static final DateTimeFormatter LABEL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final ChangeListener NOTHING = (key, before, after, expired) -> {};

  private final SimClock clock;

  StreamLabels(SimClock clock) {
    this.clock = clock;
  }

  @Override
  public Started enable(TableDescription table, String viewType) {
    return new Started(LABEL.format(clock.now()), NOTHING);
  }

  @Override
  public void disable(TableDescription table) {}

  @Override
  public ChangeListener restored(TableDescription table) {
    return NOTHING;
  }
}
