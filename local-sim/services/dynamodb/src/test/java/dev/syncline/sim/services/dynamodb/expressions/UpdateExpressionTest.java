// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.bs;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.fault;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.item;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.l;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.m;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.n;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.ns;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.s;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.scope;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.ss;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.services.dynamodb.values.AttributeType;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateExpressionTest {
  private static final Item KEY = item("k", s("1"));

  private static Update parse(String text, Object... placeholders) {
    return UpdateExpression.parse(text, scope(placeholders));
  }

  private static Item apply(Item before, String text, Object... placeholders) {
    return parse(text, placeholders).apply(before, KEY);
  }

  @Test
  void rightSidesReadTheItemAsItWas() {
    assertThat(apply(item("a", n("1"), "b", n("2")), "SET a = b, b = a, c = a + b"))
        .isEqualTo(item("a", n("2"), "b", n("1"), "c", n("3")));
    assertThat(apply(item("a", n("1")), "REMOVE a SET b = a")).isEqualTo(item("b", n("1")));
    assertThat(
            apply(
                item("a", n("1"), "s", ss("x")),
                "SET b = a, t = s ADD a :n DELETE s :x",
                ":n",
                n("5"),
                ":x",
                ss("x")))
        .isEqualTo(item("a", n("6"), "b", n("1"), "t", ss("x")));
  }

  @Test
  void theTypesThatNoItemDecidesAreKnown() {
    assertThat(
            parse(
                    "SET a = :s, b = c + :n, c = d, e = if_not_exists(e, :n), f.g = :n,"
                        + " h = list_append(i, i) ADD j :n DELETE k :x REMOVE m",
                    ":s",
                    s("x"),
                    ":n",
                    n("1"),
                    ":x",
                    ss("x"))
                .knownTypes())
        .isEqualTo(
            Map.of(
                "a",
                AttributeType.S,
                "b",
                AttributeType.N,
                "h",
                AttributeType.L,
                "j",
                AttributeType.N,
                "k",
                AttributeType.SS));
  }

  @Test
  void aMissingItemStartsWithItsKey() {
    Update update = parse("SET a = :v, b = k, c = if_not_exists(d, k)", ":v", n("1"));
    assertThat(update.createsItem()).isTrue();
    assertThat(update.apply(null, KEY))
        .isEqualTo(item("k", s("1"), "a", n("1"), "b", s("1"), "c", s("1")));
    assertThat(parse("ADD a :v", ":v", n("1")).createsItem()).isTrue();
    assertThat(parse("REMOVE a DELETE b :v", ":v", ss("x")).createsItem()).isFalse();
    assertThat(Update.NOTHING.apply(null, KEY)).isEqualTo(KEY);
    assertThat(Update.NOTHING.createsItem()).isTrue();
  }

  @Test
  void removingBelowAMissingParentIsIgnoredOnlyOnAMissingItem() {
    assertThat(parse("REMOVE a.b, c[1]").apply(null, KEY)).isEqualTo(KEY);
    assertThat(fault(() -> apply(KEY, "REMOVE a.b"))).isEqualTo(INVALID_PATH);
    assertThat(apply(item("a", m(), "c", l()), "REMOVE a.b, c[1], d"))
        .isEqualTo(item("a", m(), "c", l()));
  }

  private static final String INVALID_PATH =
      "The document path provided in the update expression is invalid for update";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET x.y = :v",
        "SET n.y = :v",
        "SET n[0] = :v",
        "SET m[0] = :v",
        "SET l.a = :v",
        "SET m.x.y = :v",
        "SET l[5].a = :v",
        "REMOVE n.y",
        "REMOVE m[0]",
        "ADD x.y :v",
        "DELETE x.y :s",
      })
  void pathsThatLeadNowhereAreRefused(String text) {
    Item item = item("n", n("1"), "m", m(), "l", l(m()));
    ValidationFault fault =
        Assertions.catchThrowableOfType(
            ValidationFault.class, () -> apply(item, text, ":v", n("1"), ":s", ss("x")));
    assertThat(fault.text()).isEqualTo(INVALID_PATH);
    assertThat(fault.kind()).isEqualTo(ValidationFault.Kind.BARE);
  }

  @Test
  void absentOperandsAreRefusedBeforeInvalidPaths() {
    String sentence =
        "The provided expression refers to an attribute that does not exist in the item";
    assertThat(fault(() -> apply(KEY, "SET a = b"))).isEqualTo(sentence);
    assertThat(fault(() -> apply(KEY, "SET x.y = :v, a = b + :v", ":v", n("1"))))
        .isEqualTo(sentence);
    assertThat(fault(() -> apply(KEY, "SET a = list_append(b, :l)", ":l", l())))
        .isEqualTo(sentence);
    assertThat(fault(() -> apply(KEY, "SET a = if_not_exists(b, c)"))).isEqualTo(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET a = s + :n",
        "SET a = :n - s",
        "SET a = list_append(n, :l)",
        "SET a = list_append(:l, n)",
        "SET a = list_append(li, if_not_exists(x, :n))",
        "ADD s :n",
        "ADD li :n",
        "ADD n :ss",
        "ADD strings :ns",
        "DELETE s :ss",
        "DELETE strings :ns",
      })
  void storedValuesOfWrongTypesAreRefused(String text) {
    Item item = item("s", s("x"), "n", n("1"), "li", l(), "strings", ss("x"));
    assertThat(
            fault(() -> apply(item, text, ":n", n("1"), ":l", l(), ":ss", ss("x"), ":ns", ns("1"))))
        .isEqualTo("An operand in the update expression has an incorrect data type");
  }

  @Test
  void arithmeticIsExact() {
    assertThat(apply(item("a", n("0.1")), "SET a = a + :v", ":v", n("0.2")))
        .isEqualTo(item("a", n("0.3")));
    assertThat(apply(item("a", n("1")), "SET b = a - :v", ":v", n("1E-37")))
        .isEqualTo(item("a", n("1"), "b", n("0.9999999999999999999999999999999999999")));
    assertThat(apply(item("a", n("5")), "ADD a :v", ":v", n("-7"))).isEqualTo(item("a", n("-2")));
    assertThat(fault(() -> apply(item("a", n("1")), "SET a = a + :v", ":v", n("1E-38"))))
        .isEqualTo("Attempting to store more than 38 significant digits in a Number");
    assertThat(fault(() -> apply(item("a", n("9E125")), "ADD a :v", ":v", n("9E125"))))
        .isEqualTo(
            "Number overflow. Attempting to store a number with magnitude larger than supported"
                + " range");
  }

  @Test
  void setsLoseAndGainMembers() {
    assertThat(
            apply(
                item("a", ss("x", "y"), "b", ns("1"), "c", bs("p")),
                "ADD a :a, b :b, d :b DELETE c :c, e :a",
                ":a",
                ss("y", "z"),
                ":b",
                ns("2", "1.0"),
                ":c",
                bs("p", "q")))
        .isEqualTo(item("a", ss("x", "y", "z"), "b", ns("1", "2"), "d", ns("1", "2")));
    assertThat(apply(item("a", ss("x", "y")), "DELETE a :a", ":a", ss("y", "z")))
        .isEqualTo(item("a", ss("x")));
  }

  @Test
  void functionsNest() {
    assertThat(
            apply(
                KEY,
                "SET a = list_append(if_not_exists(a, :l), :m), c = if_not_exists(c, :z) + :one",
                ":l",
                l(n("0")),
                ":m",
                l(n("1")),
                ":z",
                n("0"),
                ":one",
                n("1")))
        .isEqualTo(item("k", s("1"), "a", l(n("0"), n("1")), "c", n("1")));
    assertThat(apply(item("a", n("1")), "SET a = if_not_exists(a, :v)", ":v", n("2")))
        .isEqualTo(item("a", n("1")));
    assertThat(apply(item("a", m()), "SET a.x = if_not_exists(a.y[0].z, :v)", ":v", n("2")))
        .isEqualTo(item("a", m("x", n("2"))));
  }

  @Test
  void placesInListsAreThoseBeforeTheUpdate() {
    Item item = item("a", l(s("0"), s("1"), s("2"), s("3")));
    assertThat(apply(item, "REMOVE a[0], a[2]")).isEqualTo(item("a", l(s("1"), s("3"))));
    assertThat(apply(item, "REMOVE a[2], a[0], a[9]")).isEqualTo(item("a", l(s("1"), s("3"))));
    assertThat(apply(item, "REMOVE a[0] SET a[1] = :v", ":v", s("x")))
        .isEqualTo(item("a", l(s("x"), s("2"), s("3"))));
    assertThat(
            apply(
                item,
                "SET a[9] = :y, a[7] = :x, a[4] = :w REMOVE a[3]",
                ":w",
                s("w"),
                ":x",
                s("x"),
                ":y",
                s("y")))
        .isEqualTo(item("a", l(s("0"), s("1"), s("2"), s("w"), s("x"), s("y"))));
    assertThat(apply(item, "ADD a[4] :n", ":n", n("1")))
        .isEqualTo(item("a", l(s("0"), s("1"), s("2"), s("3"), n("1"))));
  }

  @Test
  void nestedValuesChangeInPlace() {
    Item item = item("a", m("b", l(m("c", n("1")), m("d", n("2"))), "x", n("3")));
    assertThat(
            apply(
                item,
                "SET a.b[0].c = :v, a.#y = a.x REMOVE a.b[1].d ADD a.x :v",
                "#y",
                "y",
                ":v",
                n("9")))
        .isEqualTo(item("a", m("b", l(m("c", n("9")), m()), "x", n("12"), "y", n("3"))));
    assertThat(apply(item, "REMOVE a.b[0], a.x")).isEqualTo(item("a", m("b", l(m("d", n("2"))))));
  }

  @Test
  void updatedGivesOnlyWhatWasTouched() {
    Item old = item("k", s("1"), "a", m("b", n("1"), "c", n("2")), "li", l(s("0"), s("1"), s("2")));
    Update update = parse("SET a.b = :v, li[7] = :v REMOVE li[1] ADD x :v", ":v", n("9"));
    Item now = update.apply(old, KEY);
    assertThat(update.updated(old)).isEqualTo(item("a", m("b", n("1")), "li", l(s("1"))));
    assertThat(update.updated(now))
        .isEqualTo(item("a", m("b", n("9")), "li", l(s("2")), "x", n("9")));
    Update removal = parse("REMOVE a.b, li");
    assertThat(removal.updated(removal.apply(old, KEY)).isEmpty()).isTrue();
    Update places = parse("SET li[2] = :v, li[0] = :v", ":v", n("9"));
    assertThat(places.updated(places.apply(old, KEY))).isEqualTo(item("li", l(n("9"), n("9"))));
  }

  @Test
  void attributesAreExposedForTheChecksOfKeys() {
    Update update =
        parse("SET a.b = c[1], d = e REMOVE f ADD g :n DELETE h :s", ":n", n("1"), ":s", ss("x"));
    assertThat(update.targetAttributes()).containsExactly("a", "d", "f", "g", "h");
    assertThat(update.nestedAttributes()).containsExactly("a", "c");
    assertThat(update.writingActions()).isEqualTo(3);
    assertThat(update.clearingActions()).isEqualTo(2);
  }
}
