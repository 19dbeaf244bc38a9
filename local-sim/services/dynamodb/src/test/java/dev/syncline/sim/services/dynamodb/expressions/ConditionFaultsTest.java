// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.NULL;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.b;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.bool;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.bs;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.fault;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.l;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.m;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.n;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.ns;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.s;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.scope;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.ss;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionFaultsTest {
  private static String faultOf(String text, Object... placeholders) {
    String fault = fault(() -> Conditions.parse(ExpressionKind.FILTER, text, scope(placeholders)));
    assertThat(fault).startsWith("Invalid FilterExpression: ");
    return fault.substring("Invalid FilterExpression: ".length());
  }

  private static void accept(String text, Object... placeholders) {
    Conditions.parse(ExpressionKind.FILTER, text, scope(placeholders));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "things are not gonna be ok",
        "a > 4",
        "attribute_exists(Pictures-RearView)",
        "attribute_exists(\"Pictures.RearView\")",
        "attribute_exists(Pictures..RearView)",
        "attribute_exists(Pi#ctures.RearView)",
        "attribute_exists(asdf[a])",
        "a in b, c",
        "a > between",
        "a in b",
        "a in (b,c,)",
        "a in ()",
        "(a)between(b.(c.d))and(c)",
        "(a)between(b.c.d)and((c)",
        "#$.b > a",
        "a > :things.stuff",
        "b[:a] > a",
        "b[#_] > a",
        "b[] > a",
        "ü > a",
        "(a)between(b.c[4.5].#d)and(:a)",
        "size(a).b > a",
        "(size(a)).b > a",
        "size(a)[0] > a",
        "(size(a))[0] > a",
        "size() > a",
        "a",
        "(a)",
        "a AND b = c",
        "(a) OR b = c",
        "NOT a",
        "a = b = c",
        "a == b",
        "a != b",
        "(a = b) = c",
        "a = (b = c)",
        "(a = b",
        "a = b)",
        "a = b c = d",
        "a between b or c",
        "_a = b",
        "a._b = b",
        "1a = b",
        "a = :",
        "a = # ",
        "AND = :a",
        "not",
        "a and",
      })
  void syntaxIsCheckedFirst(String text) {
    assertThat(faultOf(text)).startsWith("Syntax error; token: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a ! b                   | !     | a ! b
          a  >  between           | between | >  between
          a = b c                 | c     | b c
          AND __typename = :x     | AND   | AND _
          id = :id AND __t = :x   | _     | AND __
          contains([1, a)         | [     | ([1
          a = :v AND              | <EOF> | AND
          attribute_not_exists(   | <EOF> | (
          (:a = b                 | <EOF> | b
          a                       | <EOF> | a
          a in (b,c,)             | )     | ,)
          ü > a                   | ü     | ü >
          """)
  void syntaxFaultsShowTheTokenBetweenItsNeighbours(String text, String token, String near) {
    assertThat(faultOf(text))
        .isEqualTo("Syntax error; token: \"" + token + "\", near: \"" + near + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\r\n"})
  void blankIsRefused(String text) {
    assertThat(faultOf(text)).isEqualTo("The expression can not be empty;");
  }

  @Test
  void sizeIsCountedInBytesAndCheckedBeforeSyntax() {
    assertThat(faultOf("ü".repeat(2048) + "!"))
        .isEqualTo("Expression size has exceeded the maximum allowed size; expression size: 4097");
    assertThat(faultOf("ü".repeat(2048))).startsWith("Syntax error");
  }

  @Test
  void operatorsAreLimited() {
    String most = "a=b" + " OR a=b".repeat(149);
    accept("NOT " + most);
    assertThat(faultOf("NOT NOT " + most))
        .isEqualTo("The expression contains too many operators; operator count: 301");
    assertThat(faultOf("NOT NOT whatever(" + "b)" + most.substring(1).replaceFirst("=b", "")))
        .isEqualTo("Invalid function name; function: whatever");
    accept("attribute_exists(a)" + " OR attribute_exists(a)".repeat(170));
  }

  @Test
  void operandsOfInAreLimitedWithTheFirstCounted() {
    accept("a IN (" + names(99) + ")");
    assertThat(faultOf("a IN (" + names(100) + ")"))
        .isEqualTo("The IN operator is provided with too many operands; number of operands: 101");
  }

  private static String names(int count) {
    return IntStream.range(0, count).mapToObj(at -> "n" + at).collect(Collectors.joining(","));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a = b))",
        "((a)) = b",
        "a = ((b))",
        "a=a and a > ((views))",
        "(a)between(((b.c)).d)and(c)",
        "a > whatever((:things), ((a)))",
        "a=a AND ((a=a AND a=a)) AND a=a",
        "a=a OR ((a=a OR a=a)) OR a=a",
        "a=a AND ((a=a AND (a=a AND a=a)))",
        "NOT ((a = b))",
        "((attribute_exists(a)))",
      })
  void redundantParenthesesAreRefusedBeforeNamesAndFunctions(String text) {
    assertThat(faultOf(text)).isEqualTo("The expression has redundant parentheses;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a = b)",
        "(a) = (b)",
        "((a) = b)",
        "((a) = (b)) AND (c = d)",
        "((a = b) AND (c = d))",
        "(a.b).c = d",
        "(a)[1] = d",
        "(attribute_exists(a))",
        "a = (b.c[0])",
        "(size(a)) = b",
        "attribute_exists((a))",
        "attribute_exists (a)",
        "NOT NOT a = b",
        "not a = b or not (c = d)",
        "a\tBETWEEN\nb\rAND c",
        "a IN (b)",
        "(a) IN ((b), c)",
        "contains = begins_with",
        "a < b and(c > d)or(e <> f)",
      })
  void onePairOfParenthesesIsFine(String text) {
    accept(text);
  }

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
  void pathsAreLimited() {
    accept("a" + ".b".repeat(31) + " = c");
    assertThat(faultOf("a" + ".b".repeat(32) + " = c"))
        .isEqualTo("The document path has too many nesting levels; nesting levels: 33");
    assertThat(faultOf("a[99999999999999] = c"))
        .isEqualTo("List index is not within the allowable range; index: [99999999999999]");
  }

  @Test
  void deepNestingIsRefusedWithoutOverflow() {
    assertThat(faultOf("(".repeat(4096))).isEqualTo("Syntax error; token: \"<EOF>\", near: \"(\"");
    assertThat(faultOf("(".repeat(2000) + "a=b" + ")".repeat(2000)))
        .isEqualTo("The expression has redundant parentheses;");
    assertThat(faultOf("a=" + "(".repeat(2000) + "b" + ")".repeat(2000)))
        .isEqualTo("The expression has redundant parentheses;");
    assertThat(faultOf("NOT(".repeat(301) + "a=b" + ")".repeat(301)))
        .isEqualTo("The expression contains too many operators; operator count: 302");
    assertThat(faultOf("NOT(".repeat(600) + "a=b" + ")".repeat(600)))
        .isEqualTo("The expression contains too many operators; operator count: 601");
    accept("NOT(".repeat(299) + "a=b" + ")".repeat(299));
    assertThat(faultOf("NOT ".repeat(1000) + "a=b"))
        .isEqualTo("The expression contains too many operators; operator count: 1001");
    assertThat(faultOf("size(".repeat(800) + "a" + ")".repeat(800) + "=b")).isNotEmpty();
  }

  @Test
  void theWordsOfTheGuideAreReserved() {
    assertThat(ReservedWords.count()).isEqualTo(573);
  }
}
