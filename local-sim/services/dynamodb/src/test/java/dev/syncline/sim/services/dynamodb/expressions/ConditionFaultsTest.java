// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.NULL;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.b;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.bool;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.bs;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.l;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.m;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.n;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.ns;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.s;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.ss;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions, names, values and operands that condition expressions refuse. */
class ConditionFaultsTest extends ConditionFixture {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a=a and whatever((:things)) > a | whatever
          attRIbute_exIsts((views), #a)   | attRIbute_exIsts
          SIZE(a) > b                     | SIZE
          """)
  void unknownFunctionsAreRefusedBeforeMisusedOnes(String text, String function) {
    assertThat(faultOf(text)).isEqualTo("Invalid function name; function: " + function);
  }

  @Test
  void functionsOfUpdatesAreNotAllowed() {
    assertThat(faultOf("list_append(a, b) = c"))
        .isEqualTo("The function is not allowed in a condition expression; function: list_append");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a=a and attribute_exists((views), (#a)) > b | attribute_exists
          attribute_not_exists(things) > b            | attribute_not_exists
          attribute_type(things, :a) > b              | attribute_type
          begins_with(things, a) > b                  | begins_with
          contains(:things, c) > b                    | contains
          size(contains(a, b)) > a                    | contains
          size(things)                                | size
          NOT size(things)                            | size
          a = b AND (size(things))                    | size
          a between b and attribute_exists(things)    | attribute_exists
          a in (b, attribute_exists(things))          | attribute_exists
          """)
  void misusedFunctionsAreRefusedBeforeReservedWords(String text, String function) {
    assertThat(faultOf(text))
        .isEqualTo(
            "The function is not allowed to be used this way in an expression; function: "
                + function);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          attribute_exists(views, #a) | views
          :a < abOrT                  | abOrT
          a.b.Status = :a             | Status
          x[0].name = :a              | name
          """)
  void reservedWordsAreRefusedBeforePlaceholders(String text, String word) {
    assertThat(faultOf(text))
        .isEqualTo("Attribute name is a reserved keyword; reserved keyword: " + word);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          attribute_exists(#Pictures.RearView, :a) and a=a           | #Pictures
          begins_with(Pictures.#RearView)                            | #RearView
          (#P between :lo and :hi) and (#PC in (:cat1, :cat2))       | #P
          #4g > a                                                    | #4g
          #_ > a                                                     | #_
          (a)between(b.c[45].#d)and(:a)                              | #d
          """)
  void undefinedNamesAreRefusedBeforeOperands(String text, String name) {
    assertThat(faultOf(text))
        .isEqualTo(
            "An expression attribute name used in the document path is not defined; attribute name:"
                + " "
                + name);
  }

  @ParameterizedTest
  @CsvSource({
    "'begins_with(:hello, #a, #b)', :hello",
    "':a < :b', :a",
    "':_ > a', :_",
    "'a = a.b AND a=:4', :4"
  })
  void undefinedValuesAreRefusedBeforeOperands(String text, String value) {
    assertThat(faultOf(text))
        .isEqualTo(
            "An expression attribute value used in expression is not defined; attribute value: "
                + value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          attribute_exists(things, a) and a=a | attribute_exists     | 2
          attribute_not_exists(things, b)     | attribute_not_exists | 2
          attribute_type(things)              | attribute_type       | 1
          begins_with(things)                 | begins_with          | 1
          begins_with(things, size(a), b)     | begins_with          | 3
          contains(things)                    | contains             | 1
          size(things, a) > b                 | size                 | 2
          """)
  void numbersOfOperandsAreChecked(String text, String function, int count) {
    assertThat(faultOf(text))
        .isEqualTo(
            "Incorrect number of operands for operator or function; operator or function: "
                + function
                + ", number of operands: "
                + count);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a = a AND #a = b AND :views > a         | =              | [a]
          #a <> a                                 | <>             | [a]
          a > #a                                  | >              | [a]
          ((a=a) OR (a=a))                        | =              | [a]
          contains(ab.bc[1].a, ab.bc[1].#a)       | contains       | [ab, bc, [1], a]
          attribute_type(ab.bc[1].#a, ab.bc[1].a) | attribute_type | [ab, bc, [1], a]
          begins_with(ab.bc[1].a, ab.bc[1].#a)    | begins_with    | [ab, bc, [1], a]
          a IN (b, a)                             | IN             | [a]
          a BETWEEN a AND b                       | BETWEEN        | [a]
          """)
  void operandsMustDiffer(String text, String operator, String path) {
    assertThat(faultOf(text, "#a", "a"))
        .isEqualTo(
            "The first operand must be distinct from the remaining operands for this operator or"
                + " function; operator: "
                + operator
                + ", first operand: "
                + path);
  }

  private static void refuseType(String text, String function, AttributeValue value) {
    assertThat(faultOf(text, ":a", value))
        .isEqualTo(
            "Incorrect operand type for operator or function; operator or function: "
                + function
                + ", operand type: "
                + value.type());
  }

  @Test
  void typesOfOperandsOfFunctionsAreChecked() {
    for (AttributeValue value :
        new AttributeValue[] {n("1"), bool(true), NULL, l(), m(), ss("a"), ns("1"), bs("a")}) {
      refuseType("attribute_type(a, :a)", "attribute_type", value);
      refuseType("begins_with(a, :a)", "begins_with", value);
      refuseType("begins_with(:a, a)", "begins_with", value);
    }
    refuseType("attribute_type(a, :a)", "attribute_type", b("a"));
    for (AttributeValue value : new AttributeValue[] {n("1"), bool(true), NULL}) {
      refuseType("size(:a) > a", "size", value);
    }
    refuseType("size(size(a)) > :a", "size", n("1"));
    refuseType("attribute_not_exists(size(:a))", "size", n("1"));
    refuseType("begins_with(a, size(a)) and a=:a", "begins_with", n("1"));
    refuseType("attribute_type(a, size(a)) and a=a and a=:a", "attribute_type", n("1"));
    assertThat(faultOf("attribute_type(a, b)"))
        .isEqualTo(
            "Incorrect operand type for operator or function; operator or function: attribute_type,"
                + " operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
  }

  @Test
  void functionsThatNeedPathsSaySo() {
    for (String function : new String[] {"attribute_exists", "attribute_not_exists"}) {
      String sentence =
          "Operator or function requires a document path; operator or function: " + function;
      assertThat(faultOf(function + "(:a) and a=a", ":a", s("x"))).isEqualTo(sentence);
      assertThat(faultOf(function + "(size(:a))", ":a", s("x"))).isEqualTo(sentence);
    }
  }

  @Test
  void attributeTypeNamesAType() {
    assertThat(faultOf("attribute_type(a, :a)", ":a", s("1")))
        .isEqualTo(
            "Invalid attribute type name found; type: 1, valid types:"
                + " {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
  }

  @Test
  void literalsInOrderComparisonsNeedAnOrder() {
    for (String operator : new String[] {"<", "<=", ">", ">="}) {
      assertThat(faultOf("a " + operator + " :a", ":a", l()))
          .isEqualTo(
              "Incorrect operand type for operator or function; operator or function: "
                  + operator
                  + ", operand type: L");
      assertThat(faultOf(":a " + operator + " a", ":a", bool(true))).endsWith("type: BOOL");
    }
    accept("a = :a AND :a <> a", ":a", l());
  }

  @Test
  void boundsOfBetweenMustFit() {
    assertThat(faultOf("a between :b and :a", ":a", s("a"), ":b", n("1")))
        .isEqualTo(
            "The BETWEEN operator requires same data type for lower and upper bounds; lower bound"
                + " operand: AttributeValue: {N:1}, upper bound operand: AttributeValue: {S:a}");
    assertThat(faultOf("a between :b and :a", ":a", s("a"), ":b", s("b")))
        .isEqualTo(
            "The BETWEEN operator requires upper bound to be greater than or equal to lower bound;"
                + " lower bound operand: AttributeValue: {S:b}, upper bound operand:"
                + " AttributeValue: {S:a}");
    assertThat(faultOf("a between :b and :b", ":b", ss("b")))
        .isEqualTo(
            "Incorrect operand type for operator or function; operator or function:"
                + " BETWEEN, operand type: SS");
    accept("a between :a and :a", ":a", n("1"));
    accept("a between :a and size(b)", ":a", n("1"));
  }

  @Test
  void theWordsOfTheGuideAreReserved() {
    assertThat(ReservedWords.count()).isEqualTo(573);
  }
}
