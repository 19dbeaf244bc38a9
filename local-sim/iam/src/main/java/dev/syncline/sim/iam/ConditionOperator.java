// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operators of conditions, without {@code IfExists} and without set operators. A negated
 * operator has the test of its positive form; {@link PolicyCondition} turns the result.
 */
enum ConditionOperator {
  STRING_EQUALS(false),
  STRING_NOT_EQUALS(true),
  STRING_EQUALS_IGNORE_CASE(false),
  STRING_NOT_EQUALS_IGNORE_CASE(true),
  STRING_LIKE(false),
  STRING_NOT_LIKE(true),
  NUMERIC_EQUALS(false),
  NUMERIC_NOT_EQUALS(true),
  NUMERIC_LESS_THAN(false),
  NUMERIC_LESS_THAN_EQUALS(false),
  NUMERIC_GREATER_THAN(false),
  NUMERIC_GREATER_THAN_EQUALS(false),
  DATE_EQUALS(false),
  DATE_NOT_EQUALS(true),
  DATE_LESS_THAN(false),
  DATE_LESS_THAN_EQUALS(false),
  DATE_GREATER_THAN(false),
  DATE_GREATER_THAN_EQUALS(false),
  BOOL(false),
  BINARY_EQUALS(false),
  IP_ADDRESS(false),
  NOT_IP_ADDRESS(true),
  ARN_EQUALS(false),
  ARN_LIKE(false),
  ARN_NOT_EQUALS(true),
  ARN_NOT_LIKE(true),
  NULL(false);

  /** For a value of a policy that is not of the operator's type. */
  private static final ValueTest NEVER = (value, query) -> false;

  private static final Map<String, ConditionOperator> BY_NAME =
      Stream.of(values())
          .collect(
              Collectors.toUnmodifiableMap(
                  operator -> operator.name().replace("_", "").toLowerCase(Locale.ROOT),
                  Function.identity()));

  private final boolean negated;

  ConditionOperator(boolean negated) {
    this.negated = negated;
  }

  /** The operator with this name in any case; {@code null} for no operator. */
  static @Nullable ConditionOperator named(String name) {
    return BY_NAME.get(name.toLowerCase(Locale.ROOT));
  }

  /** Whether the condition holds when no value of the policy matches. */
  boolean negated() {
    return negated;
  }

  /**
   * The test for one value of a policy.
   *
   * @param variables whether the policy's version has variables. Only texts, booleans and ARNs have
   *     them
   */
  ValueTest test(String expected, boolean variables) {
    return switch (this) {
      case STRING_EQUALS, STRING_NOT_EQUALS ->
          text(PolicyText.of(expected, variables, false), String::equals);
      case STRING_EQUALS_IGNORE_CASE, STRING_NOT_EQUALS_IGNORE_CASE, BOOL ->
          text(PolicyText.of(expected, variables, false), String::equalsIgnoreCase);
      // The value is whether the key is absent.
      case NULL -> text(PolicyText.of(expected, false, false), String::equalsIgnoreCase);
      case STRING_LIKE, STRING_NOT_LIKE -> TextPattern.of(expected, variables)::matches;
      case ARN_EQUALS, ARN_LIKE, ARN_NOT_EQUALS, ARN_NOT_LIKE -> ArnPattern.of(expected, variables);
      case NUMERIC_EQUALS, NUMERIC_NOT_EQUALS -> number(expected, order -> order == 0);
      case NUMERIC_LESS_THAN -> number(expected, order -> order < 0);
      case NUMERIC_LESS_THAN_EQUALS -> number(expected, order -> order <= 0);
      case NUMERIC_GREATER_THAN -> number(expected, order -> order > 0);
      case NUMERIC_GREATER_THAN_EQUALS -> number(expected, order -> order >= 0);
      case DATE_EQUALS, DATE_NOT_EQUALS -> date(expected, order -> order == 0);
      case DATE_LESS_THAN -> date(expected, order -> order < 0);
      case DATE_LESS_THAN_EQUALS -> date(expected, order -> order <= 0);
      case DATE_GREATER_THAN -> date(expected, order -> order > 0);
      case DATE_GREATER_THAN_EQUALS -> date(expected, order -> order >= 0);
      case BINARY_EQUALS -> binary(expected);
      case IP_ADDRESS, NOT_IP_ADDRESS -> address(expected);
    };
  }

  private interface Equality {
    boolean same(String first, String second);
  }

  private static ValueTest text(PolicyText expected, Equality equality) {
    return (value, query) -> {
      String resolved = expected.resolved(query);
      return resolved != null && equality.same(resolved, value);
    };
  }

  private static ValueTest number(String expected, IntPredicate order) {
    return compared(expected, ConditionValues::number, order);
  }

  private static ValueTest date(String expected, IntPredicate order) {
    return compared(expected, ConditionValues::moment, order);
  }

  private static <T extends Comparable<T>> ValueTest compared(
      String expected, Function<String, @Nullable T> reader, IntPredicate order) {
    T limit = reader.apply(expected);
    if (limit == null) {
      return NEVER;
    }
    return (value, query) -> {
      T given = reader.apply(value);
      return given != null && order.test(given.compareTo(limit));
    };
  }

  private static ValueTest binary(String expected) {
    byte[] bytes = decoded(expected);
    return bytes == null
        ? NEVER
        : (value, query) -> {
          byte[] given = decoded(value);
          return given != null && Arrays.equals(bytes, given);
        };
  }

  private static byte @Nullable [] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  private static ValueTest address(String expected) {
    AddressRange range = AddressRange.of(expected);
    return range == null ? NEVER : (value, query) -> range.contains(value);
  }
}
