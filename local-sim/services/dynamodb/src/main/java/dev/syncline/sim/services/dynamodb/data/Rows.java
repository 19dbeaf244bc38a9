// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table or index by their {@link KeyBytes}, in order, and their sizes. A row is the
 * canonical bytes of an item, shared by the table and its indexes. Guarded by the table's lock.
 */
final class Rows {
  /** A row and its key. */
  record Row(byte[] key, byte[] bytes) {}

  private final TreeMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
  private long itemBytes;

  byte @Nullable [] get(byte[] key) {
    return rows.get(key);
  }

  /** Adds or replaces a row; {@code growth} is the difference of the items' sizes. */
  void put(byte[] key, byte[] row, long growth) {
    rows.put(key, row);
    itemBytes += growth;
  }

  /** Removes a row of an item of that size. */
  void remove(byte[] key, long bytes) {
    if (rows.remove(key) != null) {
      itemBytes -= bytes;
    }
  }

  int count() {
    return rows.size();
  }

  /** The sizes of the items as DynamoDB counts them. */
  long itemBytes() {
    return itemBytes;
  }

  /** All rows in order; live. */
  NavigableMap<byte[], byte[]> all() {
    return rows;
  }

  /** The first rows of a range in its direction: at most {@code limit}, and not many more bytes. */
  List<Row> read(ByteRange range, boolean forward, int limit, long maxBytes) {
    if (range.isEmpty()) {
      return List.of();
    }
    NavigableMap<byte[], byte[]> part = part(range);
    var found = new ArrayList<Row>(Math.min(limit, 16));
    long bytes = 0;
    for (Map.Entry<byte[], byte[]> entry : (forward ? part : part.descendingMap()).entrySet()) {
      found.add(new Row(entry.getKey(), entry.getValue()));
      bytes += entry.getValue().length;
      if (found.size() >= limit || bytes >= maxBytes) {
        break;
      }
    }
    return found;
  }

  /** The rows of a range that is not empty, in order; live. */
  NavigableMap<byte[], byte[]> part(ByteRange range) {
    byte[] from = range.from();
    byte[] to = range.to();
    if (to == null) {
      return rows.tailMap(from, true);
    }
    return rows.subMap(from, true, to, false);
  }
}
