// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import static dev.syncline.sim.graphql.execution.GraphqlFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.FieldOutcome;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariableCoercionTest {
  private final AtomicReference<ObjectNode> seen = new AtomicReference<>();
  private final GraphqlFixture api =
      new GraphqlFixture(
              """
              enum E { A B }
              input In { s: String! n: Int e: E d: Int = 4 l: [Int!] in: In }
              type Query {
                f(s: String, i: Int, x: Float, b: Boolean, id: ID, e: E, l: [Int], in: In,
                  d: Int = 9, must: String, j: AWSJSON, t: AWSDate, p: AWSPhone): String
              }
              """)
          .resolve(
              "Query.f",
              call -> {
                seen.set(call.arguments());
                return FieldOutcome.of(NullNode.instance);
              });

  private ObjectNode seen() {
    return Objects.requireNonNull(seen.get());
  }

  private JsonNode coerced(String type, String name, String value) {
    ObjectNode body =
        api.execute("query($v: " + type + ") { f(" + name + ": $v) }", "{v: " + value + "}");
    assertThat(body.path("errors").toString()).isEmpty();
    return seen().get(name);
  }

  private JsonNode refused(String type, String name, String value) {
    String variables = value.isEmpty() ? "{}" : "{v: " + value + "}";
    ObjectNode body = api.execute("query($v: " + type + ") { f(" + name + ": $v) }", variables);
    assertThat(body.get("data")).isEqualTo(NullNode.instance);
    assertThat(body.get("errors")).hasSize(1);
    assertThat(body.at("/errors/0").has("errorType")).isFalse();
    assertThat(body.at("/errors/0/path").isNull()).isTrue();
    return body.at("/errors/0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "String | s | 'a' | 'a'",
        "String | s | 7 | '7'",
        "String | s | true | 'true'",
        "Int | i | 7 | 7",
        "Int | i | '7' | 7",
        "Int | i | 7.0 | 7",
        "Float | x | 1 | 1.0",
        "Float | x | '1.5' | 1.5",
        "Boolean | b | 'true' | true",
        "Boolean | b | 'no' | false",
        "Boolean | b | 1 | true",
        "ID | id | 5 | '5'",
        "E | e | 'B' | 'B'",
        "[Int] | l | 3 | [3]",
        "[Int] | l | ['1', 2, null] | [1, 2, null]",
        "In | in | {s: 1, e: 'A'} | {s: '1', e: 'A', d: 4}",
        "AWSJSON | j | '{\"a\":[1,null]}' | {a: [1, null]}",
      })
  void isLenient(String type, String name, String given, String expected) {
    assertThat(coerced(type, name, given).toString()).isEqualTo(json(expected).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "Int | i | 'x' | Variable 'v' has an invalid value. Expected type 'Int' but was 'String'.",
        "Int | i | 1.5 | Variable 'v' has an invalid value. Expected type 'Int' but was 'Double'.",
        "Int | i | 3000000000 | Variable 'v' has an invalid value. Expected type 'Int' but was"
            + " 'Long'.",
        "E | e | 'C' | Variable 'v' has an invalid value. Invalid input for Enum 'E'. No value"
            + " found for name 'C'",
        "In | in | 5 | Variable 'v' has an invalid value. Expected type 'Map' but was 'Integer'."
            + " Variables for input objects must be an instance of type 'Map'.",
        "In | in | {s: 'a', n: 'x'} | Variable 'n' has an invalid value. Expected type 'Int' but"
            + " was 'String'.",
        "AWSJSON | j | '{a' | Variable 'v' has an invalid value. Unable to parse {a as valid"
            + " JSON.",
        "AWSDate | t | 'soon' | Variable 'v' has an invalid value. Unable to parse `soon` as a"
            + " valid date.",
        "AWSPhone | p | '555' | Variable 'v' has an invalid value. Unable to parse `555` as a valid"
            + " phone number.",
      })
  void refusesWithTheEnginesText(String type, String name, String value, String message) {
    JsonNode error = refused(type, name, value);
    assertThat(error.get("message").asText()).isEqualTo(message);
    assertThat(error.get("locations")).isEqualTo(json("[{line: 1, column: 7, sourceName: null}]"));
  }

  @Test
  void aMissingVariableNamesItselfAndItsDefinition() {
    JsonNode error = refused("String!", "must", "");
    assertThat(error.get("message").asText())
        .isEqualTo("Variable 'v' has coerced Null value for NonNull type 'String!'");
    assertThat(error.get("locations")).isEqualTo(json("[{line: 1, column: 7, sourceName: null}]"));
    assertThat(refused("String!", "must", "null").get("message").asText())
        .isEqualTo("Variable 'v' has coerced Null value for NonNull type 'String!'");
  }

  @Test
  void aMissingInputFieldNamesTheOuterVariable() {
    assertThat(refused("In", "in", "{n: 1}").get("message").asText())
        .isEqualTo("Variable 'v' has coerced Null value for NonNull type 'String!'");
    assertThat(refused("In", "in", "{s: 'a', l: [1, null]}").get("message").asText())
        .isEqualTo("Variable 'v' has coerced Null value for NonNull type 'Int!'");
    assertThat(refused("In", "in", "{s: 'a', in: {s: null}}").get("message").asText())
        .isEqualTo("Variable 'v' has coerced Null value for NonNull type 'String!'");
  }

  @Test
  void anUnknownInputFieldIsNamedWithoutLocations() {
    JsonNode error = refused("In", "in", "{s: 'a', zz: 1}");
    assertThat(error.get("message").asText())
        .isEqualTo(
            "The variables input contains a field name 'zz' that is not defined for input object"
                + " type 'In' ");
    assertThat(error.get("locations").isNull()).isTrue();
  }

  @Test
  void anUndefinedVariableIsNullAndAnAbsentArgumentIsAbsent() {
    api.execute("query($v: String) { f(s: $v) }", "{}");
    assertThat(seen()).isEqualTo(json("{s: null, d: 9}"));
    api.execute("{ f }");
    assertThat(seen()).isEqualTo(json("{d: 9}"));
    api.execute("{ f(s: null, d: null) }");
    assertThat(seen()).isEqualTo(json("{s: null, d: null}"));
  }

  @Test
  void defaultsOfVariablesAreUsed() {
    api.execute("query($v: String = \"z\") { f(s: $v) }", "{}");
    assertThat(seen().get("s").asText()).isEqualTo("z");
  }

  @Test
  void literalsAreCoerced() {
    api.execute(
        "query($n: Int!) { f(id: 5, x: 1, l: 2, e: A, j: \"{\\\"k\\\":1}\","
            + " in: {s: \"a\", n: $n, l: [$n, 2]}) }",
        "{n: 8}");
    assertThat(seen())
        .isEqualTo(json("{id:'5',x:1.0,l:[2],e:'A',in:{s:'a',n:8,d:4,l:[8,2]},d:9,j:{k:1}}"));
  }

  @Test
  void anUndefinedVariableInAnObjectLeavesItsFieldOut() {
    api.execute("query($n: Int) { f(in: {s: \"a\", n: $n}) }", "{}");
    assertThat(seen().get("in")).isEqualTo(json("{s:'a',d:4}"));
  }

  @Test
  void aLiteralThatIsNoJsonIsAValidationError() {
    assertThat(api.messages("{ f(j: \"{a\") }"))
        .containsExactly(
            "Validation error of type WrongType: argument 'j' with value 'StringValue{value='{a'}'"
                + " is not a valid 'AWSJSON' @ 'f'");
  }

  @Test
  void unusedValuesAreIgnored() {
    assertThat(api.execute("{ f }", "{other: 1}")).isEqualTo(json("{data:{f:null}}"));
  }
}
