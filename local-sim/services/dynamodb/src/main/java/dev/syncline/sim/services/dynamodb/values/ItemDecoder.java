// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads one item from the form of {@link ItemCodec}. Used once, by one thread. Takes no more memory
 * than in proportion to the bytes, and few levels of the stack, for any bytes.
 */
final class ItemDecoder {
  private static final int MAX_LARGE_BYTES = 16;

  private final byte[] in;
  private int at;

  ItemDecoder(byte[] in) {
    this.in = in;
  }

  Item decode() {
    var item = new Item(attributes(0));
    if (at != in.length) {
      throw damaged("bytes after the item");
    }
    return item;
  }

  private SortedAttributes attributes(int level) {
    int count = count();
    if (count == 0) {
      return SortedAttributes.EMPTY;
    }
    var names = new String[count];
    var values = new AttributeValue[count];
    for (int i = 0; i < count; i++) {
      names[i] = text();
      if (i > 0 && names[i - 1].compareTo(names[i]) >= 0) {
        throw damaged("names out of order");
      }
      values[i] = value(level + 1);
    }
    return new SortedAttributes(names, values);
  }

  private AttributeValue value(int level) {
    if (level > ItemCodec.MAX_LEVELS) {
      throw damaged("too many levels");
    }
    int tag = next();
    return switch (tag) {
      case ItemCodec.TAG_S -> new AttributeValue.S(text());
      case ItemCodec.TAG_N -> new AttributeValue.N(decimal());
      case ItemCodec.TAG_B -> new AttributeValue.B(Bytes.wrap(bytes()));
      case ItemCodec.TAG_FALSE -> AttributeValue.Bool.FALSE;
      case ItemCodec.TAG_TRUE -> AttributeValue.Bool.TRUE;
      case ItemCodec.TAG_NULL -> AttributeValue.Null.NULL;
      case ItemCodec.TAG_L -> {
        var elements = new AttributeValue[count()];
        for (int i = 0; i < elements.length; i++) {
          elements[i] = value(level + 1);
        }
        yield new AttributeValue.L(List.of(elements));
      }
      case ItemCodec.TAG_M -> new AttributeValue.M(attributes(level));
      case ItemCodec.TAG_SS -> {
        var members = new String[count()];
        Arrays.setAll(members, i -> text());
        yield new AttributeValue.SS(set(String.class, members));
      }
      case ItemCodec.TAG_NS -> {
        var members = new DynamoNumber[count()];
        Arrays.setAll(members, i -> decimal());
        yield new AttributeValue.NS(set(DynamoNumber.class, members));
      }
      case ItemCodec.TAG_BS -> {
        var members = new Bytes[count()];
        Arrays.setAll(members, i -> Bytes.wrap(bytes()));
        yield new AttributeValue.BS(set(Bytes.class, members));
      }
      default -> throw damaged("unknown tag " + tag);
    };
  }

  private <T extends Comparable<T>> SortedMembers<T> set(Class<T> type, T[] members) {
    for (int i = 1; i < members.length; i++) {
      if (members[i - 1].compareTo(members[i]) >= 0) {
        throw damaged("members out of order");
      }
    }
    return new SortedMembers<>(type, members);
  }

  private DynamoNumber decimal() {
    long head = number();
    long scale = unzigzag(head >>> 1);
    if (Math.abs(scale) > DynamoNumber.MAX_DIGITS - DynamoNumber.MIN_EXPONENT) {
      throw damaged("scale of a number");
    }
    if ((head & 1) == 0) {
      return DynamoNumber.normal(unzigzag(number()), (int) scale);
    }
    int length = count();
    if (length == 0 || length > MAX_LARGE_BYTES) {
      throw damaged("length of a number");
    }
    var digits = new BigInteger(in, at, length);
    at += length;
    return DynamoNumber.large(digits, (int) scale);
  }

  private static long unzigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  private String text() {
    int length = count();
    var text = new String(in, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  private byte[] bytes() {
    int length = count();
    byte[] bytes = Arrays.copyOfRange(in, at, at + length);
    at += length;
    return bytes;
  }

  /** A length or a count: each thing counted takes a byte or more. */
  private int count() {
    long count = number();
    if (count < 0 || count > in.length - at) {
      throw damaged("a length beyond the end");
    }
    return (int) count;
  }

  private long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = next();
      value |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw damaged("an integer of more than 64 bits");
  }

  private int next() {
    if (at == in.length) {
      throw damaged("the end came too early");
    }
    return in[at++] & 0xFF;
  }

  private IllegalArgumentException damaged(String fault) {
    return new IllegalArgumentException("stored item is damaged at byte " + at + ": " + fault);
  }
}
