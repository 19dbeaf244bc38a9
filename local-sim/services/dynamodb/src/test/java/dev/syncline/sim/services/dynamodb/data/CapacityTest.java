// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import static dev.syncline.sim.services.dynamodb.data.Samples.delete;
import static dev.syncline.sim.services.dynamodb.data.Samples.eq;
import static dev.syncline.sim.services.dynamodb.data.Samples.global;
import static dev.syncline.sim.services.dynamodb.data.Samples.item;
import static dev.syncline.sim.services.dynamodb.data.Samples.key;
import static dev.syncline.sim.services.dynamodb.data.Samples.keysOnly;
import static dev.syncline.sim.services.dynamodb.data.Samples.local;
import static dev.syncline.sim.services.dynamodb.data.Samples.put;
import static dev.syncline.sim.services.dynamodb.data.Samples.query;
import static dev.syncline.sim.services.dynamodb.data.Samples.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CapacityTest {
  /** Of exactly so many bytes. */
  private static Item sized(int bytes) {
    return item("p", "a", "x", "x".repeat(bytes - 3));
  }

  private static double units(Consumer<Capacity> use) {
    var capacity = new Capacity("t");
    use.accept(capacity);
    return capacity.units();
  }

  private static String json(Consumer<Capacity> use) {
    var capacity = new Capacity("t");
    use.accept(capacity);
    return String.valueOf(capacity.toJson(Capacity.Detail.INDEXES));
  }

  @Test
  void aReadCountsBlocksOfFourKilobytes() {
    assertThat(units(use -> use.addGet(sized(4096), true))).isEqualTo(1);
    assertThat(units(use -> use.addGet(sized(4097), true))).isEqualTo(2);
    assertThat(units(use -> use.addGet(sized(4097), false))).isEqualTo(1);
    assertThat(units(use -> use.addGet(null, true))).isEqualTo(1);
    assertThat(units(use -> use.addGet(null, false))).isEqualTo(0.5);
    assertThat(units(use -> use.addTransactionGet(sized(4097)))).isEqualTo(4);
    assertThat(units(use -> use.addTransactionGet(null))).isEqualTo(2);
  }

  @Test
  void aPageCountsTheSumOfItsRowsBeforeTheFilter() {
    TableData table = table(key("p:S", "r:N"));
    for (int i = 1; i <= 9; i++) {
      put(table, item("p", "a", "r", i, "x", "x".repeat(1024)));
    }
    QueryPage page = query(table, ReadOptions.ALL.withFilter(item -> false), eq("p", "a"));

    assertThat(units(use -> use.addQuery(page, true))).isEqualTo(3);
    assertThat(units(use -> use.addQuery(page, false))).isEqualTo(1.5);
    QueryPage nothing = query(table, eq("p", "b"));
    assertThat(units(use -> use.addQuery(nothing, false))).isEqualTo(0.5);
    assertThat(units(use -> use.addScan(nothing, true, true))).isEqualTo(4);
    assertThat(units(use -> use.addScan(nothing, false, false))).isEqualTo(0.5);
  }

  @Test
  void aWriteCountsTheLargerOfBothItems() {
    TableData table = table(key("p:S"));

    assertThat(units(use -> use.addWrite(put(table, sized(1024))))).isEqualTo(1);
    assertThat(units(use -> use.addWrite(put(table, sized(3000))))).isEqualTo(3);
    assertThat(units(use -> use.addWrite(put(table, sized(100))))).isEqualTo(3);
    assertThat(units(use -> use.addTransactionWrite(put(table, sized(1025))))).isEqualTo(4);
    assertThat(units(use -> use.addConditionCheck(sized(100)))).isEqualTo(2);
    assertThat(units(use -> use.addConditionCheck(null))).isEqualTo(2);
    assertThat(units(use -> use.addWrite(delete(table, item("p", "a"))))).isEqualTo(2);
    assertThat(units(use -> use.addWrite(delete(table, item("p", "a"))))).isEqualTo(1);
  }

  @Test
  void anIndexCountsTheChangesOfWhatItHas() {
    TableData table =
        table(key("p:S"), global("all", key("h:S")), keysOnly(global("keys", key("h:S"))));
    Item first = item("p", "a", "h", "x", "v", "x".repeat(1500));

    assertThat(json(use -> use.addWrite(put(table, first))))
        .isEqualTo(
            "{'TableName':'t','CapacityUnits':5.0,'Table':{'CapacityUnits':2.0},"
                .concat("'GlobalSecondaryIndexes':{'all':{'CapacityUnits':2.0},")
                .concat("'keys':{'CapacityUnits':1.0}}}")
                .replace('\'', '"'));
    assertThat(units(use -> use.addWrite(put(table, first)))).isEqualTo(2);
    // Only the index with all attributes changes.
    assertThat(units(use -> use.addWrite(put(table, item("p", "a", "h", "x", "v", 1)))))
        .isEqualTo(4);
    // Both entries move: a removal and an insertion each.
    assertThat(units(use -> use.addWrite(put(table, item("p", "a", "h", "y", "v", 1)))))
        .isEqualTo(5);
    assertThat(units(use -> use.addTransactionWrite(put(table, item("p", "a"))))).isEqualTo(4);
    assertThat(units(use -> use.addWrite(put(table, item("p", "a", "v", 2))))).isEqualTo(1);
  }

  @Test
  void aReadOfAnIndexIsOnItsArmAndFetchesAreOnTheTable() {
    TableData table = table(key("p:S", "r:N"), keysOnly(local("l", key("p:S", "s:N"))));
    for (int i = 0; i < 3; i++) {
      put(table, item("p", "a", "r", i, "s", i, "x", "x".repeat(9000)));
    }
    ReadOptions l = ReadOptions.ALL.withIndex("l");

    assertThat(json(use -> use.addQuery(query(table, l, eq("p", "a")), false)))
        .isEqualTo(
            "{\"TableName\":\"t\",\"CapacityUnits\":0.5,"
                + "\"LocalSecondaryIndexes\":{\"l\":{\"CapacityUnits\":0.5}}}");
    QueryPage fetched = query(table, l.withColumns(ReadOptions.Columns.ALL), eq("p", "a"));
    assertThat(json(use -> use.addQuery(fetched, false)))
        .isEqualTo(
            "{\"TableName\":\"t\",\"CapacityUnits\":5.0,\"Table\":{\"CapacityUnits\":4.5},"
                + "\"LocalSecondaryIndexes\":{\"l\":{\"CapacityUnits\":0.5}}}");
  }

  @Test
  void aTransactionTellsReadsFromWrites() {
    var capacity = new Capacity("t");
    capacity.addConditionCheck(null);
    assertThat(String.valueOf(capacity.toJson(Capacity.Detail.TOTAL)))
        .isEqualTo("{\"TableName\":\"t\",\"CapacityUnits\":2.0,\"WriteCapacityUnits\":2.0}");
    assertThat(json(use -> use.addTransactionGet(null)))
        .isEqualTo(
            "{\"TableName\":\"t\",\"CapacityUnits\":2.0,\"ReadCapacityUnits\":2.0,"
                + "\"Table\":{\"CapacityUnits\":2.0,\"ReadCapacityUnits\":2.0}}");
    assertThat(capacity.toJson(Capacity.Detail.NONE)).isNull();
  }

  @Test
  void onlyTablesWithLocalIndexesHaveItemCollections() {
    Item item = item("p", "a", "r", 1, "x", 2);

    assertThat(ItemCollections.metrics(table(key("p:S", "r:N"), global("g", key("x:N"))), item))
        .isNull();
    assertThat(
            String.valueOf(
                ItemCollections.metrics(
                    table(key("p:S", "r:N"), local("l", key("p:S", "x:N"))), item)))
        .isEqualTo(
            "{\"ItemCollectionKey\":{\"p\":{\"S\":\"a\"}},\"SizeEstimateRangeGB\":[0.0,1.0]}");
  }
}
