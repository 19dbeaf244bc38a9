// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.parser.Parser;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lenient coercion of built-in scalars, and strict literals. */
class BuiltInScalarsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Coercing<?, ?> coercing(String scalar) {
    return Objects.requireNonNull(ApiScalars.byName(scalar)).getCoercing();
  }

  private static @Nullable Object literal(String scalar, String literal) {
    return coercing(scalar)
        .parseLiteral(
            Parser.parseValue(literal),
            CoercedVariables.emptyVariables(),
            GraphQLContext.getDefault(),
            Locale.ROOT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          Int     | 7          | 7
          Int     | "7"        | 7
          Int     | 7.0        | 7
          Int     | "-2147483648" | -2147483648
          Float   | 7          | 7.0
          Float   | "1.5"      | 1.5
          Float   | 1e3        | 1000.0
          Boolean | true       | true
          Boolean | "true"     | true
          Boolean | "TRUE"     | true
          Boolean | "yes"      | false
          Boolean | 0          | false
          Boolean | 1.5        | true
          String  | "x"        | x
          String  | 7          | 7
          String  | 1.50       | 1.5
          String  | true       | true
          String  | {"a":1,"b":[{"c":null},"d"]} | {a=1, b=[{c=null}, d]}
          String  | [1,"b"]    | [1, b]
          ID      | "x"        | x
          ID      | 7          | 7
          ID      | 12345678901234567890 | 12345678901234567890
          """)
  void coercesVariablesAndResults(String scalar, String json, String expected) throws Exception {
    Object value = JSON.readTree(json);

    assertThat(coercing(scalar).parseValue(value, GraphQLContext.getDefault(), Locale.ROOT))
        .hasToString(expected);
    assertThat(coercing(scalar).serialize(value, GraphQLContext.getDefault(), Locale.ROOT))
        .hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          Int     | "x"        | String
          Int     | 1.5        | Double
          Int     | 2147483648 | Long
          Int     | true       | Boolean
          Int     | {}         | LinkedHashMap
          Int     | 1e400      | Double
          Float   | "x"        | String
          Float   | "NaN"      | String
          Float   | "1e999"    | String
          Float   | []         | ArrayList
          Boolean | {}         | LinkedHashMap
          ID      | 1.5        | Double
          ID      | true       | Boolean
          ID      | {}         | LinkedHashMap
          """)
  void refusesOtherKinds(String scalar, String json, String kind) throws Exception {
    Object value = JSON.readTree(json);
    String message = "Expected type '" + scalar + "' but was '" + kind + "'.";

    assertThatThrownBy(
            () -> coercing(scalar).parseValue(value, GraphQLContext.getDefault(), Locale.ROOT))
        .isInstanceOf(CoercingParseValueException.class)
        .hasMessage(message);
    assertThatThrownBy(
            () -> coercing(scalar).serialize(value, GraphQLContext.getDefault(), Locale.ROOT))
        .isInstanceOf(CoercingSerializeException.class)
        .hasMessage(message);
  }

  @Test
  void literalsAreStrict() {
    assertThat(literal("Int", "7")).isEqualTo(7);
    assertThat(literal("Float", "7")).isEqualTo(7.0);
    assertThat(literal("Float", "7.5")).isEqualTo(7.5);
    assertThat(literal("Boolean", "true")).isEqualTo(true);
    assertThat(literal("String", "\"x\"")).isEqualTo("x");
    assertThat(literal("ID", "7")).isEqualTo("7");
    assertThat(literal("ID", "\"x\"")).isEqualTo("x");
    for (String[] wrong :
        new String[][] {
          {"Int", "\"7\"", "IntValue", "StringValue"},
          {"Int", "99999999999", "IntValue", "IntValue"},
          {"Float", "\"7\"", "IntValue' or 'FloatValue", "StringValue"},
          {"Boolean", "\"true\"", "BooleanValue", "StringValue"},
          {"String", "7", "StringValue", "IntValue"},
          {"ID", "1.5", "IntValue' or 'StringValue", "FloatValue"}
        }) {
      assertThatThrownBy(() -> literal(wrong[0], wrong[1]))
          .isInstanceOf(CoercingParseLiteralException.class)
          .hasMessage("Expected AST type '" + wrong[2] + "' but was '" + wrong[3] + "'.");
    }
  }
}
