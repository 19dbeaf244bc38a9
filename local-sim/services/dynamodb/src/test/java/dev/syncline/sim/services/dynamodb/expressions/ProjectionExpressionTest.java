// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.fault;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.item;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.l;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.m;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.n;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.s;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectionExpressionTest {
  private static final Item ITEM =
      item(
          "a", n("1"),
          "b", m("x", n("2"), "y", m("z", n("3"))),
          "li", l(s("0"), m("p", n("1"), "q", n("2")), s("2"), l(s("d"), s("e"))));

  private static Item apply(String text, Object... placeholders) {
    return ProjectionExpression.parse(text, scope(placeholders)).apply(ITEM);
  }

  private static String faultOf(String text, Object... placeholders) {
    String fault = fault(() -> ProjectionExpression.parse(text, scope(placeholders)));
    assertThat(fault).startsWith("Invalid ProjectionExpression: ");
    return fault.substring("Invalid ProjectionExpression: ".length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "whatever(stuff)",
        ":a",
        "abort,",
        "a,,b",
        "a..b",
        "a[b]",
        "(a.b).c",
        "(a)",
        "(a),(b)",
        "(a,b)",
        "a-b",
        "a b",
        "a[",
        "a[1",
        ","
      })
  void syntaxIsCheckedFirst(String text) {
    assertThat(faultOf(text)).startsWith("Syntax error; token: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          !!!         | !     | !!
          a b         | b     | a b
          user-id     | -     | user-id
          id,         | <EOF> | ,
          """)
  void syntaxFaultsShowTheTokenBetweenItsNeighbours(String text, String token, String near) {
    assertThat(faultOf(text))
        .isEqualTo("Syntax error; token: \"" + token + "\", near: \"" + near + "\"");
  }

  @Test
  void reservedWordsComeBeforePlaceholders() {
    assertThat(faultOf("a.abORt"))
        .isEqualTo("Attribute name is a reserved keyword; reserved keyword: abORt");
    assertThat(faultOf("#a,ABSoLUTE")).endsWith("ABSoLUTE");
    assertThat(faultOf("a, and")).endsWith("reserved keyword: and");
    assertThat(faultOf("a,b,a,#a"))
        .isEqualTo(
            "An expression attribute name used in the document path is not defined; attribute name:"
                + " #a");
    assertThat(faultOf("")).isEqualTo("The expression can not be empty;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          overlap  | b[1], b.a, #a.b, a | [a, b]      | [a]
          overlap  | a, #a[1]           | [a]         | [a, [1]]
          overlap  | a, b, a            | [a]         | [a]
          conflict | a.b, #a[1], #b     | [a, b]      | [a, [1]]
          conflict | a.b[1], #a[1], #b  | [a, b, [1]] | [a, [1]]
          conflict | a[3].b, #a.#b.b    | [a, [3], b] | [a, [3], b]
          """)
  void pathsMustBeDisjoint(String relation, String text, String one, String two) {
    assertThat(faultOf(text, "#a", "a", "#b", "[3]"))
        .isEqualTo(
            "Two document paths "
                + relation
                + " with each other; must remove or rewrite one of these paths; path one: "
                + one
                + ", path two: "
                + two);
  }

  @Test
  void partsKeepTheirParents() {
    assertThat(apply("a, b.y")).isEqualTo(item("a", n("1"), "b", m("y", m("z", n("3")))));
    assertThat(apply("b.#y.z, b.x", "#y", "y"))
        .isEqualTo(item("b", m("x", n("2"), "y", m("z", n("3")))));
    assertThat(apply("gone, b.gone, b.x.gone, a.b, li[9], li[0].x, b.y[0]")).isEqualTo(Item.EMPTY);
  }

  @Test
  void elementsOfListsMoveTogetherInAscendingOrder() {
    assertThat(apply("li[2], li[0]")).isEqualTo(item("li", l(s("0"), s("2"))));
    assertThat(apply("li[3][1], li[1].q, li[1].p"))
        .isEqualTo(item("li", l(m("p", n("1"), "q", n("2")), l(s("e")))));
  }

  @Test
  void attributesToGetAreNames() {
    ProjectionExpression projection = ProjectionExpression.ofAttributes(List.of("a", "b.x"));
    assertThat(projection.apply(ITEM)).isEqualTo(item("a", n("1")));
    assertThat(ProjectionExpression.parse("a.b, c", scope()).topLevelAttributes())
        .containsExactly("a", "c");
    assertThat(ProjectionExpression.parse("a.b, c", scope()).nestedAttributes())
        .containsExactly("a");
  }
}
