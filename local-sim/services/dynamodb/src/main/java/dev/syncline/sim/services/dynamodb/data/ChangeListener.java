// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.values.Item;
import org.jspecify.annotations.Nullable;

/** Hears of every change of a table's rows. */
@FunctionalInterface
public interface ChangeListener {
  /**
   * A row has changed. Called under the table's lock, in order; must be quick. Not called for a
   * write that changes nothing.
   *
   * @param key the table key
   * @param before the item before; null for an insert
   * @param after the item afterwards; null for a removal
   * @param expired whether TTL deleted it
   */
  void changed(Item key, @Nullable Item before, @Nullable Item after, boolean expired);
}
