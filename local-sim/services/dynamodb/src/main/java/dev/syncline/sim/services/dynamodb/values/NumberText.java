// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import java.math.BigInteger;

/** Reads one number in one pass, in time linear in the text. Used once, by one thread. */
final class NumberText {
  private static final int LONG_DIGITS = 18;

  /** Far outside the limits and far from an overflow of the sums here. */
  private static final long MAX_READ_EXPONENT = 1_000_000_000_000L;

  private final String text;
  private int at;
  private boolean digitSeen;
  private boolean pointSeen;

  /** Places after the point so far. */
  private int places;

  /** Where the first and the last digit that is not zero stand; -1 without such a digit. */
  private int first = -1;

  private int last = -1;
  private int placesAtFirst;
  private int placesAtLast;
  private int integerDigitsAfterFirst;
  private int integerDigitsAfterLast;

  NumberText(String text) {
    this.text = text;
  }

  /**
   * The number.
   *
   * @throws ValidationFault in AWS's words
   */
  DynamoNumber read() {
    if (text.isEmpty()) {
      throw ValidationFault.request(
          "The parameter cannot be converted to a numeric value",
          "The parameter cannot be converted to a numeric value: ");
    }
    boolean negative = text.charAt(0) == '-';
    if (negative || text.charAt(0) == '+') {
      at++;
    }
    readDigits();
    if (!digitSeen) {
      throw notANumber();
    }
    long exponent = readExponent();
    if (first < 0) {
      // AWS holds zero to the range too: 0e126 is refused.
      DynamoNumber.requireRange(exponent);
      return DynamoNumber.ZERO;
    }
    long ofFirst = (placesAtFirst > 0 ? -placesAtFirst : integerDigitsAfterFirst) + exponent;
    DynamoNumber.requireRange(ofFirst);
    long ofLast = (placesAtLast > 0 ? -placesAtLast : integerDigitsAfterLast) + exponent;
    long count = ofFirst - ofLast + 1;
    if (count > DynamoNumber.MAX_DIGITS) {
      throw DynamoNumber.tooManyDigits();
    }
    return value(negative, (int) count, (int) -ofLast);
  }

  private void readDigits() {
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '.' && !pointSeen) {
        pointSeen = true;
      } else if (c >= '0' && c <= '9') {
        digit(c);
      } else {
        return;
      }
    }
  }

  private void digit(char c) {
    digitSeen = true;
    if (pointSeen) {
      places++;
    } else {
      integerDigitsAfterFirst++;
      integerDigitsAfterLast++;
    }
    if (c == '0') {
      return;
    }
    if (first < 0) {
      first = at;
      placesAtFirst = places;
      integerDigitsAfterFirst = 0;
    }
    last = at;
    placesAtLast = places;
    integerDigitsAfterLast = 0;
  }

  private long readExponent() {
    if (at == text.length()) {
      return 0;
    }
    if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
      throw notANumber();
    }
    at++;
    boolean negative = at < text.length() && text.charAt(at) == '-';
    if (negative || (at < text.length() && text.charAt(at) == '+')) {
      at++;
    }
    if (at == text.length()) {
      throw notANumber();
    }
    long exponent = 0;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c < '0' || c > '9') {
        throw notANumber();
      }
      exponent = Math.min(exponent * 10 + (c - '0'), MAX_READ_EXPONENT);
    }
    return negative ? -exponent : exponent;
  }

  private DynamoNumber value(boolean negative, int count, int scale) {
    if (count <= LONG_DIGITS) {
      long digits = 0;
      for (int i = first; i <= last; i++) {
        char c = text.charAt(i);
        if (c != '.') {
          digits = digits * 10 + (c - '0');
        }
      }
      return DynamoNumber.normal(negative ? -digits : digits, scale);
    }
    BigInteger digits = new BigInteger(text.substring(first, last + 1).replace(".", ""));
    return DynamoNumber.large(negative ? digits.negate() : digits, scale);
  }

  private ValidationFault notANumber() {
    return ValidationFault.request("The parameter cannot be converted to a numeric value: " + text);
  }
}
