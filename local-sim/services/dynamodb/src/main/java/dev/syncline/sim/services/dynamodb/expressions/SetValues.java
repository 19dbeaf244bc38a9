// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Sums and differences of sets of one type. */
final class SetValues {
  private SetValues() {}

  /** The members of both; empty when they are not sets of one type. */
  static Optional<AttributeValue> union(AttributeValue first, AttributeValue second) {
    if (first instanceof AttributeValue.SS a && second instanceof AttributeValue.SS b) {
      return Optional.of(new AttributeValue.SS(sum(a.values(), b.values())));
    }
    if (first instanceof AttributeValue.NS a && second instanceof AttributeValue.NS b) {
      return Optional.of(new AttributeValue.NS(sum(a.values(), b.values())));
    }
    if (first instanceof AttributeValue.BS a && second instanceof AttributeValue.BS b) {
      return Optional.of(new AttributeValue.BS(sum(a.values(), b.values())));
    }
    return Optional.empty();
  }

  /** The members of the first that the second has not; empty when none is left. */
  static Optional<AttributeValue> difference(AttributeValue first, AttributeValue second) {
    if (first instanceof AttributeValue.SS a && second instanceof AttributeValue.SS b) {
      Set<String> rest = rest(a.values(), b.values());
      return rest.isEmpty() ? Optional.empty() : Optional.of(new AttributeValue.SS(rest));
    }
    if (first instanceof AttributeValue.NS a && second instanceof AttributeValue.NS b) {
      var rest = rest(a.values(), b.values());
      return rest.isEmpty() ? Optional.empty() : Optional.of(new AttributeValue.NS(rest));
    }
    if (first instanceof AttributeValue.BS a && second instanceof AttributeValue.BS b) {
      var rest = rest(a.values(), b.values());
      return rest.isEmpty() ? Optional.empty() : Optional.of(new AttributeValue.BS(rest));
    }
    throw new IllegalArgumentException(
        "Not sets of one type: " + first.type() + " and " + second.type());
  }

  private static <T> Set<T> sum(Set<T> first, Set<T> second) {
    var sum = new LinkedHashSet<>(first);
    sum.addAll(second);
    return sum;
  }

  private static <T> Set<T> rest(Set<T> first, Set<T> second) {
    var rest = new LinkedHashSet<>(first);
    rest.removeAll(second);
    return rest;
  }
}
