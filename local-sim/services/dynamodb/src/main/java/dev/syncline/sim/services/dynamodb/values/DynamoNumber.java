// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import java.math.BigDecimal;

/** A number with at most 38 significant digits, equal and ordered by value. Immutable. */
public final class DynamoNumber implements Comparable<DynamoNumber> {
  private final BigDecimal value;

  private DynamoNumber(BigDecimal value) {
    this.value = value;
  }

  /**
   * Reads a number.
   *
   * @throws ValidationFault in AWS's words
   */
  public static DynamoNumber parse(String text) {
    return of(new BigDecimal(text));
  }

  /**
   * A number.
   *
   * @throws ValidationFault for more than 38 digits, overflow or underflow
   */
  public static DynamoNumber of(BigDecimal value) {
    return new DynamoNumber(value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros());
  }

  /** The value, without trailing zeros. */
  public BigDecimal value() {
    return value;
  }

  @Override
  public int compareTo(DynamoNumber other) {
    return value.compareTo(other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DynamoNumber number && value.equals(number.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** AWS's normal form: plain decimal, no exponent, no leading or trailing zeros. */
  @Override
  public String toString() {
    return value.toPlainString();
  }
}
