// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.fault;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.n;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.s;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Operator;
import dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Part;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyConditionTest {
  private static String faultOf(String text, Object... placeholders) {
    return fault(() -> KeyCondition.parse(text, scope(placeholders)));
  }

  private static List<Part> parts(String text) {
    return KeyCondition.parse(text, scope(":a", s("a"), ":b", s("b"), "#k", "key")).parts();
  }

  @Test
  void conditionsAreTakenInTheOrderOfTheText() {
    assertThat(parts("p = :a AND #k > :b"))
        .containsExactly(
            new Part("p", Operator.EQ, List.of(s("a"))),
            new Part("key", Operator.GT, List.of(s("b"))));
    assertThat(parts("(#k between :a and :b) and (p = :b and q = :a)"))
        .containsExactly(
            new Part("key", Operator.BETWEEN, List.of(s("a"), s("b"))),
            new Part("p", Operator.EQ, List.of(s("b"))),
            new Part("q", Operator.EQ, List.of(s("a"))));
    assertThat(parts("begins_with(p, :a)"))
        .containsExactly(new Part("p", Operator.BEGINS_WITH, List.of(s("a"))));
  }

  @ParameterizedTest
  @CsvSource({"=,EQ", "<,GT", "<=,GE", ">,LT", ">=,LE"})
  void comparisonsWithTheValueFirstAreTurnedRound(String operator, Operator turned) {
    assertThat(parts(":a " + operator + " p"))
        .containsExactly(new Part("p", turned, List.of(s("a"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a > b and size(b) > c or a > c | OR
          a in (b, size(c), d)           | IN
          attribute_exists(a)            | attribute_exists
          attribute_not_exists(a)        | attribute_not_exists
          contains(a.d, b)               | contains
          not a > b                      | NOT
          a <> b                         | <>
          attribute_type(a, :a)          | attribute_type
          """)
  void operatorsAreRestricted(String text, String operator) {
    assertThat(faultOf(text, ":a", s("S")))
        .isEqualTo("Invalid operator used in KeyConditionExpression: " + operator);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          :a between size(b) and size(a) and b > :b | BETWEEN
          begins_with(:a, b) and a > :b             | begins_with
          """)
  void theAttributeComesFirst(String text, String operator) {
    assertThat(faultOf(text, ":a", s("1"), ":b", s("1")))
        .isEqualTo(
            "Invalid condition in KeyConditionExpression: "
                + operator
                + " operator must have the key attribute as its first operand");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "size(b) > a AND a.b > b AND b > c",
        "a > size(b.d)",
        "a between size(b) and size(c)"
      })
  void operationsDoNotNest(String text) {
    assertThat(faultOf(text))
        .isEqualTo(
            "Invalid KeyConditionExpression: KeyConditionExpressions cannot contain nested"
                + " operations");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"b > a.b", "b between c[1] and d", "a between b and size(c)", "begins_with(a, b)"})
  void oneAttributeACondition(String text) {
    assertThat(faultOf(text))
        .isEqualTo(
            "Invalid condition in KeyConditionExpression: Multiple attribute names used in one"
                + " condition");
  }

  @ParameterizedTest
  @ValueSource(strings = {"b.d > a AND c.d > e.f", "a.d > c", "b[0] > a"})
  void attributesAreNotNested(String text) {
    assertThat(faultOf(text))
        .isEqualTo(
            "Invalid KeyConditionExpression: KeyConditionExpressions cannot have conditions on"
                + " nested attributes");
  }

  @ParameterizedTest
  @ValueSource(strings = {":b > :a AND a < :b", ":a > b AND :a < :b"})
  void anAttributeIsNeeded(String text) {
    assertThat(faultOf(text, ":a", n("1"), ":b", n("1")))
        .isEqualTo("Invalid condition in KeyConditionExpression: No key attribute specified");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b > :a AND b < :a and c = :a and d = :a",
        "(a > :a and b > :a) and (b > :a and c > :a)"
      })
  void oneConditionAnAttribute(String text) {
    assertThat(faultOf(text, ":a", n("1")))
        .isEqualTo(
            "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one"
                + " condition per key");
  }

  @Test
  void theGrammarIsThatOfConditions() {
    assertThat(faultOf("a > 4"))
        .isEqualTo("Invalid KeyConditionExpression: Syntax error; token: \"4\", near: \"> 4\"");
    assertThat(faultOf("begins_with(a, :a)", ":a", n("1")))
        .isEqualTo(
            "Invalid KeyConditionExpression: Incorrect operand type for operator or function;"
                + " operator or function: begins_with, operand type: N");
  }
}
