// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import graphql.Scalars;
import graphql.language.BooleanValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The built-in scalars with the lenient coercion of graphql-java 9, which AppSync shows: "7" is an
 * Int, "true" a Boolean, any value a String. Literals in documents are strict.
 */
final class BuiltInScalars {
  private static final BigInteger INT_MIN = BigInteger.valueOf(Integer.MIN_VALUE);
  private static final BigInteger INT_MAX = BigInteger.valueOf(Integer.MAX_VALUE);

  /** Every built-in scalar. */
  static final List<GraphQLScalarType> ALL =
      List.of(
          scalar(
              Scalars.GraphQLString,
              PlainValues::text,
              BuiltInScalars::stringLiteral,
              "StringValue"),
          scalar(Scalars.GraphQLInt, BuiltInScalars::toInt, BuiltInScalars::intLiteral, "IntValue"),
          scalar(
              Scalars.GraphQLFloat,
              BuiltInScalars::toFloat,
              BuiltInScalars::floatLiteral,
              "IntValue' or 'FloatValue"),
          scalar(
              Scalars.GraphQLBoolean,
              BuiltInScalars::toBoolean,
              literal -> literal instanceof BooleanValue value ? value.isValue() : null,
              "BooleanValue"),
          scalar(
              Scalars.GraphQLID,
              BuiltInScalars::toId,
              BuiltInScalars::idLiteral,
              "IntValue' or 'StringValue"));

  private BuiltInScalars() {}

  private static GraphQLScalarType scalar(
      GraphQLScalarType original,
      ScalarCoercing.Conversion conversion,
      ScalarCoercing.Literal literal,
      String literals) {
    ScalarCoercing.Refusals refusals =
        new ScalarCoercing.Refusals() {
          @Override
          public String input(@Nullable Object value) {
            return "Expected type '"
                + original.getName()
                + "' but was '"
                + PlainValues.typeName(value)
                + "'.";
          }

          @Override
          public String output(@Nullable Object value) {
            return input(value);
          }

          @Override
          public String literal(Value<?> value) {
            return "Expected AST type '"
                + literals
                + "' but was '"
                + value.getClass().getSimpleName()
                + "'.";
          }
        };
    return GraphQLScalarType.newScalar()
        .name(original.getName())
        .description("Built-in " + original.getName())
        .coercing(new ScalarCoercing(conversion, conversion, literal, refusals))
        .build();
  }

  private static @Nullable Object toInt(Object value) {
    if (value instanceof Integer) {
      return value;
    }
    BigInteger exact = PlainValues.integer(value, INT_MIN, INT_MAX);
    return exact == null ? null : exact.intValue();
  }

  private static @Nullable Object toFloat(Object value) {
    BigDecimal exact = value instanceof Double ? null : PlainValues.number(value);
    if (exact == null && !(value instanceof Double)) {
      return null;
    }
    double number = exact == null ? (Double) value : exact.doubleValue();
    return Double.isFinite(number) ? number : null;
  }

  private static @Nullable Object toBoolean(Object value) {
    return switch (value) {
      case Boolean truth -> truth;
      case String text -> Boolean.parseBoolean(text);
      case Number number -> {
        BigDecimal exact = PlainValues.number(number);
        yield exact == null ? null : exact.signum() != 0;
      }
      default -> null;
    };
  }

  private static @Nullable Object toId(Object value) {
    return value instanceof String
            || value instanceof Integer
            || value instanceof Long
            || value instanceof BigInteger
            || value instanceof UUID
        ? value.toString()
        : null;
  }

  private static @Nullable Object stringLiteral(Value<?> literal) {
    return literal instanceof StringValue text ? text.getValue() : null;
  }

  private static @Nullable Object intLiteral(Value<?> literal) {
    return literal instanceof IntValue number ? toInt(number.getValue()) : null;
  }

  private static @Nullable Object floatLiteral(Value<?> literal) {
    return switch (literal) {
      case IntValue number -> toFloat(number.getValue());
      case FloatValue number -> toFloat(number.getValue());
      default -> null;
    };
  }

  private static @Nullable Object idLiteral(Value<?> literal) {
    return literal instanceof IntValue number
        ? number.getValue().toString()
        : stringLiteral(literal);
  }
}
