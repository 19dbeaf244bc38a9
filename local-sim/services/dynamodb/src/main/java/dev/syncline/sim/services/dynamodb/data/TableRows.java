// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ItemCodec;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table with all that follows them: indexes, expiry and slices to be saved; and the
 * undo log of an open transaction. Guarded by the lock of {@link TableData}.
 */
final class TableRows {
  /** A change within a transaction, of which the listener has not heard yet. */
  private record Logged(byte[] at, @Nullable Item before, @Nullable Item after, boolean expired) {}

  private final KeySchema key;
  private final ChangeListener listener;
  private final Rows rows = new Rows();
  private final RowSlices slices = new RowSlices();
  private final Map<String, IndexRows> indexes = new LinkedHashMap<>();
  private final List<Logged> log = new ArrayList<>();
  private int transactions;
  private List<IndexLayout> layouts = List.of();
  private Keys keys;
  private @Nullable ExpiryIndex expiry;

  TableRows(KeySchema key, Collection<IndexSchema> schemas, ChangeListener listener) {
    this.key = key;
    this.listener = listener;
    schemas.forEach(
        schema -> indexes.put(schema.name(), new IndexRows(new IndexLayout(schema, key))));
    keys = new Keys(key, schemas);
    layouts = indexes.values().stream().map(IndexRows::layout).toList();
  }

  Rows rows() {
    return rows;
  }

  RowSlices slices() {
    return slices;
  }

  List<IndexLayout> layouts() {
    return layouts;
  }

  Keys keys() {
    return keys;
  }

  @Nullable ExpiryIndex expiry() {
    return expiry;
  }

  @Nullable IndexRows index(String name) {
    return indexes.get(name);
  }

  IndexRows requireIndex(String name) {
    IndexRows index = indexes.get(name);
    if (index == null) {
      throw ValidationFault.bare("The table does not have the specified index: " + name);
    }
    return index;
  }

  @Nullable Item read(byte[] at) {
    byte[] row = rows.get(at);
    return row == null ? null : ItemCodec.decode(row);
  }

  Change replace(byte[] at, @Nullable Item before, @Nullable Item after, boolean expired) {
    byte[] next = after == null ? null : ItemCodec.encode(after);
    // Equal items have equal bytes.
    boolean changed = !Arrays.equals(rows.get(at), next);
    if (changed) {
      if (after != null && !Arrays.equals(at, KeyBytes.ofTable(key, after))) {
        throw new IllegalArgumentException("a write may not change the key of its item");
      }
      place(at, before, after, next);
      var change = new Logged(at, before, after, expired);
      if (transactions > 0) {
        log.add(change);
      } else {
        tell(change);
      }
    }
    return new Change(before, after, changed, layouts);
  }

  private void tell(Logged change) {
    Item of = change.after() == null ? change.before() : change.after();
    if (of != null) {
      listener.changed(Keys.of(key, of), change.before(), change.after(), change.expired());
    }
  }

  /** Puts a row in place of another; {@code row} is the bytes of {@code after}. */
  void place(byte[] at, @Nullable Item before, @Nullable Item after, byte @Nullable [] row) {
    long oldBytes = before == null ? 0 : Sizes.of(before);
    if (after == null || row == null) {
      rows.remove(at, oldBytes);
    } else {
      rows.put(at, row, Sizes.of(after) - oldBytes);
    }
    for (IndexRows index : indexes.values()) {
      index.change(before, after, row);
    }
    if (expiry != null) {
      expiry.change(at, before, after);
    }
    slices.changed(at);
  }

  /** Begins a transaction or one within it; gives the place to go back to. */
  int begin() {
    transactions++;
    return log.size();
  }

  /** Ends it; the listener hears of its changes when it is not within another one. */
  void commit() {
    transactions--;
    if (transactions == 0) {
      List<Logged> changes = List.copyOf(log);
      log.clear();
      changes.forEach(this::tell);
    }
  }

  /** Ends it and takes back its changes. */
  void rollBack(int begun) {
    transactions--;
    while (log.size() > begun) {
      Logged change = log.removeLast();
      Item before = change.before();
      place(
          change.at(),
          /* before= */ change.after(),
          /* after= */ before,
          before == null ? null : ItemCodec.encode(before));
    }
  }

  void addIndex(IndexSchema schema) {
    if (indexes.containsKey(schema.name())) {
      throw new IllegalArgumentException("there is already an index " + schema.name());
    }
    var index = new IndexRows(new IndexLayout(schema, key));
    for (byte[] row : rows.all().values()) {
      index.change(null, ItemCodec.decode(row), row);
    }
    indexes.put(schema.name(), index);
    indexesChanged();
  }

  void removeIndex(String name) {
    indexes.remove(name);
    indexesChanged();
  }

  private void indexesChanged() {
    layouts = indexes.values().stream().map(IndexRows::layout).toList();
    keys = new Keys(key, layouts.stream().map(IndexLayout::schema).toList());
  }

  void expireBy(@Nullable String attribute) {
    if (attribute == null) {
      expiry = null;
      return;
    }
    var next = new ExpiryIndex(attribute);
    rows.all().forEach((at, row) -> next.change(at, null, ItemCodec.decode(row)));
    expiry = next;
  }
}
