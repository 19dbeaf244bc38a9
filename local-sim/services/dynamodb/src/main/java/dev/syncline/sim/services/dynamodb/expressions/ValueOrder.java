// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Bytes;
import dev.syncline.sim.services.dynamodb.values.ScalarOrder;
import dev.syncline.sim.services.dynamodb.values.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Comparisons of values as conditions make them. */
final class ValueOrder {
  private ValueOrder() {}

  /**
   * Less than, equal to or greater than 0, as the first value stands before, at or behind the
   * second; empty when one is missing, the types differ, or the type has no order.
   */
  static OptionalInt compare(@Nullable AttributeValue first, @Nullable AttributeValue second) {
    return first != null && second != null && ScalarOrder.isComparable(first, second)
        ? OptionalInt.of(ScalarOrder.compare(first, second))
        : OptionalInt.empty();
  }

  /** Whether the comparison holds; a missing value is unequal to everything. */
  static boolean holds(
      Comparator operator, @Nullable AttributeValue left, @Nullable AttributeValue right) {
    boolean equal = left != null && left.equals(right);
    OptionalInt order = operator.isOrdering() ? compare(left, right) : OptionalInt.empty();
    return switch (operator) {
      case EQ -> equal;
      case NE -> !equal;
      case LT -> order.isPresent() && order.getAsInt() < 0;
      case LE -> order.isPresent() && order.getAsInt() <= 0;
      case GT -> order.isPresent() && order.getAsInt() > 0;
      case GE -> order.isPresent() && order.getAsInt() >= 0;
    };
  }

  /** Whether the value starts with the prefix; both strings or both bytes. */
  static boolean beginsWith(@Nullable AttributeValue value, @Nullable AttributeValue prefix) {
    if (value instanceof AttributeValue.S a && prefix instanceof AttributeValue.S b) {
      return a.value().startsWith(b.value());
    }
    return value instanceof AttributeValue.B a
        && prefix instanceof AttributeValue.B b
        && isAt(a.value(), b.value(), 0);
  }

  /** Whether the value is a string or bytes with the part inside, or a set or list that has it. */
  static boolean contains(@Nullable AttributeValue value, @Nullable AttributeValue part) {
    return switch (value) {
      case AttributeValue.S s ->
          part instanceof AttributeValue.S t && s.value().contains(t.value());
      case AttributeValue.B b -> part instanceof AttributeValue.B t && has(b.value(), t.value());
      case AttributeValue.SS set ->
          part instanceof AttributeValue.S t && set.values().contains(t.value());
      case AttributeValue.NS set ->
          part instanceof AttributeValue.N t && set.values().contains(t.value());
      case AttributeValue.BS set ->
          part instanceof AttributeValue.B t && set.values().contains(t.value());
      case AttributeValue.L list -> part != null && list.values().contains(part);
      case null, default -> false;
    };
  }

  private static boolean has(Bytes bytes, Bytes part) {
    for (int at = 0; at + part.length() <= bytes.length(); at++) {
      if (isAt(bytes, part, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAt(Bytes bytes, Bytes part, int at) {
    return at + part.length() <= bytes.length()
        && Arrays.equals(bytes.array(), at, at + part.length(), part.array(), 0, part.length());
  }

  /** The size that {@code size} gives; empty for types without one. */
  static OptionalInt size(@Nullable AttributeValue value) {
    return switch (value) {
      case AttributeValue.S s -> OptionalInt.of(Utf8.length(s.value()));
      case AttributeValue.B b -> OptionalInt.of(b.value().length());
      case AttributeValue.SS set -> OptionalInt.of(set.values().size());
      case AttributeValue.NS set -> OptionalInt.of(set.values().size());
      case AttributeValue.BS set -> OptionalInt.of(set.values().size());
      case AttributeValue.L list -> OptionalInt.of(list.values().size());
      case AttributeValue.M map -> OptionalInt.of(map.values().size());
      case null, default -> OptionalInt.empty();
    };
  }

  /** As AWS's messages print a value, for example {@code {S:a}}. */
  static String print(AttributeValue value) {
    String content =
        switch (value) {
          case AttributeValue.S s -> s.value();
          case AttributeValue.N n -> n.value().toString();
          case AttributeValue.B b -> b.value().toString();
          case AttributeValue.Bool bool -> String.valueOf(bool.value());
          case AttributeValue.Null nothing -> "true";
          case AttributeValue.SS set -> set.values().toString();
          case AttributeValue.NS set -> set.values().toString();
          case AttributeValue.BS set -> set.values().toString();
          case AttributeValue.L list ->
              list.values().stream().map(ValueOrder::print).toList().toString();
          case AttributeValue.M map -> {
            var members = new ArrayList<String>();
            map.values().forEach((name, member) -> members.add(name + "=" + print(member)));
            yield "{" + String.join(", ", members) + "}";
          }
        };
    return "{" + value.type() + ":" + content + "}";
  }
}
