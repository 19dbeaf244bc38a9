// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table in slices of about half a megabyte, each saved as one blob, so that a save
 * writes only slices that have changed since the last one. A blob has the rows in order of their
 * keys, each after its length in four bytes. Guarded by the table's lock.
 */
final class RowSlices {
  private static final int SLICE_BYTES = 512 * 1024;

  /**
   * A slice to be saved.
   *
   * @param of stays the same object while the slice does not change
   * @param range its keys
   * @param rows its rows; null when it has not changed since the last save
   */
  record Part(Object of, ByteRange range, @Nullable List<byte[]> rows) {}

  /**
   * What each slice is to {@link dev.syncline.sim.service.state.Blobs}, by its first possible key;
   * null since a change.
   */
  private final TreeMap<byte[], @Nullable Object> slices = new TreeMap<>(Arrays::compareUnsigned);

  /** Notes a change of a row. */
  void changed(byte[] key) {
    // Without a save there are no slices.
    Map.Entry<byte[], @Nullable Object> slice = slices.floorEntry(key);
    if (slice != null && slice.getValue() != null) {
      slices.put(slice.getKey(), null);
    }
  }

  /** The slices as they are now. */
  List<Part> parts(Rows rows) {
    if (slices.isEmpty()) {
      slices.put(new byte[0], null);
    }
    var parts = new ArrayList<Part>();
    var renewed = new TreeMap<byte[], Object>(Arrays::compareUnsigned);
    byte[] from = slices.firstKey();
    while (from != null) {
      Object of = slices.get(from);
      byte[] to = slices.higherKey(from);
      // Neighbours that have both changed are cut again together.
      while (of == null && to != null && slices.get(to) == null) {
        to = slices.higherKey(to);
      }
      if (of != null) {
        renewed.put(from, of);
        parts.add(new Part(of, new ByteRange(from, to), null));
      } else {
        cut(new ByteRange(from, to), rows, renewed, parts);
      }
      from = to;
    }
    slices.clear();
    slices.putAll(renewed);
    return parts;
  }

  private static void cut(
      ByteRange range, Rows rows, Map<byte[], Object> slices, List<Part> parts) {
    byte[] start = range.from();
    var slice = new ArrayList<byte[]>();
    long bytes = 0;
    for (Map.Entry<byte[], byte[]> row : rows.part(range).entrySet()) {
      if (bytes >= SLICE_BYTES) {
        add(new ByteRange(start, row.getKey()), slice, slices, parts);
        start = row.getKey();
        slice = new ArrayList<>();
        bytes = 0;
      }
      slice.add(row.getValue());
      bytes += row.getValue().length;
    }
    // Only the first slice may be empty, so that every key has one.
    if (!slice.isEmpty() || start.length == 0) {
      add(new ByteRange(start, range.to()), slice, slices, parts);
    }
  }

  private static void add(
      ByteRange range, List<byte[]> rows, Map<byte[], Object> slices, List<Part> parts) {
    var of = new Object();
    slices.put(range.from(), of);
    parts.add(new Part(of, range, rows));
  }

  /** Takes over restored slices, which are unchanged, by their first keys in order. */
  void restored(List<byte[]> firstKeys) {
    slices.clear();
    slices.put(new byte[0], new Object());
    firstKeys.stream().skip(1).forEach(first -> slices.put(first, new Object()));
  }

  /** The blob of a slice. */
  static byte[] content(List<byte[]> rows) {
    int bytes = 0;
    for (byte[] row : rows) {
      bytes += Integer.BYTES + row.length;
    }
    ByteBuffer content = ByteBuffer.allocate(bytes);
    rows.forEach(row -> content.putInt(row.length).put(row));
    return content.array();
  }

  /**
   * Gives the rows of a blob in order.
   *
   * @throws IllegalArgumentException when it is damaged
   */
  static void read(byte[] content, Consumer<byte[]> row) {
    ByteBuffer rest = ByteBuffer.wrap(content);
    while (rest.hasRemaining()) {
      if (rest.remaining() < Integer.BYTES) {
        throw new IllegalArgumentException("a slice of rows ends within a length");
      }
      int length = rest.getInt();
      if (length < 0 || length > rest.remaining()) {
        throw new IllegalArgumentException("a slice of rows has a row of " + length + " bytes");
      }
      byte[] bytes = new byte[length];
      rest.get(bytes);
      row.accept(bytes);
    }
  }
}
