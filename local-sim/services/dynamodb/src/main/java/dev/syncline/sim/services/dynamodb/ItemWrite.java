// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.services.dynamodb.data.Keys;
import dev.syncline.sim.services.dynamodb.expressions.Condition;
import dev.syncline.sim.services.dynamodb.expressions.Update;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import org.jspecify.annotations.Nullable;

/**
 * One write of an item as a request describes it, before its table is looked up: the same for
 * single writes, batches, transactions and PartiQL. Immutable.
 */
sealed interface ItemWrite {
  /** The name or ARN of the table. */
  String table();

  /** The item or key in the request. */
  Item given();

  /** The condition; null for none. */
  @Nullable Condition condition();

  /** Whether a failed condition shows the item. */
  boolean returnsItemOnFailure();

  /**
   * The key in the table.
   *
   * @throws ValidationFault when it does not fit the table's or an index's key schema
   */
  Item key(Table table);

  /**
   * The item afterwards; null for no item. Called under the table's lock, after the condition.
   *
   * @throws ValidationFault when the update does not fit the item, or the item becomes too large
   */
  @Nullable Item apply(Table table, Item key, @Nullable Item before);

  private static void requireScalarPaths(Keys keys, @Nullable Condition condition) {
    if (condition != null) {
      keys.requireScalarPaths(condition.nestedAttributes());
    }
  }

  /** Puts an item in place of another of its key. */
  record Put(String table, Item given, @Nullable Condition condition, boolean returnsItemOnFailure)
      implements ItemWrite {
    @Override
    public Item key(Table table) {
      Keys keys = table.data().keys();
      keys.requireItem(given);
      ItemWrite.requireScalarPaths(keys, condition);
      return keys.of(given);
    }

    @Override
    public Item apply(Table table, Item key, @Nullable Item before) {
      return given;
    }
  }

  /** Adds an item whose key no item has: PartiQL's INSERT. */
  record Insert(String table, Item given) implements ItemWrite {
    @Override
    public @Nullable Condition condition() {
      return null;
    }

    @Override
    public boolean returnsItemOnFailure() {
      return false;
    }

    @Override
    public Item key(Table table) {
      Keys keys = table.data().keys();
      keys.requireItem(given);
      return keys.of(given);
    }

    /**
     * @throws dev.syncline.sim.service.AwsException {@code DuplicateItemException}
     */
    @Override
    public Item apply(Table table, Item key, @Nullable Item before) {
      if (before != null) {
        throw DynamoDbErrors.duplicateItem();
      }
      return given;
    }
  }

  /** Deletes the item of a key. */
  record Delete(
      String table, Item given, @Nullable Condition condition, boolean returnsItemOnFailure)
      implements ItemWrite {
    @Override
    public Item key(Table table) {
      Keys keys = table.data().keys();
      keys.requireKey(given);
      ItemWrite.requireScalarPaths(keys, condition);
      return given;
    }

    @Override
    public @Nullable Item apply(Table table, Item key, @Nullable Item before) {
      return null;
    }
  }

  /** Checks the condition and changes nothing. */
  record Check(
      String table, Item given, @Nullable Condition condition, boolean returnsItemOnFailure)
      implements ItemWrite {
    @Override
    public Item key(Table table) {
      Keys keys = table.data().keys();
      keys.requireKey(given);
      ItemWrite.requireScalarPaths(keys, condition);
      return given;
    }

    @Override
    public @Nullable Item apply(Table table, Item key, @Nullable Item before) {
      return before;
    }
  }

  /**
   * Changes attributes of an item, or creates it.
   *
   * @param flatSize whether the item's own size counts, as in transactions and PartiQL
   */
  record Change(
      String table,
      Item given,
      Update update,
      @Nullable Condition condition,
      boolean returnsItemOnFailure,
      boolean flatSize)
      implements ItemWrite {
    @Override
    public Item key(Table table) {
      Keys keys = table.data().keys();
      keys.requireKey(given);
      keys.requireKeyUntouched(update.targetAttributes());
      keys.requireIndexKeyTypes(update.knownTypes());
      keys.requireScalarPaths(update.nestedAttributes());
      ItemWrite.requireScalarPaths(keys, condition);
      return given;
    }

    @Override
    public @Nullable Item apply(Table table, Item key, @Nullable Item before) {
      if (before == null && !update.createsItem()) {
        return null;
      }
      Item after = update.apply(before, key);
      table.data().keys().requireUpdatedIndexKeys(before, after);
      long bytes = Sizes.of(after);
      if (!flatSize) {
        bytes =
            Math.max(
                bytes,
                bytes
                    - Sizes.of(key)
                    + 3
                    + 19L * update.writingActions()
                    + 2L * update.clearingActions());
      }
      if (bytes > Sizes.MAX_ITEM_BYTES) {
        throw ValidationFault.bare("Item size to update has exceeded the maximum allowed size");
      }
      return after;
    }
  }
}
