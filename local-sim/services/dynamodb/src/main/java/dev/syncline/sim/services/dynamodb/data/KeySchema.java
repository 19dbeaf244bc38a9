// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import java.util.ArrayList;
import java.util.List;

/**
 * The key of a table or index. A table has one hash attribute and at most one range attribute; a
 * global secondary index has one to four of the first and none to four of the second.
 */
public record KeySchema(List<KeyAttribute> hash, List<KeyAttribute> range) {
  /** Copies the lists. */
  public KeySchema {
    hash = List.copyOf(hash);
    range = List.copyOf(range);
  }

  /** All attributes, hash first. */
  public List<KeyAttribute> all() {
    var all = new ArrayList<>(hash);
    all.addAll(range);
    return all;
  }

  /** Whether the attribute belongs to the key. */
  public boolean has(String name) {
    return all().stream().anyMatch(attribute -> attribute.name().equals(name));
  }
}
