// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.services.dynamodb.data.KeyAttribute;
import dev.syncline.sim.services.dynamodb.expressions.Condition;
import dev.syncline.sim.services.dynamodb.expressions.DocumentPath;
import dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Operator;
import dev.syncline.sim.services.dynamodb.partiql.Statement;
import dev.syncline.sim.services.dynamodb.partiql.Where;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Turns PartiQL's statements that write into writes of items. Stateless. */
final class StatementWrites {
  static final String NO_KEY =
      "Where clause does not contain a mandatory equality on all key attributes";

  private StatementWrites() {}

  /** The rest of a WHERE clause as the condition of a write. */
  private record Guard(Predicate<Item> test, Set<DocumentPath> paths) implements Condition {
    @Override
    public boolean test(Item itemOrEmpty) {
      return test.test(itemOrEmpty);
    }
  }

  /**
   * The write of a statement.
   *
   * @param showsItem whether a failed condition shows the item
   * @throws ValidationFault when WHERE does not name one item
   */
  static ItemWrite of(Statement statement, Table table, boolean showsItem) {
    return switch (statement) {
      case Statement.Insert insert -> {
        if (Sizes.of(insert.item()) > Sizes.MAX_ITEM_BYTES) {
          throw ValidationFault.bare("Item size has exceeded the maximum allowed size");
        }
        yield new ItemWrite.Insert(insert.table(), insert.item());
      }
      case Statement.Update update ->
          new ItemWrite.Change(
              update.table(),
              key(table, update.where()),
              update.update(),
              existing(update.where()),
              showsItem,
              true);
      case Statement.Delete delete ->
          new ItemWrite.Delete(
              delete.table(), key(table, delete.where()), absentOr(delete.where()), showsItem);
      case Statement.Exists exists ->
          new ItemWrite.Check(
              exists.table(),
              key(table, exists.select().where()),
              existing(exists.select().where()),
              showsItem);
      case Statement.Select select ->
          throw new IllegalArgumentException("A SELECT of " + select.table() + " writes nothing");
    };
  }

  private static Condition existing(Optional<Where> where) {
    Condition condition = where.map(Where::condition).orElse(Condition.ALWAYS);
    return new Guard(item -> !item.isEmpty() && condition.test(item), condition.paths());
  }

  /** DELETE of a missing item succeeds. */
  private static Condition absentOr(Optional<Where> where) {
    Condition condition = where.map(Where::condition).orElse(Condition.ALWAYS);
    return new Guard(item -> item.isEmpty() || condition.test(item), condition.paths());
  }

  /**
   * The key of the one item that WHERE names.
   *
   * @throws ValidationFault when it does not name one
   */
  static Item key(Table table, Optional<Where> where) {
    where.ifPresent(clause -> requireOneValue(table, clause));
    Item key = where.map(clause -> findKey(table, clause)).orElse(null);
    if (key == null) {
      throw ValidationFault.bare(NO_KEY);
    }
    return key;
  }

  private static void requireOneValue(Table table, Where where) {
    for (KeyAttribute attribute : table.data().key().all()) {
      if (where.equalities(attribute.name()).size() > 1) {
        throw ValidationFault.bare(
            "Multiple conditions on same key "
                + attribute.name()
                + ". Only single item Update/Insert/Delete are supported");
      }
    }
  }

  /** The key; null when the clause does not say which one. */
  static @Nullable Item findKey(Table table, Where where) {
    var attributes = new LinkedHashMap<String, AttributeValue>();
    for (KeyAttribute attribute : table.data().key().all()) {
      Optional<AttributeValue> value = where.equality(attribute.name());
      if (value.isEmpty()) {
        return null;
      }
      attributes.put(attribute.name(), value.get());
    }
    return new Item(attributes);
  }

  /** The key of the one item that a SELECT reads; null when it may read others, or none. */
  static @Nullable Item singleItem(Table table, Statement.Select select) {
    if (select.index().isPresent() || select.where().isEmpty()) {
      return null;
    }
    Where where = select.where().get();
    boolean keyOnly =
        where.onlyTerms()
            && where.terms().stream()
                .allMatch(
                    part ->
                        table.data().key().has(part.attribute())
                            && part.operator() == Operator.EQ
                            && where.equalities(part.attribute()).size() == 1);
    return keyOnly ? findKey(table, where) : null;
  }
}
