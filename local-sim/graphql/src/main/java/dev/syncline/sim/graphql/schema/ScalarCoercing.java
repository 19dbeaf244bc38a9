// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import com.fasterxml.jackson.databind.JsonNode;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.BooleanValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Coercion of a scalar. Takes values of Java and JSON nodes. Immutable.
 *
 * @param parse of a variable's value
 * @param serialize of a resolver's value
 * @param literal of a literal in a document
 * @param refusals the texts
 */
record ScalarCoercing(Conversion parse, Conversion serialize, Literal literal, Refusals refusals)
    implements Coercing<Object, Object> {
  /** Gives null for a value that it refuses. */
  @FunctionalInterface
  interface Conversion {
    /** Converts a value; nodes are objects and arrays only. */
    @Nullable Object convert(Object plain);
  }

  /** Gives null for a literal that it refuses. */
  @FunctionalInterface
  interface Literal {
    /** Converts a literal. */
    @Nullable Object convert(Value<?> literal);
  }

  /** The texts of refusals. */
  interface Refusals {
    /** For a variable. */
    String input(@Nullable Object value);

    /** For a result. */
    String output(@Nullable Object value);

    /** For a literal. */
    String literal(Value<?> value);
  }

  @Override
  public Object serialize(Object value, GraphQLContext context, Locale locale) {
    Object plain = PlainValues.of(value);
    Object result = plain == null ? null : serialize.convert(plain);
    if (result == null) {
      throw new CoercingSerializeException(refusals.output(plain));
    }
    return result;
  }

  @Override
  public Object parseValue(Object value, GraphQLContext context, Locale locale) {
    Object plain = PlainValues.of(value);
    Object result = plain == null ? null : parse.convert(plain);
    if (result == null) {
      throw new CoercingParseValueException(refusals.input(plain));
    }
    return result;
  }

  @Override
  public Object parseLiteral(
      Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
    Object result = literal.convert(value);
    if (result == null) {
      throw new CoercingParseLiteralException(refusals.literal(value));
    }
    return result;
  }

  @Override
  public Value<?> valueToLiteral(Object value, GraphQLContext context, Locale locale) {
    Object plain = PlainValues.of(value);
    return switch (plain) {
      case Boolean truth -> BooleanValue.newBooleanValue(truth).build();
      case Integer number -> IntValue.of(number);
      case Long number -> IntValue.newIntValue(BigInteger.valueOf(number)).build();
      case BigInteger number -> IntValue.newIntValue(number).build();
      case Double number -> FloatValue.newFloatValue(BigDecimal.valueOf(number)).build();
      case JsonNode node -> StringValue.of(node.toString());
      case null, default -> StringValue.of(String.valueOf(plain));
    };
  }
}
