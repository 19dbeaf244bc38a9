// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What queries and scans have in common.
 *
 * @param index the index to read; null for the table
 * @param consistent whether a consistent read is asked for, which no global index has
 * @param limit how many rows are evaluated at most, at least 1
 * @param startKey the ExclusiveStartKey; null for the first page
 * @param columns which attributes are read
 * @param filter which of the evaluated items are returned; sees what {@code columns} gives; called
 *     outside the lock
 */
public record ReadOptions(
    @Nullable String index,
    boolean consistent,
    int limit,
    @Nullable Item startKey,
    Columns columns,
    Predicate<Item> filter) {
  /** The first page of a table: all items. */
  public static final ReadOptions ALL =
      new ReadOptions(null, false, Integer.MAX_VALUE, null, Columns.PROJECTED, item -> true);

  /** Checks the limit. */
  public ReadOptions {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is below 1");
    }
  }

  /** The same with an index. */
  public ReadOptions withIndex(@Nullable String name) {
    return new ReadOptions(name, consistent, limit, startKey, columns, filter);
  }

  /** The same with or without consistent reads. */
  public ReadOptions withConsistent(boolean value) {
    return new ReadOptions(index, value, limit, startKey, columns, filter);
  }

  /** The same with a limit. */
  public ReadOptions withLimit(int rows) {
    return new ReadOptions(index, consistent, rows, startKey, columns, filter);
  }

  /** The same from another place on. */
  public ReadOptions withStartKey(@Nullable Item key) {
    return new ReadOptions(index, consistent, limit, key, columns, filter);
  }

  /** The same with other columns. */
  public ReadOptions withColumns(Columns wanted) {
    return new ReadOptions(index, consistent, limit, startKey, wanted, filter);
  }

  /** The same with a filter. */
  public ReadOptions withFilter(Predicate<Item> test) {
    return new ReadOptions(index, consistent, limit, startKey, columns, test);
  }

  /** Which attributes a read is about. */
  public sealed interface Columns {
    /** What the index has: all attributes when a table is read. */
    Columns PROJECTED = new Projected();

    /** All, as Select ALL_ATTRIBUTES asks for; a local index fetches them from the table. */
    Columns ALL = new All();

    /**
     * Those of a projection expression or AttributesToGet, by their first names, and none else; a
     * local index fetches what it does not have. The caller still applies the expression.
     */
    static Columns named(Set<String> names) {
      return new Named(names);
    }

    /** {@link Columns#PROJECTED}. */
    record Projected() implements Columns {}

    /** {@link Columns#ALL}. */
    record All() implements Columns {}

    /** {@link Columns#named}. */
    record Named(Set<String> names) implements Columns {
      /** Copies the set. */
      public Named {
        names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
      }
    }
  }
}
