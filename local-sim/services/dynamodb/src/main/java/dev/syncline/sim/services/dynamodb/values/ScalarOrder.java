// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

/** DynamoDB's order of values: numbers by value, strings by UTF-8 bytes, binaries unsigned. */
public final class ScalarOrder {
  private ScalarOrder() {}

  /** Whether the values can be compared: both of one type that has an order. */
  public static boolean isComparable(AttributeValue left, AttributeValue right) {
    return left.type() == right.type() && left.type().isOrdered();
  }

  /**
   * Compares two values of one type that has an order; the sign of the result counts.
   *
   * @throws IllegalArgumentException for other values
   */
  public static int compare(AttributeValue left, AttributeValue right) {
    if (left instanceof AttributeValue.S a && right instanceof AttributeValue.S b) {
      return Utf8.compare(a.value(), b.value());
    }
    if (left instanceof AttributeValue.N a && right instanceof AttributeValue.N b) {
      return a.value().compareTo(b.value());
    }
    if (left instanceof AttributeValue.B a && right instanceof AttributeValue.B b) {
      return a.value().compareTo(b.value());
    }
    throw new IllegalArgumentException(
        "values without a common order: " + left.type() + " and " + right.type());
  }
}
