// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ItemCodec;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
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
 * than some rows is read in several steps, between which writes may happen, as at AWS. A callback
 * that is called under the lock may read and write the table, but neither wait nor use another one.
 */
public final class TableData {
  private static final AtomicLong CREATED = new AtomicLong();
  private static final int EXPIRED_AT_ONCE = 256;

  /** The place in the order in which tables are locked. */
  private final long order = CREATED.getAndIncrement();

  private final KeySchema key;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final TableRows rows;

  /**
   * An empty table.
   *
   * @param listener hears of every change, under the table's lock
   */
  public TableData(KeySchema key, Collection<IndexSchema> indexes, ChangeListener listener) {
    this.key = key;
    this.rows = new TableRows(key, indexes, listener);
  }

  /** Its key. */
  public KeySchema key() {
    return key;
  }

  /** Checks keys and items against its key and its present indexes. */
  public Keys keys() {
    return reading(rows::keys);
  }

  /** Its present indexes. */
  public List<IndexLayout> indexes() {
    return reading(rows::layouts);
  }

  /**
   * An index.
   *
   * @throws ValidationFault bare, when there is no such index
   */
  public IndexLayout index(String name) {
    return reading(() -> rows.requireIndex(name).layout());
  }

  /** The item with the key, which is valid; null when there is no item. */
  public @Nullable Item get(Item itemKey) {
    byte[] at = KeyBytes.ofTable(key, itemKey);
    byte[] row = reading(() -> rows.rows().get(at));
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
    return writing(
        () -> {
          Item before = rows.read(at);
          return rows.replace(at, before, change.apply(before), false);
        });
  }

  /**
   * Does work on several tables of which no other thread sees a part. What it has written is taken
   * back when it throws; the listeners hear of the changes at its end. Work within such work uses
   * no other tables than that.
   */
  public static <T extends @Nullable Object> T locked(List<TableData> tables, Supplier<T> work) {
    List<TableData> ordered =
        tables.stream().distinct().sorted(Comparator.comparingLong(table -> table.order)).toList();
    ordered.forEach(table -> table.lock.writeLock().lock());
    try {
      List<Integer> begun = ordered.stream().map(table -> table.rows.begin()).toList();
      T result;
      try {
        result = work.get();
      } catch (Throwable failure) {
        for (int i = 0; i < ordered.size(); i++) {
          ordered.get(i).rows.rollBack(begun.get(i));
        }
        throw failure;
      }
      ordered.forEach(table -> table.rows.commit());
      return result;
    } finally {
      ordered.forEach(table -> table.lock.writeLock().unlock());
    }
  }

  /**
   * A page of a query.
   *
   * @throws ValidationFault bare, in AWS's order
   */
  public QueryPage query(QueryRequest request) {
    return plan(request).page();
  }

  /**
   * A page of a scan.
   *
   * @throws ValidationFault bare, in AWS's order
   */
  public QueryPage scan(ScanRequest request) {
    return plan(request).page();
  }

  /**
   * A query before it reads, so that the caller may check more of the request.
   *
   * @throws ValidationFault bare, in AWS's order
   */
  public PlannedRead plan(QueryRequest request) {
    IndexRows index = target(request.options());
    IndexLayout layout = index == null ? null : index.layout();
    return planned(index, ReadPlan.of(key, layout, request), request.options());
  }

  /**
   * A scan before it reads, so that the caller may check more of the request.
   *
   * @throws ValidationFault bare, in AWS's order
   */
  public PlannedRead plan(ScanRequest request) {
    IndexRows index = target(request.options());
    IndexLayout layout = index == null ? null : index.layout();
    return planned(index, ReadPlan.of(key, layout, request), request.options());
  }

  private @Nullable IndexRows target(ReadOptions options) {
    String name = options.index();
    return name == null ? null : reading(() -> rows.requireIndex(name));
  }

  private PlannedRead planned(@Nullable IndexRows index, ReadPlan plan, ReadOptions options) {
    Rows from = index == null ? rows.rows() : index.rows();
    IndexLayout layout = index == null ? null : index.layout();
    PageReader.Source source =
        (range, forward, limit, maxBytes) ->
            reading(() -> from.read(range, forward, limit, maxBytes));
    return new PlannedRead(
        new PageReader(source, options, key, layout), plan, layout, options.columns());
  }

  /**
   * Adds an index and fills it. Items whose attributes do not suit its key are left out.
   *
   * @throws IllegalArgumentException when there is an index of that name
   */
  public void addIndex(IndexSchema schema) {
    writing(
        () -> {
          rows.addIndex(schema);
          return null;
        });
  }

