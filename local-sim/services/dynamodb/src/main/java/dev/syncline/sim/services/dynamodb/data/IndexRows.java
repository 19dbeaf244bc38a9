// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The rows of an index. Guarded by the table's lock. */
record IndexRows(IndexLayout layout, Rows rows) {
  IndexRows(IndexLayout layout) {
    this(layout, new Rows());
  }

  /** Follows a change of a row of the table; {@code row} is the bytes of {@code after}. */
  void change(@Nullable Item before, @Nullable Item after, byte @Nullable [] row) {
    byte[] oldKey = before == null ? null : layout.key(before);
    byte[] newKey = after == null ? null : layout.key(after);
    long oldBytes = before == null || oldKey == null ? 0 : layout.size(before);
    if (after == null || newKey == null || row == null) {
      if (oldKey != null) {
        rows.remove(oldKey, oldBytes);
      }
      return;
    }
    long newBytes = layout.size(after);
    if (oldKey != null && Arrays.equals(oldKey, newKey)) {
      rows.put(oldKey, row, newBytes - oldBytes);
      return;
    }
    if (oldKey != null) {
      rows.remove(oldKey, oldBytes);
    }
    rows.put(newKey, row, newBytes);
  }
}
