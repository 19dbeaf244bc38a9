// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/**
 * The conversions of {@code util.time}, the same for APPSYNC_JS and mapping templates. Patterns are
 * those of {@link DateTimeFormatter}, names are English. Stateless.
 *
 * <p>Texts that cannot be read, and patterns and zones that are wrong, give a {@link
 * java.time.DateTimeException} or an {@link IllegalArgumentException}.
 */
public final class UtilTime {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private UtilTime() {}

  /** With milliseconds, in UTC. */
  public static String iso(Instant time) {
    return ISO.format(time);
  }

  /** By a pattern, in a zone. */
  public static String formatted(Instant time, String pattern, String zone) {
    return DateTimeFormatter.ofPattern(pattern, Locale.US).withZone(ZoneId.of(zone)).format(time);
  }

  /** Milliseconds of an ISO 8601 text; UTC if it has no offset. */
  public static long parseIso(String text) {
    return DateTimeFormatter.ISO_DATE_TIME
        .withZone(ZoneOffset.UTC)
        .parse(text, Instant::from)
        .toEpochMilli();
  }

  /**
   * Milliseconds of a text in a pattern.
   *
   * @param zone holds for a text without an offset; empty for UTC
   */
  public static long parse(String text, String pattern, String zone) {
    var parsed = DateTimeFormatter.ofPattern(pattern, Locale.US).parse(text);
    ZoneId own = parsed.query(TemporalQueries.zone());
    ZoneId used = own != null ? own : zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone);
    return LocalDateTime.from(parsed).atZone(used).toInstant().toEpochMilli();
  }
}
