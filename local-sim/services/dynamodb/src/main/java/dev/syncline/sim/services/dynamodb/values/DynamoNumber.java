// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A number with at most 38 significant digits and a magnitude from 1E-130 up to, but not including,
 * 1E+126; or zero. Equal and ordered by value. Immutable.
 *
 * <p>Messages and limits are those observed at AWS.
 */
public final class DynamoNumber implements Comparable<DynamoNumber> {
  /** Significant digits, leading and trailing zeros not counted. */
  public static final int MAX_DIGITS = 38;

  /** The largest power of ten of a first digit. */
  public static final int MAX_EXPONENT = 125;

  /** The smallest power of ten of a first digit. */
  public static final int MIN_EXPONENT = -130;

  /** Zero. */
  public static final DynamoNumber ZERO = new DynamoNumber(0, 0);

  private static final int LONG_DIGITS = 18;

  /** The digits without trailing zeros, where {@link #large} is null. */
  private final long digits;

  private final int scale;

  /** A value whose digits may not fit a long. */
  private final @Nullable BigDecimal large;

  private DynamoNumber(long digits, int scale) {
    this.digits = digits;
    this.scale = scale;
    this.large = null;
  }

  private DynamoNumber(BigDecimal large) {
    this.digits = 0;
    this.scale = large.scale();
    this.large = large;
  }

  /**
   * Reads a number: an optional sign, digits with an optional point, an optional exponent.
   *
   * @throws ValidationFault for other text and for a number outside the limits
   */
  public static DynamoNumber parse(String text) {
    return new NumberText(text).read();
  }

  /**
   * A number.
   *
   * @throws ValidationFault for more than 38 digits, overflow or underflow
   */
  public static DynamoNumber of(BigDecimal value) {
    if (value.signum() == 0) {
      return ZERO;
    }
    int exponent = value.precision() - 1 - value.scale();
    requireRange(exponent);
    BigDecimal normal = value.stripTrailingZeros();
    if (normal.precision() > MAX_DIGITS) {
      throw tooManyDigits();
    }
    return normal.precision() <= LONG_DIGITS
        ? new DynamoNumber(normal.unscaledValue().longValue(), normal.scale())
        : new DynamoNumber(normal);
  }

  /** A whole number. */
  public static DynamoNumber of(long value) {
    return value > -1_000_000_000_000_000_000L && value < 1_000_000_000_000_000_000L
        ? normal(value, 0)
        : of(BigDecimal.valueOf(value));
  }

  /** A number of at most 18 digits within the limits; takes trailing zeros off. */
  static DynamoNumber normal(long digits, int scale) {
    if (digits == 0) {
      return ZERO;
    }
    long rest = digits;
    int places = scale;
    while (rest % 10 == 0) {
      rest /= 10;
      places--;
    }
    return new DynamoNumber(rest, places);
  }

  /** A number of more than 18 digits, within the limits and without trailing zeros. */
  static DynamoNumber large(BigInteger digits, int scale) {
    return new DynamoNumber(new BigDecimal(digits, scale));
  }

  /**
   * The exact sum.
   *
   * @throws ValidationFault when it is outside the limits
   */
  public DynamoNumber add(DynamoNumber other) {
    if (large == null && other.large == null && scale == 0 && other.scale == 0) {
      // Fits: both have at most 18 digits.
      return of(digits + other.digits);
    }
    return of(value().add(other.value()));
  }

  /**
   * The exact difference.
   *
   * @throws ValidationFault when it is outside the limits
   */
  public DynamoNumber subtract(DynamoNumber other) {
    return add(other.negate());
  }

  private DynamoNumber negate() {
    return large == null ? new DynamoNumber(-digits, scale) : new DynamoNumber(large.negate());
  }

  /** The value, without trailing zeros. */
  public BigDecimal value() {
    return large == null ? BigDecimal.valueOf(digits, scale) : large;
  }

  /** -1, 0 or 1. */
  public int signum() {
    return large == null ? Long.signum(digits) : large.signum();
  }

  /** Whether {@link #digits} has the digits. */
  boolean isSmall() {
    return large == null;
  }

  /** The digits with the sign and without trailing zeros, for a small number. */
  long digits() {
    return digits;
  }

  /** How many of the digits stand after the point; negative for zeros before it. */
  int scale() {
    return scale;
  }

  /** The number of significant digits; 0 for zero. */
  int digitCount() {
    if (large != null) {
      return large.precision();
    }
    int count = 0;
    for (long rest = digits; rest != 0; rest /= 10) {
      count++;
    }
    return count;
  }

  /** The significant digits without sign, in ASCII; empty for zero. */
  byte[] digitText() {
    if (large != null) {
      return Utf8.bytes(large.unscaledValue().abs().toString());
    }
    return digits == 0 ? new byte[0] : Utf8.bytes(Long.toString(Math.abs(digits)));
  }

  @Override
  public int compareTo(DynamoNumber other) {
    if (large == null && other.large == null && scale == other.scale) {
      return Long.compare(digits, other.digits);
    }
    return value().compareTo(other.value());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DynamoNumber number
        && digits == number.digits
        && scale == number.scale
        && (large == null ? number.large == null : large.equals(number.large));
  }

  @Override
  public int hashCode() {
    return large == null ? Long.hashCode(digits) * 31 + scale : large.hashCode();
  }

  /** AWS's normal form: plain decimal, no exponent, no leading or trailing zeros. */
  @Override
  public String toString() {
    return large == null && scale == 0 ? Long.toString(digits) : value().toPlainString();
  }

  static void requireRange(long exponent) {
    if (exponent > MAX_EXPONENT) {
      throw ValidationFault.request(
          "Number overflow. Attempting to store a number with magnitude larger than supported"
              + " range");
    }
    if (exponent < MIN_EXPONENT) {
      throw ValidationFault.request(
          "Number underflow. Attempting to store a number with magnitude smaller than supported"
              + " range");
    }
  }

  static ValidationFault tooManyDigits() {
    return ValidationFault.request(
        "Attempting to store more than 38 significant digits in a Number");
  }
}
