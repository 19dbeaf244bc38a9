// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSONata's tests of values. */
final class JsonataValues {
  private JsonataValues() {}

  /**
   * Whether this is a number.
   *
   * @throws JsonataException D1001 if it is an infinite one
   */
  static boolean isNumeric(@Nullable Object value) {
    if (!(value instanceof Double number) || number.isNaN()) {
      return false;
    }
    if (number.isInfinite()) {
      throw JsonataException.of("D1001").value(value);
    }
    return true;
  }

  static boolean allNumbers(Sequence array) {
    // Checks every element: an infinite number fails at any index.
    return array.stream().filter(element -> !isNumeric(element)).count() == 0;
  }

  static boolean allStrings(Sequence array) {
    return array.stream().allMatch(String.class::isInstance);
  }

  /** The result of {@code $boolean}; null for undefined. */
  static @Nullable Boolean toBoolean(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Sequence array ->
          array.size() == 1
              ? toBoolean(array.getFirst())
              : array.stream().filter(JsonataValues::truth).count() > 0;
      case String text -> !text.isEmpty();
      case Double number -> isNumeric(number) && number != 0;
      case Boolean bool -> bool;
      case Map<?, ?> object -> !object.isEmpty();
      // The reference represents these functions as objects.
      case Function.Lambda lambda -> true;
      case Function.Builtin builtin -> builtin.signature() != null;
      default -> false;
    };
  }

  /** Whether a condition holds. */
  static boolean truth(@Nullable Object value) {
    return Boolean.TRUE.equals(toBoolean(value));
  }

  /** Whether the value is truthy in JavaScript. */
  static boolean truthy(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case JsonNull none -> false;
      case Boolean bool -> bool;
      case Double number -> number != 0 && !number.isNaN();
      case String text -> !text.isEmpty();
      default -> true;
    };
  }

  /** Strict equality: by value, except for arrays, objects and functions. */
  static boolean same(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Double l && right instanceof Double r) {
      return l.doubleValue() == r.doubleValue();
    }
    if (left instanceof String || left instanceof Boolean) {
      return left.equals(right);
    }
    return left == right;
  }

  /** Equality in depth. */
  static boolean equal(@Nullable Object left, @Nullable Object right) {
    if (same(left, right)) {
      return true;
    }
    if (left instanceof Sequence l && right instanceof Sequence r) {
      if (l.size() != r.size()) {
        return false;
      }
      for (int i = 0; i < l.size(); i++) {
        if (!equal(l.get(i), r.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (left instanceof Map<?, ?> l && right instanceof Map<?, ?> r) {
      return l.size() == r.size()
          && l.entrySet().stream()
              .allMatch(e -> r.containsKey(e.getKey()) && equal(e.getValue(), r.get(e.getKey())));
    }
    return false;
  }

  /** The values of a key in an object, or in all objects of an array. */
  static @Nullable Object lookup(@Nullable Object input, String key) {
    if (input instanceof Sequence array) {
      Sequence found = Sequence.create();
      for (Object element : array) {
        Object value = lookup(element, key);
        if (value instanceof Sequence values) {
          found.addAll(values);
        } else if (value != null) {
          found.add(value);
        }
      }
      return found;
    }
    return input instanceof Map<?, ?> object ? object.get(key) : null;
  }
}
