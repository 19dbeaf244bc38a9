// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import com.dashjoin.jsonata.utils.DateTimeUtils;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Functions of times, and of integers as words and digits. A library reads their pictures. */
final class DateFunctions {
  /** The texts that the reference accepts as ISO 8601. */
  private static final Pattern ISO =
      Pattern.compile(
          "\\d{4}(-[01]\\d)*(-[0-3]\\d)*(T[0-2]\\d:[0-5]\\d:[0-5]\\d)*(\\.\\d+)?"
              + "([+-][0-2]\\d:?[0-5]\\d|Z)?");

  private static final Pattern PARTS =
      Pattern.compile(
          "(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d))?)?(?:T(\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d+))?)?"
              + "(Z|[+-]\\d\\d:?\\d\\d)?");

  private static final int MAX_TEXT = 1000;
  private static final int MAX_RUN = 24;
  private static final Pattern LONG_RUN =
      Pattern.compile("[0-9]{" + (MAX_RUN + 1) + "}|\\p{L}{" + (MAX_RUN + 1) + "}");

  /** An error text of the library, and the code of JSONata for it. */
  private record Rule(Pattern pattern, String code) {
    static Rule of(String regex, String code) {
      return new Rule(Pattern.compile(regex), code);
    }
  }

  private static final List<Rule> RULES =
      List.of(
          Rule.of("sequence starting with \"?(.*?)\"? is not supported", "D3130"),
          Rule.of("In a decimal digit pattern", "D3131"),
          Rule.of("Unknown component specifier (\\S*)", "D3132"),
          Rule.of("The 'name' modifier .* not (\\S*)", "D3133"),
          Rule.of("timezone integer format specifier", "D3134"),
          Rule.of("No matching closing bracket", "D3135"),
          Rule.of("missing specifiers required", "D3136"));

  private DateFunctions() {}

  static void define(Library.Definition library) {
    library.add(
        "toMillis",
        2,
        "<s-s?:n>",
        (calls, args) -> toMillis(args, calls.environment().now().atOffset(ZoneOffset.UTC)));
    library.add("fromMillis", 3, "<n-s?s?:s>", (calls, args) -> fromMillis(args));
    library.add("formatInteger", 2, "<n-s:s>", (calls, args) -> formatInteger(args));
    library.add("parseInteger", 2, "<s-s:n>", (calls, args) -> parseInteger(args));
    library.add(
        "now",
        2,
        "<s?s?:s>",
        (calls, args) ->
            format(
                calls.environment().now().toEpochMilli(),
                Library.text(args, 0),
                Library.text(args, 1)));
    library.add(
        "millis", 0, "<:n>", (calls, args) -> (double) calls.environment().now().toEpochMilli());
  }

  /** Runs a function of the library; what it throws becomes a failure with a code. */
  private static <T> T run(String function, Callable<T> call) {
    try {
      return call.call();
    } catch (JsonataException e) {
      throw e;
    } catch (Exception e) {
      String message = String.valueOf(e.getMessage());
      for (Rule rule : RULES) {
        Matcher matcher = rule.pattern().matcher(message);
        if (matcher.find()) {
          JsonataException failure = JsonataException.of(rule.code());
          throw matcher.groupCount() == 0 ? failure : failure.value(matcher.group(1));
        }
      }
      throw JsonataException.argument(2, function);
    }
  }

  private static @Nullable Double toMillis(List<@Nullable Object> args, OffsetDateTime now) {
    String text = Library.text(args, 0);
    if (text == null) {
      return null;
    }
    String picture = Library.text(args, 1);
    if (picture != null) {
      if (isTooCostly(text, picture)) {
        return null;
      }
      String[] known = known(picture, now);
      Long millis =
          run("toMillis", () -> DateTimeUtils.parseDateTime(known[1] + text, known[0] + picture));
      return millis == null ? null : (Double) millis.doubleValue();
    }
    if (!ISO.matcher(text).matches()) {
      throw JsonataException.of("D3110").value(text);
    }
    Matcher parts = PARTS.matcher(text);
    try {
      return parts.matches() ? millis(parts) : Double.NaN;
    } catch (DateTimeException e) {
      return Double.NaN;
    }
  }

