// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import static dev.syncline.sim.services.dynamodb.data.Samples.eq;
import static dev.syncline.sim.services.dynamodb.data.Samples.item;
import static dev.syncline.sim.services.dynamodb.data.Samples.key;
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

import dev.syncline.sim.services.dynamodb.expressions.KeyCondition;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Key conditions and pages of queries. */
class QueryTest extends QueryFixture {
  private static final String MISMATCH =
      "One or more parameter values were invalid: Condition parameter type does not match schema"
          + " type";

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
