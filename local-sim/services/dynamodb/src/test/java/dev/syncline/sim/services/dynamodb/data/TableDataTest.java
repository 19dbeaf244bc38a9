// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import static dev.syncline.sim.services.dynamodb.data.Samples.delete;
import static dev.syncline.sim.services.dynamodb.data.Samples.eq;
import static dev.syncline.sim.services.dynamodb.data.Samples.global;
import static dev.syncline.sim.services.dynamodb.data.Samples.including;
import static dev.syncline.sim.services.dynamodb.data.Samples.item;
import static dev.syncline.sim.services.dynamodb.data.Samples.key;
import static dev.syncline.sim.services.dynamodb.data.Samples.keysOnly;
import static dev.syncline.sim.services.dynamodb.data.Samples.put;
import static dev.syncline.sim.services.dynamodb.data.Samples.query;
import static dev.syncline.sim.services.dynamodb.data.Samples.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableDataTest {
  private static final ReadOptions BY_G = ReadOptions.ALL.withIndex("g");

  @Test
  void aPutItemIsRead() {
    TableData table = table(key("p:S", "r:N"));
    Item item = item("p", "a", "r", 1, "x", "y");

    Change change = put(table, item);

    assertThat(change.before()).isNull();
    assertThat(change.after()).isEqualTo(item);
    assertThat(change.changed()).isTrue();
    assertThat(table.get(item("p", "a", "r", 1))).isEqualTo(item);
    assertThat(table.get(item("p", "a", "r", 2))).isNull();
  }

  @Test
  void aNumberKeyIsFoundInAnyDecimalForm() {
    TableData table = table(key("p:N"));
    put(table, item("p", new java.math.BigDecimal("1e3")));

    assertThat(table.get(item("p", 1000))).isNotNull();
  }

  @Test
  void aDeleteRemovesTheItem() {
    TableData table = table(key("p:S"));
    put(table, item("p", "a"));

    Change change = delete(table, item("p", "a"));

    assertThat(change.before()).isEqualTo(item("p", "a"));
    assertThat(change.after()).isNull();
    assertThat(table.get(item("p", "a"))).isNull();
    assertThat(table.itemCount()).isZero();
    assertThat(table.sizeBytes()).isZero();
  }

  @Test
  void aWriteThatThrowsChangesNothing() {
    TableData table = table(key("p:S"));
    put(table, item("p", "a", "x", 1));

    assertThatThrownBy(
            () ->
                table.write(
                    item("p", "a"),
                    before -> {
                      throw new IllegalStateException("refused");
                    }))
        .hasMessage("refused");
    assertThat(table.get(item("p", "a"))).isEqualTo(item("p", "a", "x", 1));
  }

  @Test
  void aWriteMayNotMoveItsItem() {
    TableData table = table(key("p:S"));

    assertThatThrownBy(() -> table.write(item("p", "a"), before -> item("p", "b")))
        .hasMessageContaining("may not change the key");
  }

  @Test
  void theListenerHearsOfChangesOnly() {
    var heard = new ArrayList<String>();
    var table =
        new TableData(
            key("p:S"),
            List.of(),
            (key, before, after, expired) -> heard.add(key + " " + before + " " + after));
    Item first = item("p", "a", "s", strings("x", "y"));
    Item same = item("p", "a", "s", strings("y", "x"));
    Item next = item("p", "a", "s", strings("z"));

    put(table, first);
    assertThat(put(table, same).changed()).isFalse();
    put(table, next);
    delete(table, item("p", "b"));
    delete(table, item("p", "a"));

    assertThat(heard)
        .containsExactly(
            item("p", "a") + " null " + first,
            item("p", "a") + " " + first + " " + next,
            item("p", "a") + " " + next + " null");
  }

  private static AttributeValue strings(String... members) {
    return new AttributeValue.SS(new LinkedHashSet<>(List.of(members)));
  }

  @Test
  void anIndexHasOnlyItemsWithAllItsKeys() {
    TableData table = table(key("p:S"), global("g", key("h:S", "s:N")));
    put(table, item("p", "a", "h", "x", "s", 1));
    put(table, item("p", "b", "h", "x"));
    put(table, item("p", "c", "s", 1));

    assertThat(query(table, BY_G, eq("h", "x")).items())
        .containsExactly(item("p", "a", "h", "x", "s", 1));
    assertThat(table.itemCount("g")).isEqualTo(1);
  }

  @Test
  void anIndexFollowsEachChange() {
    TableData table = table(key("p:S"), global("g", key("h:S")));
    put(table, item("p", "a", "h", "x"));
    put(table, item("p", "a", "h", "y", "v", 1));

    assertThat(query(table, BY_G, eq("h", "x")).items()).isEmpty();
    assertThat(query(table, BY_G, eq("h", "y")).items())
        .containsExactly(item("p", "a", "h", "y", "v", 1));

    put(table, item("p", "a", "h", "y", "v", 2));
    assertThat(query(table, BY_G, eq("h", "y")).items())
        .containsExactly(item("p", "a", "h", "y", "v", 2));

    put(table, item("p", "a"));
    assertThat(query(table, BY_G, eq("h", "y")).items()).isEmpty();
    assertThat(table.itemCount("g")).isZero();
    assertThat(table.sizeBytes("g")).isZero();
  }

  @Test
  void equalIndexKeysStayDistinct() {
    TableData table = table(key("p:S"), global("g", key("h:S")));
    put(table, item("p", "b", "h", "x"));
    put(table, item("p", "a", "h", "x"));

    assertThat(query(table, BY_G, eq("h", "x")).items())
        .as("in the order of a hash of the table's key")
        .containsExactly(item("p", "b", "h", "x"), item("p", "a", "h", "x"));
  }

  @Test
  void anIndexGivesWhatItProjects() {
    TableData table =
        table(
            key("p:S", "r:S"),
            keysOnly(global("k", key("h:S"))),
            including(global("i", key("h:S")), "x"));
    put(table, item("p", "a", "r", "b", "h", "c", "x", 1, "y", 2));

    assertThat(query(table, ReadOptions.ALL.withIndex("k"), eq("h", "c")).items())
        .containsExactly(item("p", "a", "r", "b", "h", "c"));
    assertThat(query(table, ReadOptions.ALL.withIndex("i"), eq("h", "c")).items())
        .containsExactly(item("p", "a", "r", "b", "h", "c", "x", 1));
    assertThat(table.sizeBytes("k")).isEqualTo(6);
    assertThat(table.sizeBytes("i")).isEqualTo(6 + Sizes.of(item("x", 1)));
    assertThat(table.sizeBytes()).isEqualTo(6 + Sizes.of(item("x", 1, "y", 2)));
  }

  @Test
  void anAddedIndexIsFilledWithTheItemsThatSuitIt() {
    TableData table = table(key("p:S"));
    put(table, item("p", "a", "h", "x"));
    put(table, item("p", "b", "h", 1));
    put(table, item("p", "c", "h", ""));
    put(table, item("p", "d", "h", "x".repeat(2049)));
    put(table, item("p", "e", "h", "x".repeat(2048)));
    put(table, item("p", "f"));

    table.addIndex(global("g", key("h:S")));

    assertThat(table.scan(new ScanRequest(BY_G)).items())
        .extracting(found -> found.get("p"))
        .containsExactlyInAnyOrder(Samples.value("a"), Samples.value("e"));
    put(table, item("p", "f", "h", "x"));
    assertThat(query(table, BY_G, eq("h", "x")).items()).hasSize(2);
  }

  @Test
  void anItemThatDidNotSuitTheIndexCanBeChanged() {
    TableData table = table(key("p:S"));
    put(table, item("p", "a", "h", 1));
    table.addIndex(global("g", key("h:S")));

    put(table, item("p", "a", "h", "x"));
    assertThat(table.itemCount("g")).isEqualTo(1);
    delete(table, item("p", "a"));
    assertThat(table.itemCount("g")).isZero();
  }

  @Test
  void aRemovedIndexIsUnknown() {
    TableData table = table(key("p:S"), global("g", key("h:S")));

    table.removeIndex("g");

    assertThat(table.indexes()).isEmpty();
    assertThatThrownBy(() -> query(table, BY_G, eq("h", "x")))
        .hasMessage("The table does not have the specified index: g");
  }
}
