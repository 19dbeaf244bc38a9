// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import static dev.syncline.sim.services.dynamodb.data.Samples.eq;
import static dev.syncline.sim.services.dynamodb.data.Samples.global;
import static dev.syncline.sim.services.dynamodb.data.Samples.item;
import static dev.syncline.sim.services.dynamodb.data.Samples.key;
import static dev.syncline.sim.services.dynamodb.data.Samples.put;
import static dev.syncline.sim.services.dynamodb.data.Samples.query;
import static dev.syncline.sim.services.dynamodb.data.Samples.table;
import static dev.syncline.sim.services.dynamodb.data.Samples.term;
import static dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Operator.GT;
import static dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Operator.LT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Start keys of queries. */
class QueryStartKeyTest extends QueryFixture {
  @Test
  void theStartKeyNeedNotExist() {
    assertThat(
            texts(
                query(
                    numbers(), ReadOptions.ALL.withStartKey(item("p", "a", "r", 5)), eq("p", "a")),
                "r"))
        .startsWith("10");
  }

  @Test
  void theStartKeySuitsTheTable() {
    TableData table = numbers();
    String invalid = "The provided starting key is invalid";
    String noMatch = "The provided key element does not match the schema";

    for (Item start :
        List.of(Item.EMPTY, item("p", "a"), item("p", "a", "r", 1, "x", 1), item("x", 1, "r", 1))) {
      assertFault(() -> query(table, ReadOptions.ALL.withStartKey(start), eq("p", "a")), invalid);
    }
    assertFault(
        () -> query(table, ReadOptions.ALL.withStartKey(item("p", 1, "r", 1)), eq("p", "a")),
        noMatch);
    assertFault(
        () -> query(table, ReadOptions.ALL.withStartKey(item("p", "a", "r", "b")), eq("p", "a")),
        noMatch);
    assertFault(
        () -> query(table, ReadOptions.ALL.withStartKey(item("p", "b", "r", 1)), eq("p", "a")),
        "The provided starting key is outside query boundaries based on provided conditions");
    assertFault(
        () ->
            query(
                table,
                ReadOptions.ALL.withStartKey(item("p", "a", "r", 1)),
                eq("p", "a"),
                term("r", GT, 1)),
        "The provided starting key does not match the range key predicate");
    assertFault(
        () ->
            query(
                table,
                ReadOptions.ALL.withStartKey(item("p", "b", "r", 2)),
                eq("p", "a"),
                term("r", GT, 1)),
        "The query can return at most one row and cannot be restarted");
  }

  @Test
  void theStartKeySuitsTheIndex() {
    TableData table = table(key("p:S", "r:S"), global("g", key("h:S", "s:S")));
    ReadOptions g = ReadOptions.ALL.withIndex("g");
    Item start = item("p", "a", "r", "a", "h", "x", "s", "a");

    assertThat(query(table, g.withStartKey(start), eq("h", "x")).items()).isEmpty();
    assertFault(
        () -> query(table, g.withStartKey(item("h", "x", "s", "a")), eq("h", "x")),
        "The provided starting key is invalid");
    assertFault(
        () ->
            query(table, g.withStartKey(item("p", "a", "r", "a", "h", 1, "s", "a")), eq("h", "x")),
        "The provided key element does not match the schema");
    assertFault(
        () ->
            query(table, g.withStartKey(item("p", "a", "r", 1, "h", "x", "s", "a")), eq("h", "x")),
        "The provided starting key is invalid: The provided key element does not match the schema");
    assertFault(
        () -> query(table, g.withStartKey(start), eq("h", "y")),
        "The provided starting key is outside query boundaries based on provided conditions");
    assertFault(
        () -> query(table, g.withStartKey(start), eq("h", "x"), term("s", LT, "a")),
        "The provided starting key does not match the range key predicate");
  }

  @Test
  void aQueryOfAPartitionOfOneRowCannotBeRestarted() {
    TableData table = table(key("p:S"));
    put(table, item("p", "x"));

    assertThat(query(table, ReadOptions.ALL.withLimit(1), eq("p", "x")).lastKey()).isNull();
    assertFault(
        () -> query(table, ReadOptions.ALL.withStartKey(item("p", "x")), eq("p", "x")),
        "The provided exclusive start key is invalid: ExclusiveStartKey: {p=AttributeValue:"
            + " {S:x}}");
  }
}
