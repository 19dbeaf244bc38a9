// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import java.io.ByteArrayOutputStream;

/**
 * Writes the value of a key attribute as bytes whose unsigned order is DynamoDB's: numbers by
 * value, strings by UTF-8 bytes, binaries by unsigned bytes. Equal values give equal bytes. The
 * bytes delimit themselves, so that a hash key may be followed by a range key: no encoding begins
 * with another of its type.
 *
 * <p>The type is not written: a key attribute has one type.
 */
public final class OrderedBytes {
  private static final int NEGATIVE = 1;
  private static final int ZERO = 2;
  private static final int POSITIVE = 3;

  /** Written for a zero byte, after one; above {@link #END}. */
  private static final int ESCAPED_ZERO = 0xFF;

  /** Written after a zero byte at the end. */
  private static final int END = 0;

  private OrderedBytes() {}

  /**
   * Writes a value.
   *
   * @throws IllegalArgumentException for a type that has no order
   */
  public static void write(ByteArrayOutputStream out, AttributeValue scalar) {
    switch (scalar) {
      case AttributeValue.N number -> number(out, number.value());
      case AttributeValue.S string -> {
        escaped(out, Utf8.bytes(string.value()));
        end(out);
      }
      case AttributeValue.B binary -> {
        escaped(out, binary.value().array());
        end(out);
      }
      default -> throw unordered(scalar);
    }
  }

  /**
   * Writes what the encodings of all strings or binaries begin with that begin with the given one.
   *
   * @throws IllegalArgumentException for another type
   */
  public static void writePrefix(ByteArrayOutputStream out, AttributeValue scalar) {
    switch (scalar) {
      case AttributeValue.S string -> escaped(out, Utf8.bytes(string.value()));
      case AttributeValue.B binary -> escaped(out, binary.value().array());
      default -> throw unordered(scalar);
    }
  }

  private static IllegalArgumentException unordered(AttributeValue value) {
    return new IllegalArgumentException("no key may have the type " + value.type());
  }

  private static void escaped(ByteArrayOutputStream out, byte[] bytes) {
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        out.write(bytes, from, i - from + 1);
        out.write(ESCAPED_ZERO);
        from = i + 1;
      }
    }
    out.write(bytes, from, bytes.length - from);
  }

  private static void end(ByteArrayOutputStream out) {
    out.write(0);
    out.write(END);
  }

  /**
   * The sign, the power of ten of the first digit, then pairs of digits as 1 to 100, then 0. All
   * but the sign is inverted for a negative number.
   */
  private static void number(ByteArrayOutputStream out, DynamoNumber number) {
    int sign = number.signum();
    if (sign == 0) {
      out.write(ZERO);
      return;
    }
    byte[] digits = number.digitText();
    int invert = sign < 0 ? 0xFF : 0;
    out.write(sign < 0 ? NEGATIVE : POSITIVE);
    int exponent = digits.length - 1 - number.scale();
    out.write((exponent - DynamoNumber.MIN_EXPONENT) ^ invert);
    for (int i = 0; i < digits.length; i += 2) {
      int high = digits[i] - '0';
      int low = i + 1 < digits.length ? digits[i + 1] - '0' : 0;
      out.write((high * 10 + low + 1) ^ invert);
    }
    out.write(invert);
  }
}
