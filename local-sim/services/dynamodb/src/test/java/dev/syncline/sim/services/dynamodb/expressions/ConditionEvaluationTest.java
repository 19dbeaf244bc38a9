// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.NULL;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.b;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.bool;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.bs;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.item;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.l;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.m;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.n;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.ns;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.s;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.scope;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.ss;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.services.dynamodb.values.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionEvaluationTest {
  private static final Item ITEM =
      item(
          "s", s("hello"),
          "s2", s("hello"),
          "n", n("10"),
          "n2", n("9"),
          "n3", n("10.0"),
          "b", b("bytes"),
          "yes", bool(true),
          "nil", NULL,
          "strings", ss("x", "y"),
          "numbers", ns("1", "2.50"),
          "binaries", bs("p", "q"),
          "li", l(n("1"), s("two"), m("k", s("v"))),
          "ma", m("x", m("y", n("5")), "li", l(s("e"))));

  private static boolean test(String text, Object... placeholders) {
    return Conditions.parse(ExpressionKind.CONDITION, text, scope(placeholders)).test(ITEM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s = s2",
        "n > n2",
        "n2 < n",
        "n >= n2 AND n2 <= n",
        "s <> n",
        "attribute_exists(s)",
        "attribute_exists(ma.x.y)",
        "attribute_exists(li[2].k)",
        "attribute_not_exists(absent)",
        "attribute_not_exists(ma.x.z)",
        "attribute_not_exists(li[3])",
        "attribute_not_exists(li.k)",
        "attribute_not_exists(ma[0])",
        "absent <> s",
        "absent <> gone",
        "NOT absent = gone",
        "NOT absent = s",
        "NOT absent < n",
        "NOT n < absent",
        "NOT absent BETWEEN n2 AND n",
        "NOT absent IN (s, s2)",
        "NOT contains(absent, s)",
        "NOT contains(s, absent)",
        "NOT begins_with(absent, s)",
        "NOT s < n",
        "NOT s > n",
        "NOT li < ma",
        "NOT strings > binaries",
        "begins_with(s, s2)",
        "contains(s, s2)",
        "size(li) < size(s)",
        "NOT size(n) = n",
        "NOT size(absent) = n",
        "size(ma) = size(strings)",
        "s = s2 OR absent = s AND absent = n",
        "NOT (s = n OR s = yes)",
        "n BETWEEN n2 AND n3",
        "s IN (n, s2)",
      })
  void holds(String text) {
    assertThat(test(text)).isTrue();
  }

  @Test
  void equalityIsByValue() {
    assertThat(test("numbers = :v", ":v", ns("2.5", "1.0"))).isTrue();
    assertThat(test("strings = :v", ":v", ss("y", "x"))).isTrue();
    assertThat(test("strings = :v", ":v", ss("x"))).isFalse();
    assertThat(test("ma = :v", ":v", m("li", l(s("e")), "x", m("y", n("5.0"))))).isTrue();
    assertThat(test("li = :v", ":v", l(s("two"), n("1"), m("k", s("v"))))).isFalse();
    assertThat(test("nil = :v", ":v", NULL)).isTrue();
    assertThat(test("yes <> :v", ":v", bool(false))).isTrue();
    assertThat(test("n = :v", ":v", s("10"))).isFalse();
  }

  @Test
  void stringsAreOrderedByTheirBytes() {
    Item item = item("a", s("\uFF5E"), "b", s("\uD83D\uDE00"));
    assertThat(Conditions.parse(ExpressionKind.FILTER, "a < b", scope()).test(item)).isTrue();
  }

  @Test
  void bytesAreOrderedUnsigned() {
    assertThat(test("b < :v", ":v", b("\u00ff"))).isTrue();
    assertThat(test("b BETWEEN :lo AND :hi", ":lo", b("bytes"), ":hi", b("c"))).isTrue();
  }

  @Test
  void containsLooksIntoStringsSetsAndLists() {
    assertThat(test("contains(s, :v)", ":v", s("ell"))).isTrue();
    assertThat(test("contains(s, :v)", ":v", n("1"))).isFalse();
    assertThat(test("contains(b, :v)", ":v", b("tes"))).isTrue();
    assertThat(test("contains(b, :v)", ":v", b("tex"))).isFalse();
    assertThat(test("contains(strings, :v)", ":v", s("y"))).isTrue();
    assertThat(test("contains(strings, :v)", ":v", ss("y"))).isFalse();
    assertThat(test("contains(numbers, :v)", ":v", n("2.5"))).isTrue();
    assertThat(test("contains(binaries, :v)", ":v", b("q"))).isTrue();
    assertThat(test("contains(li, :v)", ":v", m("k", s("v")))).isTrue();
    assertThat(test("contains(li, :v)", ":v", s("tw"))).isFalse();
    assertThat(test("contains(ma, :v)", ":v", s("x"))).isFalse();
    assertThat(test("contains(:v, s)", ":v", l(s("hello")))).isTrue();
  }

  @Test
  void beginsWithTakesStringsAndBytes() {
    assertThat(test("begins_with(s, :v)", ":v", s("hel"))).isTrue();
    assertThat(test("begins_with(s, :v)", ":v", s("hello!"))).isFalse();
    assertThat(test("begins_with(b, :v)", ":v", b("by"))).isTrue();
    assertThat(test("begins_with(s, :v)", ":v", b("hel"))).isFalse();
    assertThat(test("begins_with(n, :v)", ":v", s("1"))).isFalse();
  }

  @Test
  void sizeCountsBytesAndMembers() {
    assertThat(test("size(:v) = :n", ":v", s("ü"), ":n", n("2"))).isTrue();
    assertThat(test("size(b) = :n", ":n", n("5"))).isTrue();
    assertThat(test("size(numbers) = :n", ":n", n("2"))).isTrue();
    assertThat(test("size(binaries) = :n", ":n", n("2"))).isTrue();
    assertThat(test("size(li) = :n", ":n", n("3"))).isTrue();
    assertThat(test("size(ma) = :n", ":n", n("2"))).isTrue();
  }

  @Test
  void typesAreCompared() {
    assertThat(test("attribute_type(nil, :t)", ":t", s("NULL"))).isTrue();
    assertThat(test("attribute_type(yes, :t)", ":t", s("BOOL"))).isTrue();
    assertThat(test("attribute_type(li, :t)", ":t", s("M"))).isFalse();
    assertThat(test("attribute_type(:v, :t)", ":v", s("x"), ":t", s("S"))).isTrue();
    assertThat(test("attribute_type(absent, :t)", ":t", s("NULL"))).isFalse();
  }

  @Test
  void placeholdersOfNamesMayHoldAnyCharacters() {
    Item item = item("a.b", s("x"), "status", m("c d", s("x")));
    Condition condition =
        Conditions.parse(
            ExpressionKind.CONDITION,
            "#1 = #s.#2",
            scope("#1", "a.b", "#s", "status", "#2", "c d"));
    assertThat(condition.test(item)).isTrue();
    assertThat(condition.topLevelAttributes()).containsExactly("a.b", "status");
    assertThat(condition.nestedAttributes()).containsExactly("status");
  }

  @Test
  void andBindsTighterThanOrAndNotTighterThanAnd() {
    assertThat(test("s = s2 OR s = n AND s = n")).isTrue();
    assertThat(test("(s = s2 OR s = n) AND s = n")).isFalse();
    assertThat(test("NOT s = n AND s = n")).isFalse();
    assertThat(test("NOT (s = n AND s = n)")).isTrue();
  }

  @Test
  void alwaysHoldsForAMissingItem() {
    assertThat(Condition.ALWAYS.test(Item.EMPTY)).isTrue();
    assertThat(Condition.ALWAYS.topLevelAttributes()).isEmpty();
  }
}
