// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.partiql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Operator;
import dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Part;
import dev.syncline.sim.services.dynamodb.partiql.Statement.Returning;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.DynamoNumber;
import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {
  private static final Item ITEM =
      new Item(
          Map.of(
              "pk", s("k"),
              "s", s("str"),
              "n", n("5"),
              "ss", new AttributeValue.SS(Set.of("a", "b")),
              "l", new AttributeValue.L(List.of(n("1"), s("x"))),
              "m", new AttributeValue.M(Map.of("sub", s("x"), "a b", n("1"))),
              "nul", new AttributeValue.Null(),
              "flag", new AttributeValue.Bool(true)));

  private static AttributeValue s(String text) {
    return new AttributeValue.S(text);
  }

  private static AttributeValue n(String number) {
    return new AttributeValue.N(DynamoNumber.parse(number));
  }

  private static Statement parse(String text, AttributeValue... parameters) {
    return Statement.parse(text, List.of(parameters));
  }

  private static Where where(String condition, AttributeValue... parameters) {
    Statement.Select select =
        (Statement.Select) parse("SELECT * FROM t WHERE " + condition, parameters);
    return select.where().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true  | pk = 'k' AND n = 5
          true  | attribute_exists(ss)
          false | attribute_exists(nope)
          true  | NOT ATTRIBUTE_EXISTS(nope)
          true  | attribute_not_exists("nope")
          true  | attribute_exists(ss) = true
          false | attribute_exists(ss) = FALSE
          true  | attribute_exists(nope) <> true
          true  | (attribute_exists(nope) OR attribute_exists(m.sub))
          true  | size(s) = 3
          false | size(s) = 4
          true  | attribute_type(ss, 'SS')
          true  | nul IS NULL
          false | s IS NULL
          true  | s IS NOT NULL
          true  | flag IS BOOL
          true  | s IS STRING
          true  | n IS DOUBLE PRECISION
          true  | ss IS BAG
          true  | nope IS MISSING
          true  | s IS NOT MISSING
          false | nope <> 'x'
          true  | NOT nope = 'x'
          true  | s <> 'x'
          true  | s != 'x'
          true  | n BETWEEN 1 AND 9
          true  | n NOT BETWEEN 6 AND 9
          true  | n IN (1, 5)
          true  | n IN [1, 5]
          true  | n NOT IN [1, 6]
          false | NOT n IN [1, 5]
          true  | begins_with(s, 'st')
          true  | contains(ss, 'a') AND contains(l, 'x')
          true  | m."a b" = 1 AND m['sub'] = 'x' AND l[1] = 'x'
          true  | 4 < n AND .5e1 = n AND -1 < n
          true  | n = - - 5 AND n > - + 5 AND n BETWEEN - 2 AND +5
          true  | ss = <<'b', 'a'>> AND l = [1, 'x'] AND m = {'a b': 1, 'sub': 'x'}
          true  | n = 1 OR s = 'str' AND n = 5
          false | (n = 1 OR s = 'str') AND n = 6
          """)
  void conditionsAreTested(boolean holds, String condition) {
    assertThat(where(condition).condition().test(ITEM)).isEqualTo(holds);
  }

  @Test
  void parametersStandForValuesInTheirOrder() {
    assertThat(where("s = ? AND n = ?", s("str"), n("5")).condition().test(ITEM)).isTrue();
    assertThat(
            where("n IN ?", new AttributeValue.L(List.of(n("4"), n("5")))).condition().test(ITEM))
        .isTrue();
  }

  @Test
  void partsJoinedByAndAreTermsForKeys() {
    Where where = where("pk = 'a' AND (sk > 1 AND 9 >= x) AND begins_with(b, 'c')");
    assertThat(where.terms())
        .containsExactly(
            new Part("pk", Operator.EQ, List.of(s("a"))),
            new Part("sk", Operator.GT, List.of(n("1"))),
            new Part("x", Operator.LE, List.of(n("9"))),
            new Part("b", Operator.BEGINS_WITH, List.of(s("c"))));
    assertThat(where.onlyTerms()).isTrue();
    assertThat(where.equality("pk")).contains(s("a"));
    assertThat(where.equality("sk")).isEmpty();
    assertThat(where("pk = 'a' OR pk = 'b'").terms()).isEmpty();
    Where mixed = where("pk = 'a' AND m.x = 1 AND a = b AND c <> 1");
    assertThat(mixed.terms()).hasSize(1);
    assertThat(mixed.onlyTerms()).isFalse();
  }

  @Test
  void selectsNameTableIndexProjectionAndOrder() {
    Statement.Select select =
        (Statement.Select)
            parse(
                "-- note\nselect s, m.sub /* x */ from \"my.table\".\"i\" where pk = 'k' order by a"
                    + " desc, \"b\" asc;");
    assertThat(select.table()).isEqualTo("my.table");
    assertThat(select.index()).contains("i");
    assertThat(select.shown(ITEM)).isEqualTo(new Item(Map.of("s", s("str"), "sub", s("x"))));
    assertThat(
            ((Statement.Select) parse("SELECT l[0], l[1], m.\"a b\", gone.x FROM t")).shown(ITEM))
        .isEqualTo(new Item(Map.of("l[0]", n("1"), "l[1]", s("x"), "a b", n("1"))));
    assertThat(select.order())
        .containsExactly(new Statement.Order("a", true), new Statement.Order("b", false));
    assertThat(((Statement.Select) parse("SELECT * FROM t")).where()).isEmpty();
  }

  @Test
  void insertsHoldAnItem() {
    assertThat(
            parse(
                "INSERT INTO t VALUE {'a': 'it''s', 'b': -1.50, 'c': [true, null], 'd': ?,"
                    + " 'f': <<1, 2>>, 'g': {}}",
                s("p")))
        .isEqualTo(
            new Statement.Insert(
                "t",
                new Item(
                    Map.of(
                        "a",
                        s("it's"),
                        "b",
                        n("-1.5"),
                        "c",
                        new AttributeValue.L(
                            List.of(new AttributeValue.Bool(true), new AttributeValue.Null())),
                        "d",
                        s("p"),
                        "f",
                        new AttributeValue.NS(
                            Set.of(DynamoNumber.parse("1"), DynamoNumber.parse("2"))),
                        "g",
                        new AttributeValue.M(Map.of())))));
  }

  private static Item updated(String clauses, AttributeValue... parameters) {
    Statement.Update update =
        (Statement.Update) parse("UPDATE t " + clauses + " WHERE pk = 'k'", parameters);
    return update.update().apply(ITEM, new Item(Map.of("pk", s("k"))));
  }

  @Test
  void updatesSetAndRemove() {
    assertThat(updated("SET n = n + 1 SET s = 'x', q = ?", n("7")).attributes())
        .containsEntry("n", n("6"))
        .containsEntry("s", s("x"))
        .containsEntry("q", n("7"));
    assertThat(updated("SET n = (n - 1) REMOVE s, m.sub").attributes())
        .containsEntry("n", n("4"))
        .containsEntry("m", new AttributeValue.M(Map.of("a b", n("1"))))
        .doesNotContainKey("s");
    assertThat(updated("SET l = list_append(l, [2]) SET l2 = if_not_exists(l2, 3)").attributes())
        .containsEntry("l", new AttributeValue.L(List.of(n("1"), s("x"), n("2"))))
        .containsEntry("l2", n("3"));
    assertThat(updated("SET ss = SET_ADD(ss, <<'c'>>)").get("ss"))
        .isEqualTo(new AttributeValue.SS(Set.of("a", "b", "c")));
    assertThat(updated("SET ss = set_delete(ss, <<'a', 'b'>>)").get("ss")).isNull();
    assertThat(updated("SET l[9] = 'z'").get("l"))
        .isEqualTo(new AttributeValue.L(List.of(n("1"), s("x"), s("z"))));
  }

  @Test
  void writesMayReturnSomething() {
    Statement.Update update =
        (Statement.Update)
            parse("FROM t WHERE pk = 'k' SET a = 1 REMOVE b RETURNING modified new *");
    assertThat(update.returning()).contains(Returning.MODIFIED_NEW);
    assertThat(update.where()).isPresent();
    assertThat(
            ((Statement.Delete) parse("DELETE FROM t WHERE pk = 1 RETURNING ALL OLD *"))
                .returning())
        .contains(Returning.ALL_OLD);
    assertThat(((Statement.Delete) parse("DELETE FROM t")).where()).isEqualTo(Optional.empty());
  }

  @Test
  void existsHoldsASelect() {
    Statement.Exists exists =
        (Statement.Exists) parse("EXISTS(SELECT * FROM t WHERE pk = 'k' AND n = 5)");
    assertThat(exists.select().where().orElseThrow().terms()).hasSize(2);
    assertThat(exists.isRead()).isFalse();
  }

  @Test
  void randomDamageGivesAStatementOrAFault() {
    var random = new java.util.Random(1);
    List<String> statements =
        List.of(
            "SELECT a, m.x[0] FROM \"t\".\"i\" WHERE pk = 'k' AND NOT (b BETWEEN 1 AND 2) ORDER BY"
                + " a DESC",
            "INSERT INTO t VALUE {'a': [1, {'b': <<'x'>>}], 'c': ?}",
            "UPDATE t SET a = list_append(a, [1]) SET b = set_add(b, <<1>>) REMOVE c WHERE pk = 1"
                + " RETURNING ALL NEW *",
            "DELETE FROM t WHERE pk = 'k' AND size(a) > 3 AND b IN [1, 2] AND c IS NOT MISSING");
    for (int at = 0; at < 4000; at++) {
      var pieces =
          new ArrayList<>(List.of(statements.get(random.nextInt(4)).split("(?<=\\W)|(?=\\W)")));
      for (int change = random.nextInt(4); change >= 0; change--) {
        int place = random.nextInt(pieces.size());
        switch (random.nextInt(3)) {
          case 0 -> pieces.remove(place);
          case 1 -> pieces.add(place, pieces.get(random.nextInt(pieces.size())));
          default -> pieces.set(place, pieces.get(random.nextInt(pieces.size())));
        }
      }
      try {
        parse(String.join("", pieces), n("1"));
      } catch (dev.syncline.sim.services.dynamodb.values.ValidationFault expected) {
        assertThat(expected.text()).isNotBlank();
      }
    }
  }
}
