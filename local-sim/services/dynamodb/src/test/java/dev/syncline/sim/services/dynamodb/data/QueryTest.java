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
import static dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Operator.BETWEEN;
import static dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Operator.GE;
import static dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Operator.GT;
import static dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Operator.LE;
import static dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Operator.LT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.syncline.sim.services.dynamodb.expressions.KeyCondition;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class QueryTest {
  private static final String MISMATCH =
      "One or more parameter values were invalid: Condition parameter type does not match schema"
          + " type";

  private static void assertFault(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ValidationFault.class,
            fault -> {
              assertThat(fault.text()).isEqualTo(message);
              assertThat(fault.kind()).isEqualTo(ValidationFault.Kind.BARE);
            });
  }

  private static List<Object> texts(QueryPage page, String name) {
    return page.items().stream().map(item -> item.get(name)).<Object>map(Samples::plain).toList();
  }

  private static TableData numbers() {
    TableData table = table(key("p:S", "r:N"));
    for (String number :
        List.of("-1000", "-2.5", "-2", "0", "1e-5", "1", "2", "10", "100", "1e30")) {
      put(table, item("p", "a", "r", new BigDecimal(number)));
    }
    put(table, item("p", "b", "r", 1));
    return table;
  }

  private static List<Object> range(TableData table, KeyCondition.Part term) {
    return texts(query(table, eq("p", "a"), term), "r");
  }

  @Test
  void rowsComeInOrderOfTheRangeKeyByValue() {
    assertThat(texts(query(numbers(), eq("p", "a")), "r"))
        .containsExactly(
            "-1000", "-2.5", "-2", "0", "0.00001", "1", "2", "10", "100", "1" + "0".repeat(30));
  }

  @Test
  void rowsComeBackwards() {
    QueryPage page =
        numbers()
            .query(
                new QueryRequest(
                    new KeyCondition(List.of(eq("p", "a"), term("r", LT, 1))),
                    false,
                    ReadOptions.ALL.withLimit(2)));

    assertThat(texts(page, "r")).containsExactly("0.00001", "0");
  }

  @Test
  void eachConditionOnANumberSelectsItsRange() {
    TableData table = numbers();

    assertThat(range(table, eq("r", new BigDecimal("2.0")))).containsExactly("2");
    assertThat(range(table, eq("r", 3))).isEmpty();
    assertThat(range(table, term("r", LT, -2))).containsExactly("-1000", "-2.5");
    assertThat(range(table, term("r", LE, -2))).containsExactly("-1000", "-2.5", "-2");
    assertThat(range(table, term("r", GT, 10))).containsExactly("100", "1" + "0".repeat(30));
    assertThat(range(table, term("r", GE, 100))).containsExactly("100", "1" + "0".repeat(30));
    assertThat(range(table, term("r", BETWEEN, -2, 1))).containsExactly("-2", "0", "0.00001", "1");
    assertThat(range(table, term("r", BETWEEN, 1, -2))).isEmpty();
  }

  @Test
  void eachConditionOnATextSelectsItsRange() {
    TableData table = table(key("p:S", "r:S"));
    for (String text :
        List.of("a", "a\0", "a\0b", "ab", "abc", "b", "ä", "\uFFFD", "\uD83D\uDE00")) {
      put(table, item("p", "a", "r", text));
    }

    assertThat(texts(query(table, eq("p", "a")), "r"))
        .containsExactly("a", "a\0", "a\0b", "ab", "abc", "b", "ä", "\uFFFD", "\uD83D\uDE00");
    assertThat(range(table, term("r", BEGINS_WITH, "a")))
        .containsExactly("a", "a\0", "a\0b", "ab", "abc");
    assertThat(range(table, term("r", BEGINS_WITH, "a\0"))).containsExactly("a\0", "a\0b");
    assertThat(range(table, term("r", BEGINS_WITH, "ab"))).containsExactly("ab", "abc");
    assertThat(range(table, term("r", LT, "ab"))).containsExactly("a", "a\0", "a\0b");
    assertThat(range(table, term("r", GT, "a"))).startsWith("a\0", "a\0b");
    assertThat(range(table, term("r", GE, "b")))
        .containsExactly("b", "ä", "\uFFFD", "\uD83D\uDE00");
    assertThat(range(table, eq("r", "a\0"))).containsExactly("a\0");
  }

  @Test
  void binaryRangesAreUnsigned() {
    TableData table = table(key("p:S", "r:B"));
    byte[] high = {(byte) 0xFF};
    byte[] higher = {(byte) 0xFF, (byte) 0xFF};
    byte[] low = {1};
    for (byte[] bytes : List.of(high, low, higher)) {
      put(table, item("p", "a", "r", bytes));
    }

    assertThat(range(table, term("r", GT, low))).containsExactly("/w==", "//8=");
    assertThat(range(table, term("r", BEGINS_WITH, high))).containsExactly("/w==", "//8=");
    assertThat(range(table, term("r", LT, high))).containsExactly("AQ==");
  }

  @Test
  void aPageEndsAtItsLimitAndTheNextOneGoesOn() {
    TableData table = numbers();
    var seen = new ArrayList<>();
    Item start = null;
    int pages = 0;
    do {
      QueryPage page = query(table, ReadOptions.ALL.withLimit(3).withStartKey(start), eq("p", "a"));
      seen.addAll(texts(page, "r"));
      assertThat(page.scannedCount()).isLessThanOrEqualTo(3);
      start = page.lastKey();
      pages++;
    } while (start != null);

    assertThat(seen).hasSize(10).doesNotHaveDuplicates();
    assertThat(pages).isEqualTo(4);
  }

  @Test
  void aPageThatReachesItsLimitHasALastKeyEvenAtTheEnd() {
    QueryPage page = query(numbers(), ReadOptions.ALL.withLimit(10), eq("p", "a"));

    assertThat(page.lastKey()).isEqualTo(item("p", "a", "r", new BigDecimal("1e30")));
    assertThat(query(numbers(), ReadOptions.ALL.withLimit(11), eq("p", "a")).lastKey()).isNull();
  }

  @Test
  void pagesAreReadBackwardsToo() {
    TableData table = numbers();
    var options = ReadOptions.ALL.withLimit(4);
    QueryPage first =
        table.query(new QueryRequest(new KeyCondition(List.of(eq("p", "a"))), false, options));
    QueryPage second =
        table.query(
            new QueryRequest(
                new KeyCondition(List.of(eq("p", "a"))),
                false,
                options.withStartKey(first.lastKey())));

    assertThat(texts(second, "r")).containsExactly("1", "0.00001", "0", "-2");
  }

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
  void theFilterDoesNotChangeWhereAPageEnds() {
    QueryPage page =
        query(
            numbers(),
            ReadOptions.ALL
                .withLimit(4)
                .withFilter(item -> Samples.plain(item.get("r")).equals("-2")),
            eq("p", "a"));

    assertThat(texts(page, "r")).containsExactly("-2");
    assertThat(page.scannedCount()).isEqualTo(4);
    assertThat(page.lastKey()).isEqualTo(item("p", "a", "r", 0));
  }

  @Test
  void aPageEndsWithTheRowThatMakesAMegabyte() {
    TableData table = table(key("p:S", "r:N"));
    for (int i = 0; i < 1100; i++) {
      put(table, item("p", "a", "r", i, "x", "x".repeat(1000)));
    }

    QueryPage page = query(table, eq("p", "a"));

    assertThat(page.evaluatedBytes()).isGreaterThanOrEqualTo(PageReader.MAX_PAGE_BYTES);
    assertThat(page.evaluatedBytes() - Sizes.of(page.items().getLast()))
        .isLessThan(PageReader.MAX_PAGE_BYTES);
    assertThat(page.lastKey()).isNotNull();
    QueryPage rest = query(table, ReadOptions.ALL.withStartKey(page.lastKey()), eq("p", "a"));
    assertThat(page.scannedCount() + rest.scannedCount()).isEqualTo(1100);
    assertThat(rest.lastKey()).isNull();
  }

  @Test
  void aFilteredPageMayBeEmptyAndHaveALastKey() {
    TableData table = table(key("p:S", "r:N"));
    for (int i = 0; i < 4; i++) {
      put(table, item("p", "a", "r", i, "x", "x".repeat(300_000)));
    }

    QueryPage page = query(table, ReadOptions.ALL.withFilter(item -> false), eq("p", "a"));

    assertThat(page.items()).isEmpty();
    assertThat(page.scannedCount()).isEqualTo(4);
    assertThat(page.lastKey()).isNotNull();
  }

  @Test
  void theKeyConditionSuitsTheKey() {
    TableData hash = table(key("p:S"));
    TableData range = table(key("p:S", "r:N"));

    assertFault(() -> query(range, eq("r", 1)), "Query condition missed key schema element: p");
    assertFault(() -> query(range, eq("x", "a")), "Query condition missed key schema element: p");
    assertFault(
        () -> query(range, eq("p", "a"), eq("x", "a")),
        "Query condition missed key schema element: r");
    assertFault(() -> query(hash, eq("p", "a"), eq("r", 1)), "Query key condition not supported");
    assertFault(() -> query(hash, term("p", GT, "a")), "Query key condition not supported");
    assertFault(
        () -> query(range, eq("p", "a"), eq("r", 1), eq("x", 1)),
        "The number of query conditions (3) exceeds the number of key attributes defined in the"
            + " schema (2)");
    assertFault(
        () -> query(range, eq("p", "a"), eq("p", "b")),
        "KeyConditionExpressions must only contain one condition per key");
    assertFault(
        () -> query(range, eq("p", "a"), term("r", KeyCondition.Operator.NOT_INDEXABLE)),
        "Attempted conditional constraint is not an indexable operation");
    assertFault(() -> query(range, eq("p", 1)), MISMATCH);
    assertFault(() -> query(range, term("p", GT, 1)), MISMATCH);
    assertFault(() -> query(range, eq("p", "a"), term("r", BETWEEN, 1, "b")), MISMATCH);
    assertFault(
        () -> query(range, eq("p", "")),
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
            + " contain an empty string value. Key: p");
    assertFault(
        () -> query(range, eq("p", "a".repeat(2049))),
        "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size"
            + " limit of2048 bytes");
  }

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

  @Test
  void aWriteBetweenStepsOfAPageIsNoHarm() {
    TableData table = table(key("p:S", "r:N"));
    IntStream.range(0, 500).forEach(i -> put(table, item("p", "a", "r", i)));

    QueryPage page =
        query(
            table,
            ReadOptions.ALL.withFilter(
                item -> {
                  Thread writer = Thread.startVirtualThread(() -> Samples.delete(table, item));
                  try {
                    writer.join();
                  } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                  }
                  return true;
                }),
            eq("p", "a"));

    assertThat(page.items()).hasSize(500);
    assertThat(table.itemCount()).isZero();
  }
}
