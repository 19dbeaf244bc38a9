// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValueWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ItemCollectionMetrics of writes: which item collection they changed. */
public final class ItemCollections {
  private ItemCollections() {}

  /**
   * The metrics of a write; null for a table without local indexes, which has no item collections.
   *
   * @param item the item or its key
   */
  public static @Nullable ObjectNode metrics(TableData table, Item item) {
    if (table.indexes().stream().allMatch(index -> index.schema().global())) {
      return null;
    }
    Item hash = Keys.of(new KeySchema(table.key().hash(), List.of()), item);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("ItemCollectionKey", ValueWriter.writeItem(hash));
    // AWS estimates in steps of a gigabyte.
    json.putArray("SizeEstimateRangeGB").add(0.0).add(1.0);
    return json;
  }
}
