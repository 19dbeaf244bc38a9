// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import static dev.syncline.sim.services.dynamodb.data.Samples.global;
import static dev.syncline.sim.services.dynamodb.data.Samples.item;
import static dev.syncline.sim.services.dynamodb.data.Samples.key;
import static dev.syncline.sim.services.dynamodb.data.Samples.put;
import static dev.syncline.sim.services.dynamodb.data.Samples.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanTest {
  private static final int PARTITIONS = 300;

  private static TableData filled() {
    TableData table = table(key("p:S", "r:N"), global("g", key("g:N")));
    for (int p = 0; p < PARTITIONS; p++) {
      put(table, item("p", "key" + p, "r", 2, "g", p % 7));
      put(table, item("p", "key" + p, "r", 1));
    }
    return table;
  }

  private static List<Item> all(TableData table, int segment, int segments, ReadOptions options) {
    var items = new ArrayList<Item>();
    ReadOptions next = options;
    while (true) {
      QueryPage page = table.scan(new ScanRequest(segment, segments, next));
      items.addAll(page.items());
      if (page.lastKey() == null) {
        return items;
      }
      next = options.withStartKey(page.lastKey());
    }
  }

  @Test
  void aScanGivesPartitionsTogetherAndTheirRowsInOrder() {
    List<Item> items = all(filled(), 0, 1, ReadOptions.ALL);

    assertThat(items).hasSize(2 * PARTITIONS).doesNotHaveDuplicates();
    for (int i = 0; i < items.size(); i += 2) {
      assertThat(items.get(i).get("p")).isEqualTo(items.get(i + 1).get("p"));
      assertThat(items.get(i).get("r")).isEqualTo(Samples.value(1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100, 1_000_000})
  void everyItemIsInExactlyOneSegment(int segments) {
    TableData table = filled();
    var items = new ArrayList<Item>();
    var occupied = new TreeSet<Integer>();
    for (int p = 0; p < PARTITIONS; p++) {
      byte[] at = KeyBytes.ofTable(table.key(), item("p", "key" + p, "r", 1));
      occupied.add((int) Math.unsignedMultiplyHigh(KeyBytes.hashOf(at), segments));
    }
    for (int segment = 0; segment < segments; segment++) {
      // Most of very many segments are empty: a sample of them is read.
      if (segments <= 100 || segment % 1000 == 0 || occupied.contains(segment)) {
        items.addAll(all(table, segment, segments, ReadOptions.ALL));
      }
    }

    assertThat(items).hasSize(2 * PARTITIONS).doesNotHaveDuplicates();
  }

  @Test
  void segmentsArePagedAndOfSimilarSize() {
    TableData table = filled();
    var items = new ArrayList<Item>();
    for (int segment = 0; segment < 4; segment++) {
      List<Item> part = all(table, segment, 4, ReadOptions.ALL.withLimit(7));
      assertThat(part).hasSizeBetween(PARTITIONS / 4, PARTITIONS);
      items.addAll(part);
    }

    assertThat(items).hasSize(2 * PARTITIONS).doesNotHaveDuplicates();
  }

  @Test
  void anIndexIsScannedWithItsItemsOnly() {
    List<Item> items = all(filled(), 0, 1, ReadOptions.ALL.withIndex("g").withLimit(11));

    assertThat(items).hasSize(PARTITIONS).doesNotHaveDuplicates();
  }

  @Test
  void theStartKeySuitsTheTableAndTheSegment() {
    TableData table = filled();
    Item start = item("p", "key1", "r", 1);
    long hash = KeyBytes.hashOf(KeyBytes.ofTable(table.key(), start));
    int other = 1 - (int) Math.unsignedMultiplyHigh(hash, 2);

    assertStart(
        table,
        0,
        1,
        ReadOptions.ALL.withStartKey(item("p", "a")),
        "The provided starting key is invalid: The provided key element does not match the schema");
    assertStart(
        table,
        0,
        1,
        ReadOptions.ALL.withStartKey(item("p", 1, "r", 1)),
        "The provided starting key is invalid: The provided key element does not match the schema");
    assertStart(
        table,
        0,
        1,
        ReadOptions.ALL.withIndex("g").withStartKey(start),
        "The provided starting key is invalid");
    assertStart(
        table,
        other,
        2,
        ReadOptions.ALL.withStartKey(start),
        "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use"
            + " ExclusiveStartKey with correct Segment. TotalSegments: 2 Segment: "
            + other);
    assertThatThrownBy(
            () -> table.scan(new ScanRequest(ReadOptions.ALL.withIndex("g").withConsistent(true))))
        .hasMessage("Consistent reads are not supported on global secondary indexes");
  }

  private static void assertStart(
      TableData table, int segment, int segments, ReadOptions options, String message) {
    assertThatThrownBy(() -> table.scan(new ScanRequest(segment, segments, options)))
        .hasMessage(message);
  }
}
