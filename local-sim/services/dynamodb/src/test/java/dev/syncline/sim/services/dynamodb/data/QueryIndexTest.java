// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import static dev.syncline.sim.services.dynamodb.data.Samples.eq;
import static dev.syncline.sim.services.dynamodb.data.Samples.global;
import static dev.syncline.sim.services.dynamodb.data.Samples.including;
import static dev.syncline.sim.services.dynamodb.data.Samples.item;
import static dev.syncline.sim.services.dynamodb.data.Samples.key;
import static dev.syncline.sim.services.dynamodb.data.Samples.keysOnly;
import static dev.syncline.sim.services.dynamodb.data.Samples.local;
import static dev.syncline.sim.services.dynamodb.data.Samples.put;
import static dev.syncline.sim.services.dynamodb.data.Samples.query;
import static dev.syncline.sim.services.dynamodb.data.Samples.table;
import static dev.syncline.sim.services.dynamodb.data.Samples.term;
import static dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Operator.BEGINS_WITH;
import static dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Operator.GT;
import static dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Operator.LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.services.dynamodb.expressions.KeyCondition;
import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Queries of secondary indexes. */
class QueryIndexTest extends QueryFixture {
  @Test
  void aGlobalIndexIsQueriedByItsOwnKey() {
    TableData table = table(key("p:S"), including(global("g", key("h:S", "s:N")), "x"));
    put(table, item("p", "a", "h", "h", "s", 2, "x", 1, "y", 1));
    put(table, item("p", "b", "h", "h", "s", 1));
    ReadOptions g = ReadOptions.ALL.withIndex("g");

    assertThat(query(table, g, eq("h", "h")).items())
        .containsExactly(
            item("p", "b", "h", "h", "s", 1), item("p", "a", "h", "h", "s", 2, "x", 1));
    assertThat(query(table, g.withLimit(1), eq("h", "h")).lastKey())
        .isEqualTo(item("p", "b", "h", "h", "s", 1));
    assertThat(query(table, g.withStartKey(item("p", "b", "h", "h", "s", 1)), eq("h", "h")).items())
        .hasSize(1);
    assertFault(
        () -> query(table, g.withConsistent(true), eq("h", "h")),
        "Consistent reads are not supported on global secondary indexes");
    assertFault(
        () -> query(table, g.withColumns(ReadOptions.Columns.ALL), eq("h", "h")),
        "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for"
            + " global secondary index g because its projection type is not ALL");
    assertFault(
        () -> query(table, g.withColumns(ReadOptions.Columns.named(Set.of("y"))), eq("h", "h")),
        "One or more parameter values were invalid: Global secondary index g does not project [y]");
    assertThat(
            query(table, g.withColumns(ReadOptions.Columns.named(Set.of("x"))), eq("h", "h"))
                .items())
        .hasSize(2);
  }

  @Test
  void aLocalIndexFetchesWhatItDoesNotHave() {
    TableData table = table(key("p:S", "r:N"), keysOnly(local("l", key("p:S", "s:N"))));
    Item whole = item("p", "a", "r", 1, "s", 2, "x", "x".repeat(5000));
    put(table, whole);
    ReadOptions l = ReadOptions.ALL.withIndex("l").withConsistent(true);

    QueryPage projected = query(table, l, eq("p", "a"));
    assertThat(projected.items()).containsExactly(item("p", "a", "r", 1, "s", 2));
    assertThat(projected.fetchedBlocks()).isZero();
    QueryPage all = query(table, l.withColumns(ReadOptions.Columns.ALL), eq("p", "a"));
    assertThat(all.items()).containsExactly(whole);
    assertThat(all.fetchedBlocks()).isEqualTo(2);
    assertThat(all.evaluatedBytes()).isEqualTo(projected.evaluatedBytes());
    assertThat(
            query(table, l.withColumns(ReadOptions.Columns.named(Set.of("x"))), eq("p", "a"))
                .items())
        .containsExactly(whole);
  }

  @Test
  void keysAreCheckedBeforeColumns() {
    TableData table = table(key("p:S"), keysOnly(global("g", key("h:S"))));
    ReadOptions all = ReadOptions.ALL.withIndex("g").withColumns(ReadOptions.Columns.ALL);

    assertFault(
        () -> query(table, all, eq("x", "x")), "Query condition missed key schema element: h");
    PlannedRead planned =
        table.plan(new QueryRequest(new KeyCondition(List.of(eq("h", "x"))), true, all));
    assertThatThrownBy(planned::requireColumns).hasMessageContaining("ALL_ATTRIBUTES");
    assertThatThrownBy(planned::page).hasMessageContaining("ALL_ATTRIBUTES");
  }

  @Test
  void aQueryFiltersByWhatItsIndexHas() {
    TableData table =
        table(
            key("p:S", "r:N"),
            including(global("g", key("h:S")), "x"),
            keysOnly(local("l", key("p:S", "s:N"))));

    table.index("g").requireFilter(List.of("x", "p", "h"));
    assertFault(
        () -> table.index("g").requireFilter(List.of("x", "y", "z")),
        "One or more parameter values were invalid: Secondary index g does not project one or more"
            + " filter attributes: [y, z]");
    assertFault(
        () -> table.index("l").requireFilter(List.of("x")),
        "One or more parameter values were invalid: Secondary index l does not project one or more"
            + " filter attributes: [x]");
  }

  @Test
  void aKeyOfSeveralAttributesIsUsedFromTheLeft() {
    TableData table = table(key("p:S"), global("g", key(2, "a:S", "b:N", "c:S", "d:N", "e:S")));
    int at = 0;
    for (int b = 1; b <= 2; b++) {
      for (String c : List.of("x", "xy", "y")) {
        for (int d = 1; d <= 2; d++) {
          put(table, item("p", "p" + at++, "a", "a", "b", b, "c", c, "d", d, "e", "e" + d));
        }
      }
    }
    put(table, item("p", "without c", "a", "a", "b", 1, "d", 1, "e", "e"));
    ReadOptions g = ReadOptions.ALL.withIndex("g");
    KeyCondition.Part a = eq("a", "a");
    KeyCondition.Part b = eq("b", 1);

    assertThat(texts(query(table, g, b, a), "c")).containsExactly("x", "x", "xy", "xy", "y", "y");
    assertThat(texts(query(table, g, a, b, term("c", BEGINS_WITH, "x")), "c"))
        .containsExactly("x", "x", "xy", "xy");
    assertThat(texts(query(table, g, term("d", GT, 1), eq("c", "x"), a, b), "p"))
        .containsExactly("p1");
    assertThat(texts(query(table, g, a, b, eq("c", "x"), eq("d", 2), term("e", LE, "e2")), "p"))
        .containsExactly("p1");
    assertFault(() -> query(table, g, a), "Query condition missed key schema element: b");
    assertFault(
        () -> query(table, g, a, b, eq("d", 1)), "Query condition missed key schema element: c");
    assertFault(
        () -> query(table, g, a, b, term("c", GT, "x"), eq("d", 1)),
        "Query key condition not supported");
    assertFault(() -> query(table, g, a, term("b", GT, 1)), "Query key condition not supported");

    Item last = query(table, g.withLimit(1), a, b).lastKey();
    assertThat(last).isEqualTo(item("p", "p0", "a", "a", "b", 1, "c", "x", "d", 1, "e", "e1"));
    assertThat(query(table, g.withStartKey(last), a, b).items()).hasSize(5);
  }
}
