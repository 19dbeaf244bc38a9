// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One sub-picture of <code>$formatNumber</code>, by the rules of XPath's format-number (Functions
 * and Operators 3.1, section 4.7).
 *
 * @param symbols the characters with a meaning
 * @param prefix text before the number
 * @param suffix text after the number
 * @param integer the part before the decimal separator
 * @param fraction the part after it
 * @param exponent the part after the exponent separator, null for none
 * @param scale 100 for percent, 1000 for per mille, else 1
 */
record NumberPicture(
    Symbols symbols,
    String prefix,
    String suffix,
    String integer,
    String fraction,
    @Nullable String exponent,
    int scale) {

  /** The characters of a decimal format. */
  record Symbols(
      char decimal,
      char grouping,
      char exponent,
      String minus,
      char percent,
      char perMille,
      char zero,
      char optional,
      char separator) {

    static Symbols of(Map<?, ?> options) {
      return new Symbols(
          one(options, "decimal-separator", '.'),
          one(options, "grouping-separator", ','),
          one(options, "exponent-separator", 'e'),
          String.valueOf(one(options, "minus-sign", '-')),
          one(options, "percent", '%'),
          one(options, "per-mille", '\u2030'),
          one(options, "zero-digit", '0'),
          one(options, "digit", '#'),
          one(options, "pattern-separator", ';'));
    }

    private static char one(Map<?, ?> options, String name, char fallback) {
      return options.get(name) instanceof String text && !text.isEmpty()
          ? text.charAt(0)
          : fallback;
    }

    boolean mandatory(char c) {
      return c >= zero && c <= zero + 9;
    }

    boolean digit(char c) {
      return c == optional || mandatory(c);
    }

    /** Whether the character belongs to the number rather than to the text around it. */
    boolean active(char c) {
      return digit(c) || c == decimal || c == grouping;
    }
  }

  /** Formats {@code value} by a picture of one or two sub-pictures. */
  static String format(BigDecimal value, String picture, Map<?, ?> options) {
    Symbols symbols = Symbols.of(options);
    String[] parts =
        picture.split(java.util.regex.Pattern.quote(String.valueOf(symbols.separator())), -1);
    if (parts.length > 2) {
      throw JsonataException.of("D3080");
    }
    NumberPicture positive = parse(parts[0], symbols);
    if (parts.length == 2) {
      NumberPicture negative = parse(parts[1], symbols);
      return value.signum() < 0 ? negative.write(value, "") : positive.write(value, "");
    }
    return positive.write(value, value.signum() < 0 ? symbols.minus() : "");
  }

  private static NumberPicture parse(String picture, Symbols symbols) {
    int start = 0;
    while (start < picture.length() && !symbols.active(picture.charAt(start))) {
      start++;
    }
    int end = picture.length();
    while (end > start && !symbols.active(picture.charAt(end - 1))) {
      end--;
    }
    boolean empty = start == end;
    String body = empty ? picture : picture.substring(start, end);
    int e = body.indexOf(symbols.exponent());
    String mantissa = e < 0 ? body : body.substring(0, e);
    String exponent = e < 0 ? null : body.substring(e + 1);
    int point = mantissa.indexOf(symbols.decimal());
    String integer = point < 0 ? mantissa : mantissa.substring(0, point);
    String fraction = point < 0 ? "" : mantissa.substring(point + 1);
    boolean percent = picture.indexOf(symbols.percent()) >= 0;
    boolean perMille = picture.indexOf(symbols.perMille()) >= 0;
    check(picture, symbols, body, mantissa, integer, fraction, exponent);
    return new NumberPicture(
        symbols,
        picture.substring(0, start),
        picture.substring(end),
        integer,
        fraction,
        exponent,
        percent ? 100 : perMille ? 1000 : 1);
  }

  /** JSONata reports the last rule that is broken. */
  private static void check(
      String picture,
      Symbols symbols,
      String body,
      String mantissa,
      String integer,
      String fraction,
      @Nullable String exponent) {
    String grouping = String.valueOf(symbols.grouping());
    String decimal = String.valueOf(symbols.decimal());
    long percents = count(picture, symbols.percent());
    long perMilles = count(picture, symbols.perMille());
    String broken = null;
    broken = count(picture, symbols.decimal()) > 1 ? "D3081" : broken;
    broken = percents > 1 ? "D3082" : broken;
    broken = perMilles > 1 ? "D3083" : broken;
    broken = percents > 0 && perMilles > 0 ? "D3084" : broken;
    broken = mantissa.chars().noneMatch(c -> symbols.digit((char) c)) ? "D3085" : broken;
    broken =
        body.chars().anyMatch(c -> !symbols.active((char) c) && c != symbols.exponent())
            ? "D3086"
            : broken;
    broken =
        body.contains(grouping + decimal) || body.contains(decimal + grouping) ? "D3087" : broken;
    broken = integer.endsWith(grouping) && !mantissa.contains(decimal) ? "D3088" : broken;
    broken = body.contains(grouping + grouping) ? "D3089" : broken;
    broken = outOfOrder(integer, symbols, false) ? "D3090" : broken;
    broken = outOfOrder(fraction, symbols, true) ? "D3091" : broken;
    broken = exponent != null && percents + perMilles > 0 ? "D3092" : broken;
    broken =
        exponent != null
                && (exponent.isEmpty()
                    || exponent.chars().anyMatch(c -> !symbols.mandatory((char) c)))
            ? "D3093"
            : broken;
    if (broken != null) {
      throw JsonataException.of(broken);
    }
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  /** Whether an optional digit is nearer to the decimal separator than a mandatory one. */
  private static boolean outOfOrder(String part, Symbols symbols, boolean mandatoryFirst) {
    boolean seen = false;
    for (char c : part.toCharArray()) {
      boolean first = mandatoryFirst ? c == symbols.optional() : symbols.mandatory(c);
      boolean second = mandatoryFirst ? symbols.mandatory(c) : c == symbols.optional();
      if (second && seen) {
        return true;
      }
      seen |= first;
    }
    return false;
  }

  private String write(BigDecimal value, String sign) {
    int minInteger = (int) integer.chars().filter(c -> symbols.mandatory((char) c)).count();
    int minFraction = (int) fraction.chars().filter(c -> symbols.mandatory((char) c)).count();
    int maxFraction = (int) fraction.chars().filter(c -> symbols.digit((char) c)).count();
    final int scaling = minInteger;
    if (minInteger == 0 && maxFraction == 0) {
      minFraction = exponent == null ? 0 : 1;
      maxFraction = minFraction;
      minInteger = exponent == null ? 1 : 0;
    }
    if (exponent != null && minInteger == 0 && integer.indexOf(symbols.optional()) >= 0) {
      minInteger = 1;
    }
    if (minInteger == 0 && minFraction == 0) {
      minFraction = 1;
    }
    BigDecimal mantissa = value.abs().multiply(BigDecimal.valueOf(scale));
    int power = 0;
    if (exponent != null && mantissa.signum() != 0) {
      power = mantissa.precision() - mantissa.scale() - scaling;
      mantissa = mantissa.scaleByPowerOfTen(-power);
    }
    String plain =
        mantissa
            .setScale(Math.max(maxFraction, minFraction), java.math.RoundingMode.HALF_EVEN)
            .toPlainString();
    int point = plain.indexOf('.');
    String whole = (point < 0 ? plain : plain.substring(0, point)).replaceFirst("^0+", "");
    String rest = point < 0 ? "" : plain.substring(point + 1).replaceFirst("0+$", "");
    whole = "0".repeat(Math.max(0, minInteger - whole.length())) + whole;
    rest = rest + "0".repeat(Math.max(0, minFraction - rest.length()));
    StringBuilder text = new StringBuilder(sign).append(prefix).append(grouped(whole));
    if (!rest.isEmpty()) {
      text.append(symbols.decimal()).append(groupedFraction(rest));
    }
    if (exponent != null) {
      String digits = Integer.toString(Math.abs(power));
      text.append(symbols.exponent()).append(power < 0 ? symbols.minus() : "");
      text.append(family("0".repeat(Math.max(0, exponent.length() - digits.length())) + digits));
    }
    return text.append(suffix).toString();
  }

  private String family(String digits) {
    StringBuilder text = new StringBuilder(digits.length());
    for (char c : digits.toCharArray()) {
      text.append((char) (c - '0' + symbols.zero()));
    }
    return text.toString();
  }

  private String grouped(String digits) {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < integer.length(); i++) {
      if (integer.charAt(i) == symbols.grouping()) {
        String right = integer.substring(i);
        positions.add((int) right.chars().filter(c -> symbols.digit((char) c)).count());
      }
    }
    int interval = interval(positions);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      int right = digits.length() - i;
      boolean here = interval > 0 ? right % interval == 0 : positions.contains(right);
      if (i > 0 && here) {
        text.append(symbols.grouping());
      }
      text.append(family(digits.substring(i, i + 1)));
    }
    return text.toString();
  }

  /** The distance of regular grouping separators, 0 if they are not regular. */
  private static int interval(List<Integer> positions) {
    if (positions.isEmpty()) {
      return 0;
    }
    int interval = positions.getLast();
    for (int i = 0; i < positions.size(); i++) {
      if (positions.get(i) != interval * (positions.size() - i)) {
        return 0;
      }
    }
    return interval;
  }

  private String groupedFraction(String digits) {
    List<Integer> positions = new ArrayList<>();
    int left = 0;
    for (char c : fraction.toCharArray()) {
      if (c == symbols.grouping()) {
        positions.add(left);
      } else {
        left++;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      if (positions.contains(i)) {
        text.append(symbols.grouping());
      }
      text.append(family(digits.substring(i, i + 1)));
    }
    return text.toString();
  }
}
