// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of AWSDate, AWSTime, AWSDateTime and AWSTimestamp. */
final class TimeScalars {
  private static final String DATE_FORM = "-?\\d{4}-\\d\\d-\\d\\d";
  private static final String TIME_FORM = "\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?";
  private static final String OFFSET_FORM = "(Z|[+-]\\d\\d:\\d\\d(:\\d\\d)?)";
  private static final Pattern DATE = Pattern.compile(DATE_FORM + OFFSET_FORM + "?");
  private static final Pattern TIME = Pattern.compile(TIME_FORM + OFFSET_FORM + "?");
  private static final Pattern DATE_TIME =
      Pattern.compile(DATE_FORM + "T" + TIME_FORM + OFFSET_FORM);

  /** The first second of the year -1,000,000,000. */
  private static final BigInteger MIN_TIMESTAMP = new BigInteger("-31557014167219200");

  /** The last second of the year 1,000,000,000. */
  private static final BigInteger MAX_TIMESTAMP = new BigInteger("31556889864403199");

  private TimeScalars() {}

  static boolean isDate(String text) {
    return fits(text, DATE, DateTimeFormatter.ISO_DATE);
  }

  static boolean isTime(String text) {
    return fits(text, TIME, DateTimeFormatter.ISO_TIME);
  }

  static boolean isDateTime(String text) {
    return fits(text, DATE_TIME, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
  }

  static @Nullable Object timestamp(Object value) {
    BigInteger seconds = PlainValues.integer(value, MIN_TIMESTAMP, MAX_TIMESTAMP);
    return seconds == null ? null : seconds.longValueExact();
  }

  private static boolean fits(String text, Pattern form, DateTimeFormatter calendar) {
    if (!form.matcher(text).matches()) {
      return false;
    }
    try {
      TemporalAccessor parsed = calendar.parse(text);
      // The formatter does not check the range of an offset; its type does.
      return !parsed.isSupported(ChronoField.OFFSET_SECONDS)
          || ZoneOffset.from(parsed).getTotalSeconds() == parsed.get(ChronoField.OFFSET_SECONDS);
    } catch (DateTimeException notInTheCalendar) {
      return false;
    }
  }
}
