// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.port;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The {@code Date} of answers. Those of one second have the same, so the newest is kept: making it
 * costs more than the rest of an answer's head. Thread-safe.
 */
final class HttpDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  private record Second(long epochSecond, String text) {}

  private static volatile Second newest = new Second(0, FORMAT.format(Instant.EPOCH));

  private HttpDate() {}

  static String of(Instant time) {
    Second known = newest;
    if (known.epochSecond != time.getEpochSecond()) {
      known = new Second(time.getEpochSecond(), FORMAT.format(time));
      newest = known;
    }
    return known.text;
  }
}
