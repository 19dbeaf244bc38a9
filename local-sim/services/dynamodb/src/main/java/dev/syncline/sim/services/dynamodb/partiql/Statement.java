// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.partiql;

import dev.syncline.sim.services.dynamodb.expressions.DocumentPath;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** A PartiQL statement with the values of its parameters. Immutable. */
public sealed interface Statement {
  /** The most characters of a statement (DynamoDB's published model). */
  int MAX_LENGTH = 8192;

  /** The table that it names. */
  String table();

  /** Whether it changes nothing. */
  default boolean isRead() {
    return this instanceof Select;
  }

  /**
   * Reads a statement.
   *
   * @param parameters the values of its question marks
   * @throws ValidationFault in AWS's words
   */
  static Statement parse(String text, List<AttributeValue> parameters) {
    return new StatementParser(new StatementReader(text, parameters)).statement();
  }

  /**
   * SELECT.
   *
   * @param index empty for the table itself
   * @param columns empty for all attributes
   * @param order the attributes to sort by, first the most important
   */
  record Select(
      String table,
      Optional<String> index,
      List<Column> columns,
      Optional<Where> where,
      List<Order> order)
      implements Statement {
    /** The item as the statement shows it: each column under its own name. */
    public Item shown(Item item) {
      if (columns.isEmpty()) {
        return item;
      }
      var attributes = new LinkedHashMap<String, AttributeValue>();
      for (Column column : columns) {
        AttributeValue value = column.path().read(item);
        if (value != null) {
          attributes.put(column.name(), value);
        }
      }
      return new Item(attributes);
    }
  }

  /**
   * A path that SELECT names.
   *
   * @param name its last name and the places behind it, for example {@code c[0]} for {@code
   *     a.b.c[0]}
   */
  record Column(String name, DocumentPath path) {
    /** The column of a path. */
    static Column of(DocumentPath path) {
      var name = new StringBuilder();
      for (DocumentPath.Step step : path.steps()) {
        if (step instanceof DocumentPath.Name) {
          name.setLength(0);
        }
        name.append(step);
      }
      return new Column(name.toString(), path);
    }
  }

  /** One attribute of ORDER BY. */
  record Order(String attribute, boolean descending) {}

  /** EXISTS: a condition of a transaction of writes. */
  record Exists(Select select) implements Statement {
    @Override
    public String table() {
      return select.table();
    }
  }

  /** INSERT. */
  record Insert(String table, Item item) implements Statement {}

  /** UPDATE. */
  record Update(
      String table,
      dev.syncline.sim.services.dynamodb.expressions.Update update,
      Optional<Where> where,
      Optional<Returning> returning)
      implements Statement {}

  /** DELETE. */
  record Delete(String table, Optional<Where> where, Optional<Returning> returning)
      implements Statement {}

  /** What a write returns. */
  enum Returning {
    ALL_OLD,
    MODIFIED_OLD,
    ALL_NEW,
    MODIFIED_NEW;

    /** As statements spell it. */
    String text() {
      return name().replace('_', ' ');
    }
  }
}
