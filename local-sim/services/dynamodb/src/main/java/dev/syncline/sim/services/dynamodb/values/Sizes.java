// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import java.util.Map;

/**
 * The sizes of values in bytes as DynamoDB counts them for its limits, capacity and streams: names,
 * strings and binaries by their bytes, numbers by their digits, lists and maps with 3 bytes of
 * their own and one an element. Observed at AWS to the byte.
 */
public final class Sizes {
  /** The largest item, names and values together. */
  public static final int MAX_ITEM_BYTES = 409_600;

  private static final int CONTAINER_BYTES = 3;
  private static final int ELEMENT_BYTES = 1;

  private Sizes() {}

  /** The size of an item: that of its attributes. */
  public static long of(Item item) {
    long sum = 0;
    for (Map.Entry<String, AttributeValue> attribute : item.attributes().entrySet()) {
      sum += ofAttribute(attribute.getKey(), attribute.getValue());
    }
    return sum;
  }

  /** The size of an attribute, its name included. */
  public static long ofAttribute(String name, AttributeValue value) {
    return Utf8.length(name) + of(value);
  }

  /** The size of a value. */
  public static long of(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S string -> Utf8.length(string.value());
      case AttributeValue.N number -> of(number.value());
      case AttributeValue.B binary -> binary.value().length();
      case AttributeValue.Bool bool -> 1;
      case AttributeValue.Null none -> 1;
      case AttributeValue.L list -> {
        long sum = CONTAINER_BYTES;
        for (AttributeValue element : list.values()) {
          sum += ELEMENT_BYTES + of(element);
        }
        yield sum;
      }
      case AttributeValue.M map -> {
        long sum = CONTAINER_BYTES;
        for (Map.Entry<String, AttributeValue> entry : map.values().entrySet()) {
          sum += ELEMENT_BYTES + ofAttribute(entry.getKey(), entry.getValue());
        }
        yield sum;
      }
      case AttributeValue.SS strings -> {
        long sum = 0;
        for (String member : strings.values()) {
          sum += Utf8.length(member);
        }
        yield sum;
      }
      case AttributeValue.NS numbers -> {
        long sum = 0;
        for (DynamoNumber member : numbers.values()) {
          sum += of(member);
        }
        yield sum;
      }
      case AttributeValue.BS binaries -> {
        long sum = 0;
        for (Bytes member : binaries.values()) {
          sum += member.length();
        }
        yield sum;
      }
    };
  }

  /** Two digits a byte on each side of the point, one byte beside, one for a minus sign. */
  private static int of(DynamoNumber number) {
    int digits = number.digitCount();
    int whole = Math.clamp((long) digits - number.scale(), 0, digits);
    return 1 + (number.signum() < 0 ? 1 : 0) + (whole + 1) / 2 + (digits - whole + 1) / 2;
  }
}
