// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attributes by name: an item, a key, or a part of an item. Equality ignores order; iteration goes
 * in the order of the names. Immutable.
 */
public record Item(Map<String, AttributeValue> attributes) {
  /** Without attributes. */
  public static final Item EMPTY = new Item(Map.of());

  /** Copies the map, unless it is that of another item or of a map value. */
  public Item {
    attributes = SortedAttributes.copyOf(attributes);
  }

  /** The attribute; null when it is absent. */
  public @Nullable AttributeValue get(String name) {
    return attributes.get(name);
  }

  /** Whether there are no attributes. */
  public boolean isEmpty() {
    return attributes.isEmpty();
  }

  /** As this item with one attribute added or replaced; cheaper than a new map. */
  public Item with(String name, AttributeValue value) {
    return new Item(SortedAttributes.copyOf(attributes).with(name, value));
  }

  /** As this item without one attribute. */
  public Item without(String name) {
    return new Item(SortedAttributes.copyOf(attributes).without(name));
  }
}
