// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import org.jspecify.annotations.Nullable;

/** The binary operators. */
final class Operators {
  private static final double MAX_RANGE = 1e7;

  private Operators() {}

  static @Nullable Object calculate(@Nullable Object left, @Nullable Object right, String op) {
    if (left != null && !JsonataValues.isNumeric(left)) {
      throw JsonataException.of("T2001").value(left);
    }
    if (right != null && !JsonataValues.isNumeric(right)) {
      throw JsonataException.of("T2002").value(right);
    }
    if (left == null || right == null) {
      return null;
    }
    double l = (Double) left;
    double r = (Double) right;
    return switch (op) {
      case "+" -> l + r;
      case "-" -> l - r;
      case "*" -> l * r;
      case "/" -> l / r;
      case "%" -> l % r;
      default -> throw JsonataException.of("S0204").token(op);
    };
  }

  private static boolean comparable(@Nullable Object value) {
    return value == null || value instanceof String || value instanceof Double;
  }

  static @Nullable Boolean compare(@Nullable Object left, @Nullable Object right, String op) {
    if (!comparable(left) || !comparable(right)) {
      throw JsonataException.of("T2010").value(comparable(left) ? right : left);
    }
    if (left == null || right == null) {
      return null;
    }
    if (left.getClass() != right.getClass()) {
      throw JsonataException.of("T2009").value(left).with("value2", right);
    }
    if (left instanceof Double l && right instanceof Double r) {
      return switch (op) {
        case "<" -> l < r;
        case "<=" -> l <= r;
        case ">" -> l > r;
        default -> l >= r;
      };
    }
    int order = ((String) left).compareTo((String) right);
    return switch (op) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  static String concatenate(@Nullable Object left, @Nullable Object right) {
    return (left == null ? "" : JsonataText.string(left, false))
        + (right == null ? "" : JsonataText.string(right, false));
  }

  static boolean includes(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return false;
    }
    if (right instanceof Sequence elements) {
      return elements.stream().anyMatch(element -> JsonataValues.same(element, left));
    }
    return JsonataValues.same(right, left);
  }

  private static boolean integer(@Nullable Object value) {
    return value instanceof Double number && !number.isInfinite() && Math.floor(number) == number;
  }

  static @Nullable Sequence range(@Nullable Object left, @Nullable Object right, Budget budget) {
    if (left != null && !integer(left)) {
      throw JsonataException.of("T2003").value(left);
    }
    if (right != null && !integer(right)) {
      throw JsonataException.of("T2004").value(right);
    }
    if (left == null || right == null) {
      return null;
    }
    double first = (Double) left;
    double last = (Double) right;
    if (first > last) {
      return null;
    }
    double size = last - first + 1;
    if (size > MAX_RANGE) {
      throw JsonataException.of("D2014").value(size);
    }
    budget.elements(size);
    Sequence range = Sequence.create();
    for (double at = first; range.size() < size && at <= last; at++) {
      range.add(at);
    }
    return range;
  }
}
