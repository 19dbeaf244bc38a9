// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.AttributeType;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A change of one item: an update expression, or the legacy attribute updates. Immutable. */
public interface Update {
  /** Changes nothing; makes an item of the key alone. */
  Update NOTHING =
      new Update() {
        @Override
        public Item apply(@Nullable Item before, Item key) {
          return before == null ? key : before;
        }

        @Override
        public boolean createsItem() {
          return true;
        }

        @Override
        public List<DocumentPath> targets() {
          return List.of();
        }

        @Override
        public Set<String> nestedAttributes() {
          return Set.of();
        }

        @Override
        public Map<String, AttributeType> knownTypes() {
          return Map.of();
        }

        @Override
        public int writingActions() {
          return 0;
        }
      };

  /**
   * The item after the change.
   *
   * @param before the item; null when it is missing
   * @param key its key, which a new item starts with
   * @throws ValidationFault if the change does not fit the item
   */
  Item apply(@Nullable Item before, Item key);

  /**
   * Whether a missing item is created. Without that, the caller leaves a missing item missing and
   * returns no attributes.
   */
  boolean createsItem();

  /** The paths that are written or removed, in the order of the text. */
  List<DocumentPath> targets();

  /** The attributes below which any path leads, also one that is only read. */
  Set<String> nestedAttributes();

  /** The types of the values that are written to whole attributes, where no item decides them. */
  Map<String, AttributeType> knownTypes();

  /** The number of actions that write a value, for the size of the update. */
  int writingActions();

  /** The number of actions that remove a value, for the size of the update. */
  default int clearingActions() {
    return targets().size() - writingActions();
  }

  /** The attributes that are written or removed: the item's key may not be among them. */
  default Set<String> targetAttributes() {
    return targets().stream()
        .map(DocumentPath::attribute)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * What {@code UPDATED_OLD} returns of the old item and {@code UPDATED_NEW} of the new one: only
   * what the update touched, inside its parents. An empty result stands for no attributes.
   */
  default Item updated(Item item) {
    return new PathSet(targets()).select(item);
  }
}
