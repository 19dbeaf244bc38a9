// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a write to one row.
 *
 * @param before the item before; null when there was no item
 * @param after the item afterwards; null when there is no item
 * @param changed whether they differ
 * @param indexes the table's indexes at that time, for the capacity that they consume
 */
public record Change(
    @Nullable Item before, @Nullable Item after, boolean changed, List<IndexLayout> indexes) {
  /** Copies the list. */
  public Change {
    indexes = List.copyOf(indexes);
  }
}
