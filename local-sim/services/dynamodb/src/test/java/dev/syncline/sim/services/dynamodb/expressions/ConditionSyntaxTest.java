// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Syntax, parentheses and limits of condition expressions. */
class ConditionSyntaxTest extends ConditionFixture {
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
}
