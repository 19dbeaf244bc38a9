// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.GraphQLScalarType;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * AppSync's scalars. Variables and results may be values of Java or JSON nodes; a parsed value is a
 * text, for {@code AWSTimestamp} a {@link Long}, for {@code AWSJSON} a JSON node. The texts of
 * refusals are those that AppSync puts behind "Variable 'x' has an invalid value." and "Can't
 * serialize value (/x) :".
 */
public final class AwsScalars {
  private static final List<GraphQLScalarType> ALL =
      List.of(
          text(
              "AWSDate",
              "`{}` as a valid date.",
              "A date with an optional offset.",
              TimeScalars::isDate),
          text(
              "AWSTime",
              "`{}` as a valid time.",
              "A time with an optional offset.",
              TimeScalars::isTime),
          text(
              "AWSDateTime",
              "`{}` as a valid DateTime Object.",
              "A date and a time with an offset.",
              TimeScalars::isDateTime),
          scalar(
              "AWSTimestamp",
              "`{}` as a valid timestamp. Ensure that the value provided is an Integer that lies"
                  + " within the limits specified in this scalar's description.",
              "Seconds since 1970-01-01T00:00Z.",
              TimeScalars::timestamp,
              TimeScalars::timestamp),
          text("AWSEmail", "`{}` as a valid email.", "An e-mail address.", NetworkScalars::isEmail),
          scalar(
              "AWSJSON",
              "{} as valid JSON.",
              "A text that holds JSON.",
              JsonScalar::parse,
              JsonScalar::serialize),
          text("AWSURL", "`{}` as a valid URL.", "A URL with a scheme.", NetworkScalars::isUrl),
          text(
              "AWSPhone", "`{}` as a valid phone number.", "A phone number.", PhoneScalar::isPhone),
          text(
              "AWSIPAddress",
              "`{}` as a valid IP address.",
              "An IPv4 or IPv6 address with an optional prefix length.",
              NetworkScalars::isIpAddress));

  private static final Map<String, GraphQLScalarType> BY_NAME =
      ALL.stream().collect(Collectors.toMap(GraphQLScalarType::getName, Function.identity()));

  private AwsScalars() {}

  /** Every scalar that AppSync adds. */
  public static List<GraphQLScalarType> all() {
    return ALL;
  }

  /** One scalar; null for another name. */
  public static @Nullable GraphQLScalarType byName(String name) {
    return BY_NAME.get(name);
  }

  /** A rule of a scalar whose values are texts. */
  private interface TextRule {
    boolean accepts(String text);
  }

  /** A scalar of texts; {@code form} is the end of its refusals with a mark for the value. */
  private static GraphQLScalarType text(
      String name, String form, String description, TextRule rule) {
    ScalarCoercing.Conversion conversion =
        value -> value instanceof String text && rule.accepts(text) ? text : null;
    return scalar(name, form, description, conversion, conversion);
  }

  private static GraphQLScalarType scalar(
      String name,
      String form,
      String description,
      ScalarCoercing.Conversion parse,
      ScalarCoercing.Conversion serialize) {
    ScalarCoercing.Refusals refusals =
        new ScalarCoercing.Refusals() {
          @Override
          public String input(@Nullable Object value) {
            return "Unable to parse " + form.replace("{}", shown(value));
          }

          @Override
          public String output(@Nullable Object value) {
            return "Unable to serialize " + form.replace("{}", shown(value));
          }

          @Override
          public String literal(Value<?> value) {
            return input(plain(value));
          }
        };
    return GraphQLScalarType.newScalar()
        .name(name)
        .description(description)
        .coercing(
            new ScalarCoercing(
                parse,
                serialize,
                value -> {
                  Object plain = plain(value);
                  return plain == null ? null : parse.convert(plain);
                },
                refusals))
        .build();
  }

  private static String shown(@Nullable Object value) {
    return value == null ? "null" : PlainValues.text(value);
  }

  private static @Nullable Object plain(Value<?> literal) {
    return switch (literal) {
      case StringValue text -> text.getValue();
      case IntValue number -> number.getValue();
      default -> null;
    };
  }
}
