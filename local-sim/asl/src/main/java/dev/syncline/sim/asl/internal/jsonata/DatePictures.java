// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import com.dashjoin.jsonata.utils.DateTimeUtils;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import org.jspecify.annotations.Nullable;

/**
 * Formats times by pictures. Week numbers count ISO weeks, and the year and month of a week are
 * those of its Thursday; the library uses the year and month of the day.
 */
final class DatePictures {
  private static final long HALF_A_DAY = 43_200_000L;

  private DatePictures() {}

  static String format(long millis, @Nullable String picture, @Nullable String zone) {
    if (picture != null && picture.contains("]]")) {
      // Doubled brackets are literal characters; the library reads only doubled opening brackets
      // so.
      return format(millis, picture.replace("]]", "\uE000"), zone).replace('\uE000', ']');
    }
    if (picture == null
        || !(picture.contains("[X") || picture.contains("[x") || picture.contains("[w"))) {
      return plain(millis, picture, zone);
    }
    LocalDate thursday = thursday(millis, zone);
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < picture.length()) {
      int open = picture.indexOf('[', at);
      int close = open < 0 ? -1 : picture.indexOf(']', open);
      if (close < 0 || picture.startsWith("[[", open)) {
        open = -1;
      }
      int end = open < 0 ? picture.length() : open;
      if (end > at) {
        text.append(plain(millis, picture.substring(at, end), zone));
      }
      if (open < 0) {
        break;
      }
      text.append(component(millis, picture.substring(open, close + 1), zone, thursday));
      at = close + 1;
    }
    return text.toString();
  }

  private static String plain(long millis, @Nullable String picture, @Nullable String zone) {
    return String.valueOf(DateTimeUtils.formatDateTime(millis, picture, zone));
  }

  private static LocalDate thursday(long millis, @Nullable String zone) {
    LocalDate date = LocalDate.parse(plain(millis, "[Y0001]-[M01]-[D01]", zone));
    return date.plusDays(4L - date.getDayOfWeek().getValue());
  }

  private static String component(
      long millis, String component, @Nullable String zone, LocalDate thursday) {
    String rest = component.substring(2);
    return switch (component.charAt(1)) {
      case 'X' -> at(thursday, "[Y" + rest);
      case 'x' -> at(thursday, "[M" + rest);
      case 'w' -> at(LocalDate.of(2000, 1, (thursday.getDayOfMonth() + 6) / 7), "[D" + rest);
      case 'W' ->
          at(
              LocalDate.ofYearDay(2000, thursday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)),
              "[d" + rest);
      default -> plain(millis, component, zone);
    };
  }

  private static String at(LocalDate date, String component) {
    Instant midnight = date.atStartOfDay(ZoneOffset.UTC).toInstant();
    return plain(midnight.toEpochMilli() + HALF_A_DAY, component, null);
  }
}
