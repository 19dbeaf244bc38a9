// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a query or scan.
 *
 * @param items those that passed the filter, in order; with the attributes that the index has, or
 *     all
 * @param scannedCount how many rows were evaluated, the filtered ones included
 * @param evaluatedBytes the size of the evaluated rows, as the table or index has them
 * @param fetchedBlocks how many blocks of 4 KB a local index fetched from the table, each item
 *     rounded up
 * @param lastKey the LastEvaluatedKey; null when nothing is left
 * @param index what was read; null for the table
 */
public record QueryPage(
    List<Item> items,
    int scannedCount,
    long evaluatedBytes,
    long fetchedBlocks,
    @Nullable Item lastKey,
    @Nullable IndexLayout index) {
  /** Copies the list. */
  public QueryPage {
    items = List.copyOf(items);
  }
}
