// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

/**
 * Items as bytes, for the rows of tables and their saved form. Canonical: equal items give equal
 * bytes, since attributes and members of sets stand in order and numbers in normal form.
 *
 * <p>An item is the number of its attributes, then each name and value in the order of the names. A
 * value is a tag, then its content; lengths and counts are variable-length integers of 7 bits a
 * byte, the lowest first.
 */
public final class ItemCodec {
  static final int TAG_S = 1;
  static final int TAG_N = 2;
  static final int TAG_B = 3;
  static final int TAG_FALSE = 4;
  static final int TAG_TRUE = 5;
  static final int TAG_NULL = 6;
  static final int TAG_L = 7;
  static final int TAG_M = 8;
  static final int TAG_SS = 9;
  static final int TAG_NS = 10;
  static final int TAG_BS = 11;

  /** Levels of lists and maps that are read back; twice what DynamoDB stores. */
  static final int MAX_LEVELS = 64;

  private ItemCodec() {}

  /** The bytes of an item. */
  public static byte[] encode(Item item) {
    return new ItemEncoder().encode(item);
  }

  /**
   * The item of bytes that {@link #encode} gave.
   *
   * @throws IllegalArgumentException for other bytes, saying where they are wrong
   */
  public static Item decode(byte[] bytes) {
    return new ItemDecoder(bytes).decode();
  }
}
