// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions of numbers. */
final class NumberFunctions {
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([Ee][-+]?[0-9]+)?");
  private static final Pattern OTHER_RADIX =
      Pattern.compile("^(0[xX][0-9A-Fa-f]+)|(0[oO][0-7]+)|(0[bB][0-1]+)$");

  /** A number with more binary digits is infinite. */
  private static final int MAX_DIGITS = 1024;

  private NumberFunctions() {}

  static void define(Library.Definition library) {
    library.add("sum", 1, "<a<n>:n>", (calls, args) -> total(args));
    library.add("max", 1, "<a<n>:n>", (calls, args) -> extreme(args, true));
    library.add("min", 1, "<a<n>:n>", (calls, args) -> extreme(args, false));
    library.add("average", 1, "<a<n>:n>", (calls, args) -> average(args));
    library.add("number", 1, "<(nsb)-:n>", (calls, args) -> number(args.getFirst()));
    library.add("abs", 1, "<n-:n>", (calls, args) -> of(args, Math::abs));
    library.add("floor", 1, "<n-:n>", (calls, args) -> of(args, Math::floor));
    library.add("ceil", 1, "<n-:n>", (calls, args) -> of(args, Math::ceil));
    library.add(
        "round",
        2,
        "<n-n?:n>",
        (calls, args) -> {
          Double precision = Library.number(args, 1);
          return of(args, value -> round(value, precision == null ? 0 : precision));
        });
    library.add("sqrt", 1, "<n-:n>", (calls, args) -> of(args, NumberFunctions::sqrt));
    library.add("power", 2, "<n-n:n>", (calls, args) -> power(args));
    library.add("formatBase", 2, "<n-n?:s>", (calls, args) -> formatBase(args));
    library.add("formatNumber", 3, "<n-so?:s>", (calls, args) -> formatNumber(args));
  }

  private static @Nullable Double of(List<@Nullable Object> args, DoubleUnaryOperator function) {
    Double value = Library.number(args, 0);
    return value == null ? null : (Double) function.applyAsDouble(value);
  }

  private static @Nullable Double total(List<@Nullable Object> args) {
    Sequence values = Library.array(args, 0);
    if (values == null) {
      return null;
    }
    double total = 0;
    for (Object value : values) {
      total += value instanceof Double number ? number : 0;
    }
    return total;
  }

  private static @Nullable Double average(List<@Nullable Object> args) {
    Sequence values = Library.array(args, 0);
    Double total = total(args);
    return values == null || total == null || values.isEmpty() ? null : total / values.size();
  }

  private static @Nullable Double extreme(List<@Nullable Object> args, boolean most) {
    Sequence values = Library.array(args, 0);
    if (values == null || values.isEmpty()) {
      return null;
    }
    double extreme = most ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    for (Object value : values) {
      double number = value instanceof Double d ? d : Double.NaN;
      extreme = most ? Math.max(extreme, number) : Math.min(extreme, number);
    }
    return extreme;
  }

  private static @Nullable Double number(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Double number -> number;
      case Boolean bool -> bool ? 1.0 : 0.0;
      case String text
          when DECIMAL.matcher(text).matches() && !Double.isInfinite(Double.parseDouble(text)) ->
          Double.parseDouble(text);
      case String text when OTHER_RADIX.matcher(text).find() -> otherRadix(text);
      default -> throw JsonataException.of("D3030").value(value);
    };
  }

  private static double otherRadix(String text) {
    int radix =
        switch (text.length() < 2 ? ' ' : Character.toLowerCase(text.charAt(1))) {
          case 'x' -> 16;
          case 'o' -> 8;
          default -> 2;
        };
    String digits = text.substring(2).replaceFirst("^0+(?=.)", "");
    if (digits.length() > MAX_DIGITS) {
      return Double.POSITIVE_INFINITY;
    }
    try {
      return new BigInteger(digits, radix).doubleValue();
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Rounds half to even at a decimal place. */
  static double round(double value, double precision) {
    double scaled = precision == 0 ? value : scale(value, precision);
    double floor = Math.floor(scaled);
    double rounded = scaled - floor >= 0.5 ? floor + 1 : floor;
    if (Math.abs(rounded - scaled) == 0.5 && Math.abs(rounded % 2) == 1) {
      rounded--;
    }
    double result = precision == 0 ? rounded : scale(rounded, -precision);
    return result == 0 ? 0 : result;
  }

  /** Moves the decimal point of a number's text. */
  private static double scale(double value, double places) {
    if (Math.floor(places) != places || Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.NaN;
    }
    int shift = (int) Math.max(-5000, Math.min(5000, places));
    return new BigDecimal(JsonataText.number(value)).scaleByPowerOfTen(shift).doubleValue();
  }

  private static double sqrt(double value) {
    if (value < 0) {
      throw JsonataException.of("D3060").value(value);
    }
    return Math.sqrt(value);
  }

  private static @Nullable Double power(List<@Nullable Object> args) {
    Double base = Library.number(args, 0);
    if (base == null) {
      return null;
    }
    Double exponent = Library.number(args, 1);
    double result = exponent == null ? Double.NaN : Math.pow(base, exponent);
    if (Double.isNaN(result) || Double.isInfinite(result)) {
      throw JsonataException.of("D3061").value(base).with("exp", exponent);
    }
    return result;
  }

  private static @Nullable String formatBase(List<@Nullable Object> args) {
    Double value = Library.number(args, 0);
    if (value == null) {
      return null;
    }
    Double given = Library.number(args, 1);
    double radix = given == null ? 10 : round(given, 0);
    if (radix < 2 || radix > 36) {
      throw JsonataException.of("D3100").value(radix);
    }
    double rounded = round(value, 0);
    if (Double.isNaN(rounded) || Double.isInfinite(rounded)) {
      return JsonataText.number(rounded);
    }
    return radix == 10
        ? JsonataText.number(rounded)
        : new BigDecimal(rounded).toBigInteger().toString((int) radix);
  }

  private static @Nullable String formatNumber(List<@Nullable Object> args) {
    Double value = Library.number(args, 0);
    if (value == null) {
      return null;
    }
    String picture = Library.text(args, 1);
    if (picture == null) {
      throw JsonataException.argument(2, "formatNumber");
    }
    if (value.isNaN() || value.isInfinite()) {
      throw JsonataException.of("D1001").value(value);
    }
    return NumberPicture.format(
        new BigDecimal(JsonataText.number(value)),
        picture,
        Library.arg(args, 2) instanceof Map<?, ?> options ? options : Map.of());
  }
}