  /**
   * Whether the library could try too many ways to split a text by a picture. No time has so many
   * digits or letters in a row. The result for a text that does not match is undefined.
   */
  private static boolean isTooCostly(String text, String picture) {
    return text.length() > MAX_TEXT
        || picture.chars().filter(c -> c == '[').count() > MAX_RUN
        || LONG_RUN.matcher(text).find();
  }

  /**
   * Parts that a picture omits before its first part are those of the current time. They are given
   * to the library as a picture and its text, because it would read the system's clock.
   */
  private static String[] known(String picture, OffsetDateTime now) {
    StringBuilder pictures = new StringBuilder();
    StringBuilder texts = new StringBuilder();
    boolean otherCalendar =
        !picture.contains("[")
            || Stream.of("[X", "[x", "[W", "[w", "[d").anyMatch(picture::contains);
    String[][] parts = {
      {"[Y", "[Y0001]-", String.format("%04d-", now.getYear())},
      {"[M", "[M01]-", String.format("%02d-", now.getMonthValue())},
      {"[D", "[D01]|", String.format("%02d|", now.getDayOfMonth())},
    };
    for (String[] part : parts) {
      if (otherCalendar || picture.contains(part[0])) {
        break;
      }
      pictures.append(part[1]);
      texts.append(part[2]);
    }
    return new String[] {pictures.toString(), texts.toString()};
  }

  private static int part(Matcher parts, int group, int otherwise) {
    return parts.group(group) == null ? otherwise : Integer.parseInt(parts.group(group));
  }

  private static double millis(Matcher parts) {
    int day = part(parts, 3, 1);
    if (day < 1 || day > 31) {
      return Double.NaN;
    }
    LocalDate date = LocalDate.of(part(parts, 1, 1970), part(parts, 2, 1), 1).plusDays(day - 1L);
    int hour = part(parts, 4, 0);
    LocalTime time = LocalTime.of(hour == 24 ? 0 : hour, part(parts, 5, 0), part(parts, 6, 0));
    String fraction = parts.group(7) == null ? "" : parts.group(7);
    long millis = Long.parseLong((fraction + "000").substring(0, 3));
    String zone = parts.group(8);
    ZoneOffset offset =
        zone == null || zone.equals("Z")
            ? ZoneOffset.UTC
            : ZoneOffset.of(
                zone.length() == 5 ? zone.substring(0, 3) + ":" + zone.substring(3) : zone);
    return date.plusDays(hour == 24 ? 1 : 0).atTime(time).toInstant(offset).toEpochMilli() + millis;
  }

  private static @Nullable String fromMillis(List<@Nullable Object> args) {
    Double millis = Library.number(args, 0);
    if (millis == null) {
      return null;
    }
    if (Math.abs(millis) > 8.64e15) {
      throw JsonataException.argument(1, "fromMillis");
    }
    return format(millis.longValue(), Library.text(args, 1), Library.text(args, 2));
  }

  private static String format(long millis, @Nullable String picture, @Nullable String zone) {
    return run("fromMillis", () -> DatePictures.format(millis, picture, zone));
  }

  private static @Nullable String formatInteger(List<@Nullable Object> args) {
    Double value = Library.number(args, 0);
    if (value == null) {
      return null;
    }
    String picture = integerPicture(args);
    return run(
        "formatInteger", () -> DateTimeUtils.formatInteger((long) Math.floor(value), picture));
  }

  private static @Nullable Double parseInteger(List<@Nullable Object> args) {
    String text = Library.text(args, 0);
    if (text == null) {
      return null;
    }
    String picture = integerPicture(args);
    return IntegerParser.parse(text, picture);
  }

  private static String integerPicture(List<@Nullable Object> args) {
    String picture = Library.text(args, 1);
    if (picture == null || picture.isEmpty()) {
      throw JsonataException.of("D3130").value(picture);
    }
    return picture;
  }
}
