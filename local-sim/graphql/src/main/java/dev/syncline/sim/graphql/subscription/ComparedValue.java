// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** Compares values of payloads and filters. Stateless and thread-safe. */
final class ComparedValue {
  /** A number with a larger exponent is written with it, so that it cannot grow to gigabytes. */
  private static final int MAX_PLAIN_SCALE = 100;

  private ComparedValue() {}

  /**
   * A text that is equal for equal values: IDs, enums, strings and numbers compare as text, because
   * an ID may be sent as a number and is a string in the payload.
   */
  static String text(JsonNode value) {
    if (isFinite(value)) {
      BigDecimal number = value.decimalValue().stripTrailingZeros();
      return Math.abs((long) number.scale()) > MAX_PLAIN_SCALE
          ? number.toString()
          : number.toPlainString();
    }
    return value.isTextual() ? value.textValue() : value.toString();
  }

  /** Whether it is a number that has a decimal form: a double may be infinite. */
  private static boolean isFinite(JsonNode value) {
    return value.isNumber() && (value.isBigDecimal() || Double.isFinite(value.doubleValue()))
        || value.isBigInteger();
  }

  static boolean equal(JsonNode left, JsonNode right) {
    return left.isNull() == right.isNull() && text(left).equals(text(right));
  }

  /** Whether two values have an order: two numbers or two strings. */
  static boolean ordered(JsonNode left, JsonNode right) {
    return isFinite(left) && isFinite(right) || left.isTextual() && right.isTextual();
  }

  /** Compares two values that are {@link #ordered}. */
  static int compare(JsonNode left, JsonNode right) {
    return left.isNumber()
        ? left.decimalValue().compareTo(right.decimalValue())
        : left.textValue().compareTo(right.textValue());
  }
}
