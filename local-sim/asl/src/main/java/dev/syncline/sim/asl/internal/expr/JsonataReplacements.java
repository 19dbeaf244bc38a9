// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.dashjoin.jsonata.Functions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Functions of the JSONata library that it gets wrong or does not bound, after the JSONata
 * reference. Public because the library calls its functions by reflection. Thread-safe.
 */
public final class JsonataReplacements {
  private static final long DAY = 86_400_000L;

  private JsonataReplacements() {}

  /** {@code $pad}; AWS bounds the characters it may add (recorded). */
  public static @Nullable String pad(
      @Nullable String text, @Nullable Number width, @Nullable String with) {
    if (text == null || width == null) {
      return null;
    }
    double missing = Math.abs(width.doubleValue()) - text.codePointCount(0, text.length());
    if (missing > JsonataGuard.MAX_PADDING) {
      throw JsonataGuard.memory();
    }
    if (missing < 1) {
      return text;
    }
    int[] filling = (with == null || with.isEmpty() ? " " : with).codePoints().toArray();
    StringBuilder padding = new StringBuilder();
    for (int i = 0; i < (int) missing; i++) {
      padding.appendCodePoint(filling[i % filling.length]);
    }
    return width.doubleValue() < 0 ? padding + text : text + padding;
  }

  /**
   * {@code $sort}; a comparator tells whether its first argument belongs behind its second. Stable,
   * as the reference's merge sort is.
   */
  public static @Nullable Object sort(@Nullable List<?> values, @Nullable Object comparator)
      throws Throwable {
    if (values == null || comparator == null || values.size() < 2) {
      return values == null ? null : Functions.sort(values, comparator);
    }
    return merged(new ArrayList<Object>(values), comparator);
  }

  private static List<Object> merged(List<Object> values, Object comparator) throws Throwable {
    if (values.size() < 2) {
      return values;
    }
    int middle = values.size() / 2;
    List<Object> left = merged(values.subList(0, middle), comparator);
    List<Object> right = merged(values.subList(middle, values.size()), comparator);
    List<Object> all = new ArrayList<>(values.size());
    int l = 0;
    int r = 0;
    while (l < left.size() && r < right.size()) {
      Object behind = Functions.funcApply(comparator, List.of(left.get(l), right.get(r)));
      all.add(Boolean.TRUE.equals(Functions.toBoolean(behind)) ? right.get(r++) : left.get(l++));
    }
    all.addAll(left.subList(l, left.size()));
    all.addAll(right.subList(r, right.size()));
    return all;
  }

  /** {@code $parseInteger}, also of digits that are not ASCII. */
  public static @Nullable Number parseInteger(@Nullable String text, @Nullable String picture)
      throws Throwable {
    if (text == null || picture == null) {
      return null;
    }
    boolean foreign = picture.chars().anyMatch(c -> c > '9' && Character.isDigit(c));
    return foreign
        ? Functions.parseInteger(ascii(text), ascii(picture).replaceAll("[0-9]", "0"))
        : Functions.parseInteger(text, picture);
  }

  private static String ascii(String digits) {
    StringBuilder plain = new StringBuilder();
    digits
        .chars()
        .forEach(
            c ->
                plain.append(
                    Character.isDigit(c) ? (char) ('0' + Character.digit(c, 10)) : (char) c));
    return plain.toString();
  }

  /**
   * {@code $fromMillis}. Week numbers count ISO weeks, and the year and month of a week are those
   * of its Thursday: the library has these of the day itself.
   */
  public static @Nullable String fromMillis(
      @Nullable Number millis, @Nullable String picture, @Nullable String zone) {
    if (millis == null
        || picture == null
        || !(picture.contains("[X") || picture.contains("[x") || picture.contains("[w"))) {
      return millis == null ? null : Functions.dateTimeFromMillis(millis, picture, zone);
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
        text.append(Functions.dateTimeFromMillis(millis, picture.substring(at, end), zone));
      }
      if (open < 0) {
        break;
      }
      text.append(component(millis, picture.substring(open, close + 1), zone, thursday));
      at = close + 1;
    }
    return text.toString();
  }

  private static LocalDate thursday(Number millis, @Nullable String zone) {
    String day = Functions.dateTimeFromMillis(millis, "[Y0001]-[M01]-[D01]", zone);
    LocalDate date = LocalDate.parse(String.valueOf(day));
    return date.plusDays(4L - date.getDayOfWeek().getValue());
  }

  private static @Nullable String component(
      Number millis, String component, @Nullable String zone, LocalDate thursday) {
    String rest = component.substring(2);
    return switch (component.charAt(1)) {
      case 'X' -> at(thursday, "[Y" + rest);
      case 'x' -> at(thursday, "[M" + rest);
      case 'w' -> at(LocalDate.of(2000, 1, (thursday.getDayOfMonth() + 6) / 7), "[D" + rest);
      case 'W' ->
          at(
              LocalDate.ofYearDay(2000, thursday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)),
              "[d" + rest);
      default -> Functions.dateTimeFromMillis(millis, component, zone);
    };
  }

  private static @Nullable String at(LocalDate date, String component) {
    Instant noon = date.atStartOfDay(ZoneOffset.UTC).toInstant().plusMillis(DAY / 2);
    return Functions.dateTimeFromMillis(noon.toEpochMilli(), component, null);
  }
}
