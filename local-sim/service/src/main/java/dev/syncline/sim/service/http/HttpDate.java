// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The {@code Date} header of answers. It is cached for its second, because formatting it costs more
 * than the rest of an answer's head. Thread-safe.
 */
public final class HttpDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  private record Second(long epochSecond, String text) {}

  private static volatile Second newest = new Second(0, FORMAT.format(Instant.EPOCH));

  private HttpDate() {}

  public static String of(Instant time) {
    Second known = newest;
    if (known.epochSecond != time.getEpochSecond()) {
      known = new Second(time.getEpochSecond(), FORMAT.format(time));
      newest = known;
    }
    return known.text;
  }
}