  /** Removes an index, if there is one of that name. */
  public void removeIndex(String name) {
    writing(
        () -> {
          rows.removeIndex(name);
          return null;
        });
  }

  /** Makes items expire by this attribute from now on; null for none. */
  public void expireBy(@Nullable String attribute) {
    writing(
        () -> {
          rows.expireBy(attribute);
          return null;
        });
  }

  /** When the next item expires; null when no item does. May have passed. */
  public @Nullable Instant nextExpiry() {
    return reading(
        () -> {
          ExpiryIndex expiry = rows.expiry();
          return expiry == null ? null : expiry.next();
        });
  }

  /**
   * Deletes the items that have expired. Afterwards the next expiry, if there is one, is later.
   *
   * @return the deletions, in order of expiry
   */
  public List<Change> removeExpired(Instant now) {
    var removed = new ArrayList<Change>();
    int count;
    do {
      count =
          writing(
              () -> {
                ExpiryIndex expiry = rows.expiry();
                List<byte[]> keys =
                    expiry == null ? List.of() : expiry.expired(now, EXPIRED_AT_ONCE);
                for (byte[] at : keys) {
                  removed.add(rows.replace(at, rows.read(at), null, true));
                }
                return keys.size();
              });
    } while (count == EXPIRED_AT_ONCE);
    return removed;
  }

  /** How many items there are. */
  public long itemCount() {
    return reading(() -> rows.rows().count());
  }

  /** Their sizes as DynamoDB counts them, in bytes. */
  public long sizeBytes() {
    return reading(() -> rows.rows().itemBytes());
  }

  /** How many items an index has; 0 for an unknown one. */
  public long itemCount(String index) {
    return reading(
        () -> {
          IndexRows found = rows.index(index);
          return found == null ? 0 : found.rows().count();
        });
  }

  /** The sizes of what an index has of its items, in bytes; 0 for an unknown one. */
  public long sizeBytes(String index) {
    return reading(
        () -> {
          IndexRows found = rows.index(index);
          return found == null ? 0L : found.rows().itemBytes();
        });
  }

  /**
   * Keeps the rows beside what is saved, in pieces of about half a megabyte; those that have not
   * changed since the last save are not written again.
   *
   * @return the ids of the pieces, in order
   */
  public List<String> save(Blobs blobs) {
    List<RowSlices.Part> parts = writing(() -> rows.slices().parts(rows.rows()));
    return parts.stream()
        .map(part -> blobs.keep(part.of(), () -> RowSlices.content(rows(part))))
        .toList();
  }

  private List<byte[]> rows(RowSlices.Part part) {
    List<byte[]> taken = part.rows();
    return taken != null
        ? taken
        : reading(() -> List.copyOf(rows.rows().part(part.range()).values()));
  }

  /**
   * Takes back the rows that {@link #save} kept, into an empty table. The listener does not hear of
   * them.
   *
   * @throws IllegalArgumentException when they are damaged
   */
  public void restore(List<String> ids, Blobs blobs) {
    var firstKeys = new ArrayList<byte[]>();
    for (String id : ids) {
      byte[] content = blobs.load(id);
      firstKeys.add(writing(() -> restore(content)));
    }
    writing(
        () -> {
          rows.slices().restored(firstKeys);
          return null;
        });
  }

  private byte[] restore(byte[] content) {
    var keys = new ArrayList<byte[]>();
    RowSlices.read(
        content,
        row -> {
          Item item = ItemCodec.decode(row);
          byte[] at = KeyBytes.ofTable(key, item);
          keys.add(at);
          rows.place(at, null, item, row);
        });
    return keys.isEmpty() ? new byte[0] : keys.getFirst();
  }

  /** The canonical bytes of every item, in order of key. */
  public List<byte[]> dump() {
    return reading(() -> List.copyOf(rows.rows().all().values()));
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
            rows.place(KeyBytes.ofTable(key, item), null, item, row);
          }
          return true;
        });
  }

  private <T extends @Nullable Object> T reading(Supplier<T> work) {
    return holding(lock.readLock(), work);
  }

  private <T extends @Nullable Object> T writing(Supplier<T> work) {
    return holding(lock.writeLock(), work);
  }

  private static <T extends @Nullable Object> T holding(Lock held, Supplier<T> work) {
    held.lock();
    try {
      return work.get();
    } finally {
      held.unlock();
    }
  }
}
