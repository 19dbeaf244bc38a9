// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.auth.crypto;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** The time that an SRP proof carries. Thread-safe. */
public final class SrpTimestamp {
  /** How far the client's clock may be from the simulator's. */
  public static final Duration MAX_SKEW = Duration.ofMinutes(5);

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss 'UTC' yyyy", Locale.ENGLISH);

  private SrpTimestamp() {}

  /** Whether the text has AWS's exact form and is near {@code now}. */
  public static boolean accepts(String text, Instant now) {
    try {
      LocalDateTime time = LocalDateTime.parse(text, FORMAT);
      Duration skew = Duration.between(time.toInstant(ZoneOffset.UTC), now).abs();
      return FORMAT.format(time).equals(text) && skew.compareTo(MAX_SKEW) <= 0;
    } catch (DateTimeParseException malformed) {
      return false;
    }
  }

  /** The text of a time. */
  public static String of(Instant time) {
    return FORMAT.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
  }
}
