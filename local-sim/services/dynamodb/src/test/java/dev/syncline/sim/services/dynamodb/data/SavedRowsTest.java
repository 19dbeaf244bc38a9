// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import static dev.syncline.sim.services.dynamodb.data.Samples.delete;
import static dev.syncline.sim.services.dynamodb.data.Samples.global;
import static dev.syncline.sim.services.dynamodb.data.Samples.item;
import static dev.syncline.sim.services.dynamodb.data.Samples.key;
import static dev.syncline.sim.services.dynamodb.data.Samples.put;
import static dev.syncline.sim.services.dynamodb.data.Samples.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.service.state.Blobs;
import dev.syncline.sim.services.dynamodb.values.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SavedRowsTest {
  /** Keeps content in memory, and remembers what it was asked to write. */
  private static final class MemoryBlobs implements Blobs {
    private final Map<String, byte[]> contents = new HashMap<>();
    private final IdentityHashMap<Object, String> known = new IdentityHashMap<>();
    private int written;

    @Override
    public String keep(Object of, Supplier<byte[]> content) {
      return known.computeIfAbsent(
          of,
          unknown -> {
            written++;
            byte[] bytes = content.get();
            String id = Integer.toHexString(Bytes.wrap(bytes).hashCode()) + "-" + bytes.length;
            contents.put(id, bytes);
            return id;
          });
    }

    @Override
    public byte[] load(String id) {
      return Objects.requireNonNull(contents.get(id));
    }

    @Override
    public Optional<byte[]> find(String id, String what) {
      return Optional.ofNullable(contents.get(id));
    }

    int written() {
      int count = written;
      written = 0;
      return count;
    }
  }

  private final MemoryBlobs blobs = new MemoryBlobs();

  private static TableData empty() {
    return table(key("p:S", "r:N"), global("g", key("h:N")));
  }

  private static void fill(TableData table, int rows) {
    for (int i = 0; i < rows; i++) {
      put(table, item("p", "k" + i % 100, "r", i, "h", i % 5, "x", "x".repeat(500)));
    }
  }

  private static void assertSame(TableData actual, TableData expected) {
    for (ReadOptions options : List.of(ReadOptions.ALL, ReadOptions.ALL.withIndex("g"))) {
      assertThat(everything(actual, options)).isEqualTo(everything(expected, options));
    }
    assertThat(actual.itemCount()).isEqualTo(expected.itemCount());
    assertThat(actual.sizeBytes()).isEqualTo(expected.sizeBytes());
    assertThat(actual.sizeBytes("g")).isEqualTo(expected.sizeBytes("g"));
  }

  private static List<Object> everything(TableData table, ReadOptions options) {
    var items = new ArrayList<>();
    ReadOptions next = options;
    do {
      QueryPage page = table.scan(new ScanRequest(next));
      items.addAll(page.items());
      next = options.withStartKey(page.lastKey());
    } while (next.startKey() != null);
    return items;
  }

  @Test
  void savedRowsComeBackWithTheirIndexes() {
    TableData table = empty();
    fill(table, 5000);

    List<String> ids = table.save(blobs);

    assertThat(ids).hasSizeGreaterThan(3);
    TableData restored = empty();
    restored.restore(ids, blobs);
    assertSame(restored, table);
    blobs.written();
    // The pieces are as they were: their content is the same.
    assertThat(restored.save(blobs)).isEqualTo(ids);
    // A table that is used after it was restored is saved rightly.
    put(restored, item("p", "new", "r", 1));
    TableData again = empty();
    again.restore(restored.save(blobs), blobs);
    assertSame(again, restored);
  }

  @Test
  void anEmptyTableIsSaved() {
    TableData restored = empty();

    restored.restore(empty().save(blobs), blobs);

    assertThat(restored.itemCount()).isZero();
    put(restored, item("p", "a", "r", 1));
    TableData again = empty();
    again.restore(restored.save(blobs), blobs);
    assertSame(again, restored);
  }

  @Test
  void onlyChangedPiecesAreWrittenAgain() {
    TableData table = empty();
    fill(table, 5000);
    int all = table.save(blobs).size();
    assertThat(blobs.written()).isEqualTo(all);

    table.save(blobs);
    assertThat(blobs.written()).isZero();

    put(table, item("p", "k1", "r", 1, "x", "y"));
    table.save(blobs);
    assertThat(blobs.written()).isEqualTo(1);

    put(table, item("p", "k1", "r", 1, "x", "y"));
    table.save(blobs);
    assertThat(blobs.written()).isZero();
  }

  @Test
  void piecesAreCutAgainWhenTheTableShrinksAndGrows() {
    TableData table = empty();
    fill(table, 5000);
    int many = table.save(blobs).size();
    for (int i = 0; i < 4990; i++) {
      delete(table, item("p", "k" + i % 100, "r", i));
    }

    List<String> few = table.save(blobs);

    assertThat(few).hasSizeLessThan(many);
    TableData restored = empty();
    restored.restore(few, blobs);
    assertSame(restored, table);
    fill(table, 7000);
    assertThat(table.save(blobs)).hasSizeGreaterThan(many);
    TableData again = empty();
    again.restore(table.save(blobs), blobs);
    assertSame(again, table);
  }

  @Test
  void aDamagedPieceIsRefused() {
    byte[] content = {0, 0, 0, 9, 1};

    assertThatThrownBy(() -> RowSlices.read(content, row -> {}))
        .hasMessageContaining("a row of 9 bytes");
    assertThatThrownBy(() -> RowSlices.read(new byte[] {1}, row -> {}))
        .hasMessageContaining("ends within a length");
  }
}
