// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import com.dashjoin.jsonata.utils.DateTimeUtils;
import java.util.Locale;
import java.util.Map;

/** {@code $parseInteger}: integers by pictures of letters, Roman numerals, words and digits. */
final class IntegerParser {
  private static final Map<Character, Integer> ROMAN =
      Map.of('M', 1000, 'D', 500, 'C', 100, 'L', 50, 'X', 10, 'V', 5, 'I', 1);

  private IntegerParser() {}

  /** NaN for a text that does not fit the picture. */
  static double parse(String text, String picture) {
    int modifier = picture.lastIndexOf(';');
    String format = modifier < 0 ? picture : picture.substring(0, modifier);
    boolean ordinal = modifier >= 0 && picture.startsWith("o", modifier + 1);
    return switch (format) {
      case "A", "a" -> letters(text, format.charAt(0));
      case "I" -> roman(text);
      case "i" -> roman(text.toUpperCase(Locale.ROOT));
      case "W", "w", "Ww" -> words(text.toLowerCase(Locale.ROOT));
      default -> {
        if (format.chars().noneMatch(Character::isDigit)) {
          throw JsonataException.of("D3130").value(format);
        }
        int end = ordinal ? Math.max(0, text.length() - 2) : text.length();
        yield digits(text.substring(0, end), format);
      }
    };
  }

  private static double letters(String text, char first) {
    double value = 0;
    for (int i = 0; i < text.length(); i++) {
      value = value * 26 + (text.charAt(i) - first + 1);
    }
    return value;
  }

  private static double roman(String text) {
    double value = 0;
    int most = 1;
    for (int i = text.length() - 1; i >= 0; i--) {
      Integer digit = ROMAN.get(text.charAt(i));
      if (digit == null) {
        return Double.NaN;
      }
      value += digit < most ? -digit : digit;
      most = Math.max(most, digit);
    }
    return value;
  }

  private static double words(String text) {
    try {
      return DateTimeUtils.wordsToLong(text);
    } catch (RuntimeException notWords) {
      return Double.NaN;
    }
  }

  /** The digits at the start, without the separators that the picture has. */
  private static double digits(String text, String format) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isDigit(c)) {
        plain.append((char) ('0' + Character.digit(c, 10)));
      } else if (plain.isEmpty() && (c == '-' || c == '+')) {
        plain.append(c);
      } else if (format.indexOf(c) < 0 || c == '#') {
        break;
      }
    }
    try {
      return new java.math.BigDecimal(plain.toString()).doubleValue();
    } catch (NumberFormatException noDigits) {
      return Double.NaN;
    }
  }
}
