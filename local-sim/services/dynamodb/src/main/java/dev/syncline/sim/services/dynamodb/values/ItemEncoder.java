// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;

/** Writes one item in the form of {@link ItemCodec}. Used once, by one thread. */
final class ItemEncoder {
  private byte[] out = new byte[256];
  private int size;

  byte[] encode(Item item) {
    attributes(item.attributes());
    return Arrays.copyOf(out, size);
  }

  private void attributes(Map<String, AttributeValue> attributes) {
    SortedAttributes sorted = SortedAttributes.copyOf(attributes);
    number(sorted.size());
    for (int i = 0; i < sorted.size(); i++) {
      text(sorted.name(i));
      value(sorted.value(i));
    }
  }

  private void value(AttributeValue value) {
    switch (value) {
      case AttributeValue.S string -> {
        tag(ItemCodec.TAG_S);
        text(string.value());
      }
      case AttributeValue.N number -> {
        tag(ItemCodec.TAG_N);
        decimal(number.value());
      }
      case AttributeValue.B binary -> {
        tag(ItemCodec.TAG_B);
        bytes(binary.value().array());
      }
      case AttributeValue.Bool bool -> tag(bool.value() ? ItemCodec.TAG_TRUE : ItemCodec.TAG_FALSE);
      case AttributeValue.Null none -> tag(ItemCodec.TAG_NULL);
      case AttributeValue.L list -> {
        tag(ItemCodec.TAG_L);
        number(list.values().size());
        list.values().forEach(this::value);
      }
      case AttributeValue.M map -> {
        tag(ItemCodec.TAG_M);
        attributes(map.values());
      }
      case AttributeValue.SS strings -> {
        tag(ItemCodec.TAG_SS);
        number(strings.values().size());
        strings.values().forEach(this::text);
      }
      case AttributeValue.NS numbers -> {
        tag(ItemCodec.TAG_NS);
        number(numbers.values().size());
        numbers.values().forEach(this::decimal);
      }
      case AttributeValue.BS binaries -> {
        tag(ItemCodec.TAG_BS);
        number(binaries.values().size());
        binaries.values().forEach(member -> bytes(member.array()));
      }
    }
  }

  /** The scale and whether the digits fit a long, then the digits. */
  private void decimal(DynamoNumber decimal) {
    long scale = zigzag(decimal.scale()) << 1;
    if (decimal.isSmall()) {
      number(scale);
      number(zigzag(decimal.digits()));
    } else {
      number(scale | 1);
      BigInteger digits = decimal.value().unscaledValue();
      bytes(digits.toByteArray());
    }
  }

  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  private void text(String text) {
    bytes(Utf8.bytes(text));
  }

  private void bytes(byte[] bytes) {
    number(bytes.length);
    reserve(bytes.length);
    System.arraycopy(bytes, 0, out, size, bytes.length);
    size += bytes.length;
  }

  private void tag(int tag) {
    reserve(1);
    out[size++] = (byte) tag;
  }

  private void number(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    out[size++] = (byte) rest;
  }

  private void reserve(int more) {
    if (out.length - size < more) {
      out = Arrays.copyOf(out, Math.max(out.length * 2, size + more));
    }
  }
}
