// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ItemCodec;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table and of its indexes.
 *
 * <p>Thread-safe: guarded by its own read-write lock. Reads do not block each other; a page of more
 * than some rows is read in several steps, between which writes may happen, as at AWS.
 */
public final class TableData {
  private static final AtomicLong CREATED = new AtomicLong();

  private final long order = CREATED.getAndIncrement();
  private final KeySchema key;
  private final ChangeListener listener;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  // Guarded by the lock.
  private final Rows rows = new Rows();
  private final Map<String, IndexRows> indexes = new LinkedHashMap<>();
  private List<IndexLayout> layouts = List.of();
  private Keys keys;

  /**
   * An empty table.
   *
   * @param listener hears of every change, under the table's lock
   */
  public TableData(KeySchema key, Collection<IndexSchema> indexes, ChangeListener listener) {
    this.key = key;
    this.listener = listener;
    for (IndexSchema index : indexes) {
      this.indexes.put(index.name(), new IndexRows(new IndexLayout(index, key)));
    }
    keys = new Keys(key, indexes);
    layoutsChanged();
  }

  private void layoutsChanged() {
    layouts = indexes.values().stream().map(IndexRows::layout).toList();
    keys = new Keys(key, layouts.stream().map(IndexLayout::schema).toList());
  }

  /** Its key. */
  public KeySchema key() {
    return key;
  }

  /** Checks keys and items against its key and its present indexes. */
  public Keys keys() {
    return reading(() -> keys);
  }

  /** Its present indexes. */
  public List<IndexLayout> indexes() {
    return reading(() -> layouts);
  }

  /**
   * An index.
   *
   * @throws ValidationFault bare, when there is no such index
   */
  public IndexLayout index(String name) {
    return reading(() -> indexRows(name).layout());
  }

  private IndexRows indexRows(String name) {
    IndexRows index = indexes.get(name);
    if (index == null) {
      throw ValidationFault.bare("The table does not have the specified index: " + name);
    }
    return index;
  }

  /** The item with the key, which is valid; null when there is no item. */
  public @Nullable Item get(Item itemKey) {
    byte[] at = KeyBytes.ofTable(key, itemKey);
    byte[] row = reading(() -> rows.get(at));
    return row == null ? null : ItemCodec.decode(row);
  }

  /**
   * Changes one row in one step.
   *
   * @param itemKey the item's key, valid; other attributes do not matter
   * @param change gives the item for the present one: null for no item. Called under the lock; may
   *     throw, and then nothing has changed
   */
  public Change write(Item itemKey, Function<@Nullable Item, @Nullable Item> change) {
    byte[] at = KeyBytes.ofTable(key, itemKey);
    Lock writing = lock.writeLock();
    writing.lock();
    try {
      byte[] row = rows.get(at);
      Item before = row == null ? null : ItemCodec.decode(row);
      return replace(at, row, before, change.apply(before), false);
    } finally {
      writing.unlock();
    }
  }

  private Change replace(
      byte[] at,
      byte @Nullable [] row,
      @Nullable Item before,
      @Nullable Item after,
      boolean expired) {
    byte[] next = after == null ? null : ItemCodec.encode(after);
    // Equal items have equal bytes.
    boolean changed = !Arrays.equals(row, next);
    if (changed) {
      if (after != null && !Arrays.equals(at, KeyBytes.ofTable(key, after))) {
        throw new IllegalArgumentException("a write may not change the key of its item");
      }
      place(at, before, after, next);
      Item of = after == null ? before : after;
      if (of != null) {
        listener.changed(Keys.of(key, of), before, after, expired);
      }
    }
    return new Change(before, after, changed, layouts);
  }

  private void place(
      byte[] at, @Nullable Item before, @Nullable Item after, byte @Nullable [] row) {
    long oldBytes = before == null ? 0 : Sizes.of(before);
    if (after == null || row == null) {
      rows.remove(at, oldBytes);
    } else {
      rows.put(at, row, Sizes.of(after) - oldBytes);
    }
    for (IndexRows index : indexes.values()) {
      index.change(before, after, row);
    }
  }

  /**
   * A page of a query.
   *
   * @throws ValidationFault bare, in AWS's order
   */
  public QueryPage query(QueryRequest request) {
    IndexRows index = target(request.options());
    IndexLayout layout = index == null ? null : index.layout();
    return reader(index, request.options()).read(ReadPlan.of(key, layout, request));
  }

  /**
   * A page of a scan.
   *
   * @throws ValidationFault bare, in AWS's order
   */
  public QueryPage scan(ScanRequest request) {
    IndexRows index = target(request.options());
    IndexLayout layout = index == null ? null : index.layout();
    return reader(index, request.options()).read(ReadPlan.of(key, layout, request));
  }

  private @Nullable IndexRows target(ReadOptions options) {
    String name = options.index();
    return name == null ? null : reading(() -> indexRows(name));
  }

  private PageReader reader(@Nullable IndexRows index, ReadOptions options) {
    Rows from = index == null ? rows : index.rows();
    return new PageReader(
        (range, forward, limit, maxBytes) ->
            reading(() -> from.read(range, forward, limit, maxBytes)),
        options,
        key,
        index == null ? null : index.layout());
  }

  /**
   * Adds an index and fills it. Items whose attributes do not suit its key are left out.
   *
   * @throws IllegalArgumentException when there is an index of that name
   */
  public void addIndex(IndexSchema schema) {
    writing(
        () -> {
          if (indexes.containsKey(schema.name())) {
            throw new IllegalArgumentException("there is an index " + schema.name());
          }
          var index = new IndexRows(new IndexLayout(schema, key));
          for (byte[] row : rows.all().values()) {
            index.change(null, ItemCodec.decode(row), row);
          }
          indexes.put(schema.name(), index);
          layoutsChanged();
          return true;
        });
  }

  /** Removes an index, if there is one of that name. */
  public void removeIndex(String name) {
    writing(
        () -> {
          indexes.remove(name);
          layoutsChanged();
          return true;
        });
  }

  /** How many items there are. */
  public long itemCount() {
    return reading(rows::count);
  }

  /** Their sizes as DynamoDB counts them, in bytes. */
  public long sizeBytes() {
    return reading(rows::itemBytes);
  }

  /** How many items an index has; 0 for an unknown one. */
  public long itemCount(String index) {
    return reading(() -> indexes.containsKey(index) ? indexRows(index).rows().count() : 0);
  }

  /** The sizes of what an index has of its items, in bytes; 0 for an unknown one. */
  public long sizeBytes(String index) {
    return reading(() -> indexes.containsKey(index) ? indexRows(index).rows().itemBytes() : 0L);
  }

  /** The canonical bytes of every item, in order of key. */
  public List<byte[]> dump() {
    return reading(() -> List.copyOf(rows.all().values()));
  }

  /**
   * Puts items back that {@link #dump} gave, into a table that has none of their keys. No listener
   * hears of them.
   */
  public void load(Collection<byte[]> items) {
    writing(
        () -> {
          for (byte[] row : items) {
            Item item = ItemCodec.decode(row);
            place(KeyBytes.ofTable(key, item), null, item, row);
          }
          return true;
        });
  }

  private <T extends @Nullable Object> T reading(Supplier<T> work) {
    Lock reading = lock.readLock();
    reading.lock();
    try {
      return work.get();
    } finally {
      reading.unlock();
    }
  }

  private <T extends @Nullable Object> T writing(Supplier<T> work) {
    Lock writing = lock.writeLock();
    writing.lock();
    try {
      return work.get();
    } finally {
      writing.unlock();
    }
  }
}
