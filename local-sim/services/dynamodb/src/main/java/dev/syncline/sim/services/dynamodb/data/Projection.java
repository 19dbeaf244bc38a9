// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import java.util.List;

/**
 * The attributes that an index has beside its keys and the table's.
 *
 * @param nonKeyAttributes for {@link Type#INCLUDE}
 */
public record Projection(Type type, List<String> nonKeyAttributes) {
  /** As AWS spells it. */
  public enum Type {
    ALL,
    INCLUDE,
    KEYS_ONLY
  }

  /** Copies the list. */
  public Projection {
    nonKeyAttributes = List.copyOf(nonKeyAttributes);
  }
}
