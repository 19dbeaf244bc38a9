// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A sample of each part of JSONata, from its documentation: paths, predicates, operators, grouping,
 * functions, blocks, and what fails with which code.
 */
class JsonataLanguageTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonataEnvironment SURROUNDINGS =
      new JsonataEnvironment(new SplittableRandom(1), Instant.EPOCH);
  private static final String SHOP =
      """
      {"shop": {"name": "Ink", "open": true, "shelves": [
        {"no": 1, "pens": [{"sku": "a", "price": 2.5, "left": 3}, {"sku": "b", "price": 10, "left": 0}]},
        {"no": 2, "pens": [{"sku": "c", "price": 4, "left": 12}]}]},
       "words": ["delta", "alpha", "charlie"], "none": null}
      """;

  private static @Nullable Object evaluate(String expression) throws Exception {
    return Program.parse(expression)
        .evaluate(Conversion.fromJson(JSON.readTree(SHOP)), Map.of(), SURROUNDINGS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Paths: a sequence of one is its item, and levels are flattened.
        "shop.name | \"Ink\"",
        "shop.shelves.pens.sku | [\"a\",\"b\",\"c\"]",
        "shop.shelves[1].pens.sku | \"c\"",
        "shop.shelves[1].pens.sku[] | [\"c\"]",
        "shop.shelves[-1].no | 2",
        "shop.shelves.pens[0].sku | [\"a\",\"c\"]",
        "(shop.shelves.pens)[0].sku | \"a\"",
        "shop.*.no | [1,2]",
        "**.sku | [\"a\",\"b\",\"c\"]",
        "none | null",
        // Predicates and the parent.
        "shop.shelves.pens[price > 3].sku | [\"b\",\"c\"]",
        "shop.shelves.pens[left = 0].{\"sku\": sku, \"shelf\": %.no} | {\"sku\":\"b\",\"shelf\":1}",
        "shop.shelves.pens[sku in [\"a\",\"c\"]].left | [3,12]",
        // Variables bound on the way.
        "shop.shelves@$s.(name & $s.no) | [\"Ink1\",\"Ink2\"]",
        "words#$i[$i > 0] | [\"alpha\",\"charlie\"]",
        // Operators.
        "7 % 4 + 2 * 3 - 8 / 4 | 7",
        "\"a\" & 1 & true & none | \"a1truenull\"",
        "[1..4] | [1,2,3,4]",
        "shop.open and shop.name = \"Ink\" | true",
        "shop.closed ? 1 : 2 | 2",
        "words^($) | [\"alpha\",\"charlie\",\"delta\"]",
        "shop.shelves.pens^(>price).sku | [\"b\",\"c\",\"a\"]",
        // Grouping, transforming, chaining.
        "shop.shelves.pens{sku: left} | {\"a\":3,\"b\":0,\"c\":12}",
        "$sum(shop.shelves.pens.(price * left)) | 55.5",
        "words ~> $map($uppercase) ~> $join(\"-\") | \"DELTA-ALPHA-CHARLIE\"",
        "`shop.shelves[0].pens[0] ~> |$|{\"left\": left - 1}, \"price\"|`|"
            + "{\"sku\":\"a\",\"left\":2}",
        // Blocks, functions, recursion, closures.
        "($a := 2; $b := $a * 3; $a + $b) | 8",
        "($f := function($n) { $n <= 1 ? 1 : $n * $f($n - 1) }; $f(6)) | 720",
        "$filter([1..6], function($v, $i) { $i % 2 = 0 }) | [1,3,5]",
        "$reduce([1..5], function($a, $v) { $a + $v }, 10) | 25",
        "$map([1,2], function($v) { $v + $count(words) }) | [4,5]",
        // Text, numbers, objects, dates.
        "$substringBefore(\"ink@shop\", \"@\") | \"ink\"",
        "$replace(\"a1b22\", /[0-9]+/, \"#\") | \"a#b#\"",
        "$match(\"x=1\", /([a-z])=([0-9])/).groups | [\"x\",\"1\"]",
        "$split(\"a, b\", \", \") | [\"a\",\"b\"]",
        "$pad(\"7\", -3, \"0\") | \"007\"",
        "$formatNumber(1234.5, \"#,##0.00\") | \"1,234.50\"",
        "$round(2.5) | 2",
        "$formatBase(255, 16) | \"ff\"",
        "$merge([{\"a\":1}, {\"b\":2}]) | {\"a\":1,\"b\":2}",
        "$keys(shop) | [\"name\",\"open\",\"shelves\"]",
        "$sift({\"a\":1,\"b\":2}, function($v) { $v > 1 }) | {\"b\":2}",
        "$type(none) | \"null\"",
        "$boolean([0, 0]) | false",
        "$fromMillis(0) | \"1970-01-01T00:00:00.000Z\"",
        "$toMillis(\"1970-01-02T00:00:00Z\") | 86400000",
        "$distinct([1, 2, 2, 1]) | [1,2]",
        "$zip([1, 2], [3, 4]) | [[1,3],[2,4]]",
      })
  void anExpressionGives(String expression, String expected) throws Exception {
    @Nullable JsonNode got = Conversion.toJson(evaluate(expression));

    assertThat(String.valueOf(got)).isEqualTo(JSON.readTree(expected).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "missing",
        "shop.missing.more",
        "words[7]",
        "$lookup(shop, \"missing\")",
        "{}.a",
      })
  void missingValuesGiveNothing(String expression) throws Exception {
    assertThat(evaluate(expression)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 + | S0207",
        "\"open | S0101",
        "[1, 2 | S0203",
        "$missing() | T1006",
        "1 + \"a\" | T2002",
        "\"a\" * 2 | T2001",
        "1 < \"a\" | T2009",
        "[1..\"b\"] | T2004",
        "$number(\"ten\") | D3030",
        "$substring(1, 2) | T0411",
        "$error(\"no\") | D3137",
        "$assert(false, \"no\") | D3141",
        "$sum([1, \"a\"]) | T0412",
        "{1: 2} | T1003",
      })
  void aMistakeHasItsCode(String expression, String code) {
    assertThatThrownBy(() -> evaluate(expression))
        .isInstanceOfSatisfying(
            JsonataException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
