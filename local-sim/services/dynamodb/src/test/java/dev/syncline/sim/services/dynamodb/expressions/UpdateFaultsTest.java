// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.NULL;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.b;
import static dev.syncline.sim.services.dynamodb.expressions.Fixtures.bool;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateFaultsTest {
  private static String faultOf(String text, Object... placeholders) {
    String fault = fault(() -> UpdateExpression.parse(text, scope(placeholders)));
    assertThat(fault).startsWith("Invalid UpdateExpression: ");
    return fault.substring("Invalid UpdateExpression: ".length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "whatever",
        "set a",
        "add a",
        "delete a",
        "set a=set",
        "remove a = b",
        "add a = b",
        "delete a = b",
        "delete a b",
        "delete a if_not_exist(b)",
        "add abort b",
        "add a if_not_exist(b)",
        "remove a b",
        "set a b",
        "set :a = b",
        "add :a b",
        "delete :a b",
        "remove :a",
        "set a = b / c",
        "set a = b * c",
        "set a[1] = \"eight\"",
        "set a[1] = 1",
        "SET a = if_not_exist(a, 100)",
        "SET if_not_exist(a, b) = a",
        "set (a = (b + c))",
        "set a = (b.c).d + e",
        "set a = (b.c)[0] + e",
        "set a = b + c + d",
        "set a = (b + c) + d",
        "set a = b + (c + d)",
        "set a = f(b + c)",
        "set a = (((b)))",
        "set a = ((b)) + c",
        "set a = b,",
        "set a = b remove",
        "set remove = b",
        "set a = b and c = d",
        "set a = b < c",
        "set a = ()",
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
          INVALID SYNTAX HERE                   | INVALID | INVALID SYNTAX
          ADD hits : incr                       | :       | hits : incr
          SET a = if_not_exists(a, 0)           | 0       | , 0)
          SET #as, #LambdaPowertoolsContext     | ,       | #as, #LambdaPowertoolsContext
          SET                                   | <EOF>   | SET
          SET a = :v,                           | <EOF>   | ,
          SET _a = :v                           | _       | SET _a
          """)
  void syntaxFaultsShowTheTokenBetweenItsNeighbours(String text, String token, String near) {
    assertThat(faultOf(text))
        .isEqualTo("Syntax error; token: \"" + token + "\", near: \"" + near + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set a[1] = b",
        "set a.b = b",
        "SET a = if_not_exists(a, b) + b",
        "SET a = if_not_exists(a, if_not_exists(a, b))",
        "set a = (b + c)",
        "set a = ((b.c.d)+(e))",
        "set a = ((b))",
        "set a = (b) - c remove d,e.f add g :n delete h :s",
        "remove a set b = (list_append((c), d))",
        "SET a = list_append(if_not_exists(a, :l), :l), b = if_not_exists(b, list_append(c, d))",
        "set a = list_append(if_not_exists(b, list_append(c, d)), e)",
      })
  void theseAreCorrect(String text) {
    UpdateExpression.parse(text, scope(":n", n("1"), ":s", ss("x"), ":l", l()));
  }

  @Test
  void blankAndLongOnesAreRefused() {
    assertThat(faultOf(" ")).isEqualTo("The expression can not be empty;");
    assertThat(faultOf("x".repeat(4097)))
        .isEqualTo("Expression size has exceeded the maximum allowed size; expression size: 4097");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ` set #c = :c set abOrt = true ` | abOrt
          ` remove Absolute `              | Absolute
          set a = size(b.key)              | key
          """)
  void reservedWordsComeFirst(String text, String word) {
    assertThat(faultOf(text))
        .isEqualTo("Attribute name is a reserved keyword; reserved keyword: " + word);
  }

  @Test
  void unknownFunctionsComeBeforeSections() {
    assertThat(faultOf("set #c = if_not_exist(:c) set c = d"))
        .isEqualTo("Invalid function name; function: if_not_exist");
    assertThat(faultOf("set c = contains(a, b)"))
        .isEqualTo("The function is not allowed in an update expression; function: contains");
  }

  @Test
  void listAppendIsNotAllowedInsideItself() {
    assertThat(faultOf("set a = list_append(a, list_append(b, c))"))
        .isEqualTo(
            "The function is not allowed to be used this way in an expression; function:"
                + " list_append");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          set a = #c set c = :d             | SET
          remove #d set a = b remove e      | REMOVE
          add #d :e set a = b add e :f      | ADD
          delete #d :e set a = b delete #e :f | DELETE
          """)
  void sectionsComeBeforePlaceholders(String text, String section) {
    assertThat(faultOf(text))
        .isEqualTo(
            "The \"" + section + "\" section can only be used once in an update expression;");
  }

  @Test
  void placeholdersComeBeforeOperands() {
    assertThat(faultOf("SET #c = if_not_exists(:c)", ":c", s("a")))
        .isEqualTo(
            "An expression attribute name used in the document path is not defined; attribute name:"
                + " #c");
    assertThat(faultOf("SET #a = if_not_exists(:c)", "#a", "a"))
        .isEqualTo(
            "An expression attribute value used in expression is not defined; attribute value: :c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          set d[1] = a, d.b = a, c[1].a = a, #c = if_not_exists(a) | [c, [1], a]  | [c]
          set #c[3].#d = a, #c[3] = a                              | [c, [3], x.y] | [c, [3]]
          set a = b remove a                                       | [a]          | [a]
          remove a.b add a :n                                      | [a, b]       | [a]
          """)
  void pathsMustNotOverlap(String text, String one, String two) {
    assertThat(faultOf(text, "#c", "c", "#d", "x.y", ":n", n("1")))
        .isEqualTo(
            "Two document paths overlap with each other; must remove or rewrite one of these paths;"
                + " path one: "
                + one
                + ", path two: "
                + two);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          set #c[3].#d = a, #c.#d[3] = if_not_exists(a) | [c, [3], [3]] | [c, [3], [3]]
          remove a.#c set a[1] = #d                     | [a, c]        | [a, [1]]
          """)
  void pathsMustNotConflict(String text, String one, String two) {
    assertThat(faultOf(text, "#c", "c", "#d", "[3]"))
        .isEqualTo(
            "Two document paths conflict with each other; must remove or rewrite one of these"
                + " paths; path one: "
                + one
                + ", path two: "
                + two);
  }

  @Test
  void addTakesNumbersAndSetsAndDeleteTakesSets() {
    for (AttributeValue value : new AttributeValue[] {s("a"), NULL, bool(true), b("a"), m(), l()}) {
      for (String section : new String[] {"ADD", "DELETE"}) {
        assertThat(faultOf(section + " a.b :a SET c = if_not_exists(a)", ":a", value))
            .isEqualTo(
                "Incorrect operand type for operator or function; operator: "
                    + section
                    + ", operand type: "
                    + value.type().longName());
      }
    }
    assertThat(faultOf("delete a.b :a", ":a", n("1"))).endsWith("DELETE, operand type: NUMBER");
    UpdateExpression.parse("add a :a delete b :b", scope(":a", ns("1"), ":b", ss("x")));
  }

  @Test
  void functionsHaveTwoOperands() {
    assertThat(faultOf("set a = if_not_exists(c)"))
        .isEqualTo(
            "Incorrect number of operands for operator or function; operator or function:"
                + " if_not_exists, number of operands: 1");
    assertThat(faultOf("set a = list_append(c, d, e)"))
        .isEqualTo(
            "Incorrect number of operands for operator or function; operator or function:"
                + " list_append, number of operands: 3");
  }

  @Test
  void ifNotExistsNeedsAPath() {
    String sentence =
        "Operator or function requires a document path; operator or function: if_not_exists";
    assertThat(faultOf("set a = if_not_exists(:a, c)", ":a", s("a"))).isEqualTo(sentence);
    assertThat(faultOf("set a = if_not_exists(if_not_exists(a, b), c)")).isEqualTo(sentence);
  }

  @Test
  void typesOfLiteralsAreChecked() {
    for (AttributeValue value :
        new AttributeValue[] {s("a"), b("a"), bool(true), NULL, ss("a"), ns("1"), m()}) {
      assertThat(faultOf("set a = list_append(:a, a)", ":a", value))
          .isEqualTo(
              "Incorrect operand type for operator or function; operator or function: list_append,"
                  + " operand type: "
                  + value.type());
      assertThat(faultOf("set a = a + :a", ":a", value))
          .isEqualTo(
              "Incorrect operand type for operator or function; operator or function: +, operand"
                  + " type: "
                  + value.type());
      assertThat(faultOf("set a = :a - a", ":a", value))
          .isEqualTo(
              "Incorrect operand type for operator or function; operator or function: -, operand"
                  + " type: "
                  + value.type());
    }
    assertThat(faultOf("set a = list_append(a, :a)", ":a", n("1"))).endsWith("operand type: N");
    assertThat(faultOf("set a = a + :a", ":a", l())).endsWith("operand type: L");
  }

  @Test
  void pathsAndOperatorsAreLimited() {
    assertThat(faultOf("SET a" + ".b".repeat(32) + " = c"))
        .isEqualTo("The document path has too many nesting levels; nesting levels: 33");
    assertThat(faultOf("REMOVE a[4294967296]"))
        .isEqualTo("List index is not within the allowable range; index: [4294967296]");
    var text = new StringBuilder("SET a=b+c");
    for (int at = 1; at <= 300; at++) {
      text.append(",a").append(at).append("=b+c");
    }
    assertThat(faultOf(text.toString()))
        .isEqualTo("The expression contains too many operators; operator count: 301");
  }

  @Test
  void deepNestingIsRefusedWithoutOverflow() {
    assertThat(faultOf("SET a=" + "f(".repeat(2000))).startsWith("Syntax error");
    assertThat(faultOf("SET a=" + "f(".repeat(1000) + "b" + ")".repeat(1000))).isNotEmpty();
    assertThat(faultOf("SET a=" + "(".repeat(4000))).startsWith("Syntax error");
  }
}
