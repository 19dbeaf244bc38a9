// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.values.AttributeType;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.OrderedBytes;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes under which rows are stored: 8 bytes of a hash of the partition, the ordered bytes of
 * the partition's attributes, then those of the range attributes. An index key has a hash of the
 * table's key and that key behind it, so that rows with equal index keys stay distinct. Rows of one
 * partition lie together, in the order of their range attributes.
 */
final class KeyBytes {
  /** The hash of the partition, in bytes. */
  static final int HASH_BYTES = Long.BYTES;

  /** The largest partition key. */
  static final int MAX_HASH_KEY_BYTES = 2048;

  /** The largest sum of the range attributes. */
  static final int MAX_RANGE_KEY_BYTES = 1024;

  private static final BigInteger HASHES = BigInteger.ONE.shiftLeft(Long.SIZE);

  private KeyBytes() {}

  /** The key of a table's row; the item's key is valid. */
  static byte[] ofTable(KeySchema schema, Item item) {
    var out = new ByteArrayOutputStream(64);
    out.writeBytes(partition(required(schema.hash(), item)));
    for (KeyAttribute attribute : schema.range()) {
      OrderedBytes.write(out, required(attribute, item));
    }
    return out.toByteArray();
  }

  /** The key of an index's row; null for an item that does not belong into the index. */
  static byte @Nullable [] ofIndex(KeySchema index, KeySchema table, Item item) {
    if (!isWhole(index.hash(), item, MAX_HASH_KEY_BYTES)
        || !isWhole(index.range(), item, MAX_RANGE_KEY_BYTES)) {
      return null;
    }
    var out = new ByteArrayOutputStream(64);
    out.writeBytes(partition(required(index.hash(), item)));
    for (KeyAttribute attribute : index.range()) {
      OrderedBytes.write(out, required(attribute, item));
    }
    writeTableKey(out, table, item);
    return out.toByteArray();
  }

  /** Writes what tells rows of an index with equal index keys apart, in AWS's order of them. */
  static void writeTableKey(ByteArrayOutputStream out, KeySchema table, Item item) {
    List<AttributeValue> values = required(table.all(), item);
    out.write(PartitionHash.of(values), 0, HASH_BYTES);
    values.forEach(value -> OrderedBytes.write(out, value));
  }

  /** What the keys of a partition begin with. */
  static byte[] partition(List<AttributeValue> hash) {
    var out = new ByteArrayOutputStream(64);
    out.write(PartitionHash.of(hash), 0, HASH_BYTES);
    for (AttributeValue value : hash) {
      OrderedBytes.write(out, value);
    }
    return out.toByteArray();
  }

  /** The hash with which a key begins, unsigned. */
  static long hashOf(byte[] key) {
    long hash = 0;
    for (int i = 0; i < HASH_BYTES; i++) {
      hash = (hash << Byte.SIZE) | (key[i] & 0xFF);
    }
    return hash;
  }

  /**
   * The first of the bytes that follow all which begin with the prefix; null when there are no such
   * bytes.
   */
  static byte @Nullable [] after(byte[] prefix) {
    for (int i = prefix.length - 1; i >= 0; i--) {
      if (prefix[i] != (byte) 0xFF) {
        byte[] next = Arrays.copyOf(prefix, i + 1);
        next[i]++;
        return next;
      }
    }
    return null;
  }

  /** The lowest key of a segment of the hashes; null for the end of the last segment. */
  static byte @Nullable [] segmentStart(int segment, int totalSegments) {
    BigInteger[] start =
        HASHES
            .multiply(BigInteger.valueOf(segment))
            .divideAndRemainder(BigInteger.valueOf(totalSegments));
    BigInteger first = start[1].signum() == 0 ? start[0] : start[0].add(BigInteger.ONE);
    if (first.equals(HASHES)) {
      return null;
    }
    byte[] key = new byte[HASH_BYTES];
    putLong(key, first.longValue());
    return key;
  }

  private static boolean isWhole(List<KeyAttribute> attributes, Item item, int maxBytes) {
    long bytes = 0;
    for (KeyAttribute attribute : attributes) {
      AttributeValue value = item.get(attribute.name());
      if (value == null || value.type() != attribute.type() || isEmpty(value)) {
        return false;
      }
      bytes += Sizes.of(value);
    }
    return bytes <= maxBytes;
  }

  /** Whether it is a string or binary of no bytes. */
  static boolean isEmpty(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S string -> string.value().isEmpty();
      case AttributeValue.B binary -> binary.value().length() == 0;
      default -> false;
    };
  }

  private static List<AttributeValue> required(List<KeyAttribute> attributes, Item item) {
    if (attributes.size() == 1) {
      return List.of(required(attributes.getFirst(), item));
    }
    var values = new ArrayList<AttributeValue>(attributes.size());
    for (KeyAttribute attribute : attributes) {
      values.add(required(attribute, item));
    }
    return values;
  }

  private static AttributeValue required(KeyAttribute attribute, Item item) {
    AttributeValue value = item.get(attribute.name());
    AttributeType type = value == null ? null : value.type();
    if (value == null || type != attribute.type()) {
      throw new IllegalArgumentException(
          "the key attribute " + attribute.name() + " has type " + type);
    }
    return value;
  }

  private static void putLong(byte[] key, long value) {
    for (int i = 0; i < Long.BYTES; i++) {
      key[i] = (byte) (value >>> (Long.SIZE - Byte.SIZE * (i + 1)));
    }
  }
}
