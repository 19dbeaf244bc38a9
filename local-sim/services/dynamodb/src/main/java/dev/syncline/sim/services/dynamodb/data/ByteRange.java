// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A range of {@link KeyBytes}.
 *
 * @param from the first key that belongs to it
 * @param to the first key that does not; null when all from the first on do
 */
record ByteRange(byte[] from, byte @Nullable [] to) {
  /** All keys. */
  static final ByteRange ALL = new ByteRange(new byte[0], null);

  /** The keys that begin with the prefix. */
  static ByteRange startingWith(byte[] prefix) {
    return new ByteRange(prefix, KeyBytes.after(prefix));
  }

  /** The keys of a part of the hashes. */
  static ByteRange segment(int segment, int totalSegments) {
    byte[] from = KeyBytes.segmentStart(segment, totalSegments);
    return from == null
        ? new ByteRange(new byte[0], new byte[0])
        : new ByteRange(from, KeyBytes.segmentStart(segment + 1, totalSegments));
  }

  boolean contains(byte[] key) {
    return Arrays.compareUnsigned(key, from) >= 0
        && (to == null || Arrays.compareUnsigned(key, to) < 0);
  }

  boolean isEmpty() {
    return to != null && Arrays.compareUnsigned(from, to) >= 0;
  }

  /** What is left behind the key, in the direction. */
  ByteRange beyond(byte[] key, boolean forward) {
    if (forward) {
      // The next larger bytes.
      byte[] next = Arrays.copyOf(key, key.length + 1);
      return Arrays.compareUnsigned(next, from) <= 0 ? this : new ByteRange(next, to);
    }
    return to != null && Arrays.compareUnsigned(key, to) >= 0 ? this : new ByteRange(from, key);
  }
}
