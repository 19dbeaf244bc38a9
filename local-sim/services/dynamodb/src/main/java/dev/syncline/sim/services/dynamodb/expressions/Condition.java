// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** A condition or filter. Immutable. */
public interface Condition {
  /** Holds for every item and names no attribute. */
  Condition ALWAYS =
      new Condition() {
        @Override
        public boolean test(Item itemOrEmpty) {
          return true;
        }

        @Override
        public Set<DocumentPath> paths() {
          return Set.of();
        }
      };

  /** Whether it holds for an item; an empty item stands for a missing one. */
  boolean test(Item itemOrEmpty);

  /** The paths that it names, in the order of the text. */
  Set<DocumentPath> paths();

  /** The attributes that these paths start with. */
  default Set<String> topLevelAttributes() {
    return paths().stream()
        .map(DocumentPath::attribute)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The attributes below which a path leads: keys may not be among them. */
  default Set<String> nestedAttributes() {
    return paths().stream()
        .filter(DocumentPath::isNested)
        .map(DocumentPath::attribute)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
