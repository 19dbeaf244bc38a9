// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ItemCodec;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads one page. A page ends with the row that reaches the limit or makes the evaluated rows 1 MB,
 * and then has a LastEvaluatedKey, even when no row is left.
 */
final class PageReader {
  /** The size of a page. */
  static final long MAX_PAGE_BYTES = 1024 * 1024;

  private static final long BLOCK_BYTES = 4096;
  private static final int FIRST_ROWS = 64;
  private static final int MORE_ROWS = 1024;

  /** Takes rows under the table's lock. */
  interface Source {
    List<Rows.Row> read(ByteRange range, boolean forward, int limit, long maxBytes);
  }

  private final Source source;
  private final ReadOptions options;
  private final KeySchema table;
  private final @Nullable IndexLayout index;
  private final boolean fetches;

  private final List<Item> items = new ArrayList<>();
  private int scanned;
  private long bytes;
  private long fetched;
  private @Nullable Item last;

  PageReader(Source source, ReadOptions options, KeySchema table, @Nullable IndexLayout index) {
    this.source = source;
    this.options = options;
    this.table = table;
    this.index = index;
    this.fetches = index != null && fetches(index, options.columns());
  }

  private static boolean fetches(IndexLayout index, ReadOptions.Columns columns) {
    return switch (columns) {
      case ReadOptions.Columns.Projected projected -> false;
      case ReadOptions.Columns.All all -> !index.hasAll();
      case ReadOptions.Columns.Named named -> !named.names().stream().allMatch(index::projects);
    };
  }

  QueryPage read(ReadPlan plan) {
    ByteRange range = plan.range();
    int step = FIRST_ROWS;
    while (true) {
      int wanted = Math.min(step, options.limit() - scanned);
      List<Rows.Row> rows = source.read(range, plan.forward(), wanted, MAX_PAGE_BYTES - bytes);
      for (Rows.Row row : rows) {
        evaluate(ItemCodec.decode(row.bytes()));
        if (scanned >= options.limit() || bytes >= MAX_PAGE_BYTES) {
          return page(plan.restartable());
        }
      }
      if (rows.isEmpty()) {
        return page(false);
      }
      range = range.beyond(rows.getLast().key(), plan.forward());
      step = MORE_ROWS;
    }
  }

  private void evaluate(Item item) {
    scanned++;
    last = item;
    Item seen = item;
    if (index == null) {
      bytes += Sizes.of(item);
    } else {
      bytes += index.size(item);
      if (fetches) {
        fetched += Math.max(1, (Sizes.of(item) + BLOCK_BYTES - 1) / BLOCK_BYTES);
      } else {
        seen = index.project(item);
      }
    }
    if (options.filter().test(seen)) {
      items.add(seen);
    }
  }

  private QueryPage page(boolean more) {
    return new QueryPage(
        items, scanned, bytes, fetched, more && last != null ? key(last) : null, index);
  }

  private Item key(Item item) {
    if (index == null) {
      return Keys.of(table, item);
    }
    var key = new LinkedHashMap<String, AttributeValue>();
    for (String name : index.keyNames()) {
      key.put(name, Objects.requireNonNull(item.get(name)));
    }
    return new Item(key);
  }
}
