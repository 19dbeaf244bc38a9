// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.expr;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The comparison operators of JSONPath choices, except IsPresent. Values of another type than the
 * operator's make it false, never an error (recorded).
 */
public enum ChoiceOperator {
  STRING_EQUALS("StringEquals", Operand.STRING, strings(c -> c == 0)),
  STRING_LESS_THAN("StringLessThan", Operand.STRING, strings(c -> c < 0)),
  STRING_GREATER_THAN("StringGreaterThan", Operand.STRING, strings(c -> c > 0)),
  STRING_LESS_THAN_EQUALS("StringLessThanEquals", Operand.STRING, strings(c -> c <= 0)),
  STRING_GREATER_THAN_EQUALS("StringGreaterThanEquals", Operand.STRING, strings(c -> c >= 0)),
  STRING_MATCHES("StringMatches", Operand.STRING, ChoiceOperator::matches),
  NUMERIC_EQUALS("NumericEquals", Operand.NUMBER, numbers(c -> c == 0)),
  NUMERIC_LESS_THAN("NumericLessThan", Operand.NUMBER, numbers(c -> c < 0)),
  NUMERIC_GREATER_THAN("NumericGreaterThan", Operand.NUMBER, numbers(c -> c > 0)),
  NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Operand.NUMBER, numbers(c -> c <= 0)),
  NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Operand.NUMBER, numbers(c -> c >= 0)),
  BOOLEAN_EQUALS("BooleanEquals", Operand.BOOLEAN, ChoiceOperator::sameBoolean),
  TIMESTAMP_EQUALS("TimestampEquals", Operand.TIMESTAMP, times(c -> c == 0)),
  TIMESTAMP_LESS_THAN("TimestampLessThan", Operand.TIMESTAMP, times(c -> c < 0)),
  TIMESTAMP_GREATER_THAN("TimestampGreaterThan", Operand.TIMESTAMP, times(c -> c > 0)),
  TIMESTAMP_LESS_THAN_EQUALS("TimestampLessThanEquals", Operand.TIMESTAMP, times(c -> c <= 0)),
  TIMESTAMP_GREATER_THAN_EQUALS(
      "TimestampGreaterThanEquals", Operand.TIMESTAMP, times(c -> c >= 0)),
  IS_NULL("IsNull", Operand.TYPE_TEST, type(JsonNode::isNull)),
  IS_NUMERIC("IsNumeric", Operand.TYPE_TEST, type(JsonNode::isNumber)),
  IS_STRING("IsString", Operand.TYPE_TEST, type(JsonNode::isTextual)),
  IS_BOOLEAN("IsBoolean", Operand.TYPE_TEST, type(JsonNode::isBoolean)),
  IS_TIMESTAMP("IsTimestamp", Operand.TYPE_TEST, type(Timestamps::isTimestamp));

  /** The type of the right side. */
  public enum Operand {
    STRING,
    NUMBER,
    BOOLEAN,
    TIMESTAMP,
    /** A boolean, and no path. */
    TYPE_TEST
  }

  private static final Map<String, ChoiceOperator> BY_NAME =
      Stream.of(values()).collect(Collectors.toMap(ChoiceOperator::asl, Function.identity()));

  private final String asl;
  private final Operand operand;
  private final BiPredicate<JsonNode, JsonNode> test;

  ChoiceOperator(String asl, Operand operand, BiPredicate<JsonNode, JsonNode> test) {
    this.asl = asl;
    this.operand = operand;
    this.test = test;
  }

  /** The operator of that name, null if no operator has it. */
  public static @Nullable ChoiceOperator byName(String name) {
    return BY_NAME.get(name);
  }

  /** The name in a definition. */
  public String asl() {
    return asl;
  }

  /** The type of the right side. */
  public Operand operand() {
    return operand;
  }

  /** Whether there is a form that ends in Path. */
  public boolean hasPathForm() {
    return operand != Operand.TYPE_TEST && this != STRING_MATCHES;
  }

  boolean test(JsonNode left, JsonNode right) {
    return test.test(left, right);
  }

  private static BiPredicate<JsonNode, JsonNode> strings(IntPredicate order) {
    return (left, right) ->
        left.isTextual()
            && right.isTextual()
            && order.test(left.textValue().compareTo(right.textValue()));
  }

  private static BiPredicate<JsonNode, JsonNode> numbers(IntPredicate order) {
    return (left, right) ->
        left.isNumber()
            && right.isNumber()
            && order.test(left.decimalValue().compareTo(right.decimalValue()));
  }

  private static BiPredicate<JsonNode, JsonNode> times(IntPredicate order) {
    return (left, right) -> {
      var first = Timestamps.parse(left);
      var second = Timestamps.parse(right);
      return first != null && second != null && order.test(first.compareTo(second));
    };
  }

  private static BiPredicate<JsonNode, JsonNode> type(java.util.function.Predicate<JsonNode> is) {
    return (left, right) -> is.test(left) == right.booleanValue();
  }

  private static boolean sameBoolean(JsonNode left, JsonNode right) {
    return left.isBoolean() && right.isBoolean() && left.booleanValue() == right.booleanValue();
  }

  private static boolean matches(JsonNode left, JsonNode right) {
    return left.isTextual()
        && right.isTextual()
        && Wildcard.matches(right.textValue(), left.textValue());
  }

  /**
   * <code>*</code> matches any text, <code>\\*</code> a star. Takes linear time in the lengths of
   * pattern and text.
   */
  static final class Wildcard {
    private Wildcard() {}

    static boolean matches(String pattern, String text) {
      List<String> parts = parts(pattern);
      String first = parts.getFirst();
      if (parts.size() == 1) {
        return text.equals(first);
      }
      String last = parts.getLast();
      int end = text.length() - last.length();
      if (end < first.length() || !text.startsWith(first) || !text.endsWith(last)) {
        return false;
      }
      int from = first.length();
      for (String part : parts.subList(1, parts.size() - 1)) {
        int after = find(part, text, from, end);
        if (after < 0) {
          return false;
        }
        from = after;
      }
      return true;
    }

    /** The texts between the stars, one more than there are stars. */
    private static List<String> parts(String pattern) {
      var parts = new ArrayList<String>();
      var part = new StringBuilder();
      for (int p = 0; p < pattern.length(); p++) {
        char c = pattern.charAt(p);
        if (c == '*') {
          parts.add(part.toString());
          part.setLength(0);
        } else if (c == '\\' && p + 1 < pattern.length()) {
          part.append(pattern.charAt(++p));
        } else {
          part.append(c);
        }
      }
      parts.add(part.toString());
      return parts;
    }

    /** The end of the first occurrence of {@code part}, -1 without one; Knuth, Morris, Pratt. */
    private static int find(String part, String text, int from, int end) {
      if (part.isEmpty()) {
        return from;
      }
      int[] shorter = new int[part.length()];
      for (int i = 1, k = 0; i < part.length(); i++) {
        while (k > 0 && part.charAt(i) != part.charAt(k)) {
          k = shorter[k - 1];
        }
        k += part.charAt(i) == part.charAt(k) ? 1 : 0;
        shorter[i] = k;
      }
      for (int t = from, k = 0; t < end; t++) {
        while (k > 0 && text.charAt(t) != part.charAt(k)) {
          k = shorter[k - 1];
        }
        k += text.charAt(t) == part.charAt(k) ? 1 : 0;
        if (k == part.length()) {
          return t + 1;
        }
      }
      return -1;
    }
  }
}
