// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The hash by which DynamoDB orders partitions in a scan, and rows of a global index with equal
 * index keys: MD5 of a fixed word and the key. Source: the scan orders of AWS that dynalite's tests
 * recorded.
 */
final class PartitionHash {
  private static final MessageDigest BEGUN = begin();

  private PartitionHash() {}

  private static MessageDigest begin() {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update("Outliers".getBytes(StandardCharsets.US_ASCII));
      return digest;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has MD5", impossible);
    }
  }

  /** The first 8 bytes of the hash of a key: strings, numbers and binaries. */
  static byte[] of(List<AttributeValue> key) {
    try {
      MessageDigest digest = (MessageDigest) BEGUN.clone();
      for (AttributeValue value : key) {
        digest.update(bytes(value));
      }
      return digest.digest();
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("the platform's MD5 can be cloned", impossible);
    }
  }

  private static byte[] bytes(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S string -> string.value().getBytes(StandardCharsets.UTF_8);
      case AttributeValue.B binary -> binary.value().array();
      case AttributeValue.N number -> bytes(number.value().value());
      default -> throw new IllegalArgumentException("no key has the type " + value.type());
    };
  }

  /**
   * A number to the base 100: the exponent, then a byte a digit. A negative number has the
   * complements, and a mark at its end.
   */
  static byte[] bytes(BigDecimal number) {
    if (number.signum() == 0) {
      return new byte[] {-128};
    }
    String digits = number.unscaledValue().abs().toString();
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    int exponent = digits.length() - number.scale();
    digits = (exponent % 2 == 0 ? "" : "0") + digits.substring(0, end);
    int pairs = (digits.length() + 1) / 2;
    boolean negative = number.signum() < 0;
    byte[] bytes = new byte[1 + pairs + (negative && pairs < 20 ? 1 : 0)];
    int first = Math.floorDiv(exponent + (exponent % 2 == 0 ? 0 : 1), 2) - 64;
    bytes[0] = (byte) (negative ? ~first : first);
    for (int i = 0; i < pairs; i++) {
      int pair = 10 * (digits.charAt(2 * i) - '0');
      if (2 * i + 1 < digits.length()) {
        pair += digits.charAt(2 * i + 1) - '0';
      }
      bytes[i + 1] = (byte) (negative ? 101 - pair : pair + 1);
    }
    if (negative && pairs < 20) {
      bytes[pairs + 1] = 102;
    }
    return bytes;
  }
}
