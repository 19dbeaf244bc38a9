// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads numbers and dates of conditions and requests. */
final class ConditionValues {
  /** Longer texts are no numbers; the bound keeps a comparison cheap. */
  private static final int MAX_DIGITS = 40;

  private static final DateTimeFormatter DATE_TIME =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("'T'HH:mm[:ss]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern("[XXX][XX][X]")
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter(Locale.ROOT);

  private ConditionValues() {}

  /** A decimal number; {@code null} for any other text. */
  static @Nullable BigDecimal number(String text) {
    boolean sign = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+');
    int from = sign ? 1 : 0;
    if (text.length() == from || text.length() > MAX_DIGITS) {
      return null;
    }
    for (int index = from; index < text.length(); index++) {
      char c = text.charAt(index);
      if ((c < '0' || c > '9') && c != '.') {
        return null;
      }
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException notDecimal) {
      return null;
    }
  }

  /** A date or a time of ISO 8601, or seconds since 1970; {@code null} for any other text. */
  static @Nullable Instant moment(String text) {
    BigDecimal seconds = number(text);
    try {
      if (seconds != null && text.length() != 4) {
        return Instant.ofEpochSecond(
            seconds.longValue(), seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
      }
      return switch (text.length()) {
        case 4 ->
            LocalDate.of(Integer.parseInt(text), 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC);
        case 7 -> LocalDate.parse(text + "-01").atStartOfDay().toInstant(ZoneOffset.UTC);
        case 10 -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        default -> OffsetDateTime.parse(text, DATE_TIME).toInstant();
      };
    } catch (DateTimeException | NumberFormatException notDate) {
      return null;
    }
  }
}
