// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attributes by name: an item, a key, or a part of an item. Equality ignores order. Immutable.
 */
public record Item(Map<String, AttributeValue> attributes) {
  /** Without attributes. */
  public static final Item EMPTY = new Item(Map.of());

  /** Copies the map. */
  public Item {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** The attribute; null when it is absent. */
  public @Nullable AttributeValue get(String name) {
    return attributes.get(name);
  }

  /** Whether there are no attributes. */
  public boolean isEmpty() {
    return attributes.isEmpty();
  }
}
