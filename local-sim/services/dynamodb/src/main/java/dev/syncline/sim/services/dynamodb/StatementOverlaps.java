// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb;

import dev.syncline.sim.services.dynamodb.data.KeySchema;
import dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Operator;
import dev.syncline.sim.services.dynamodb.expressions.KeyCondition.Part;
import dev.syncline.sim.services.dynamodb.partiql.Where;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.ScalarOrder;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Refuses a SELECT whose alternatives read one partition with conditions on the range attribute
 * that overlap, as AWS does; one with NOT or {@code <>} on that attribute is spared. Stateless.
 */
final class StatementOverlaps {
  private StatementOverlaps() {}

  /**
   * @throws ValidationFault in AWS's words
   */
  static void refuse(KeySchema key, Where where) {
    if (key.range().isEmpty()) {
      return;
    }
    String hash = key.hash().getFirst().name();
    String range = key.range().getFirst().name();
    var earlier = new ArrayList<Where.Branch>();
    for (Where.Branch branch : where.branches()) {
      if (partition(branch, hash).isEmpty()) {
        return;
      }
    }
    for (Where.Branch branch : where.branches()) {
      for (Where.Branch other : earlier) {
        if (partition(branch, hash).equals(partition(other, hash))
            && !branch.negated().contains(range)
            && !other.negated().contains(range)
            && overlap(branch.terms(range), other.terms(range))) {
          throw ValidationFault.bare(
              "Overlapping conditions with range keys are not supported in where clause");
        }
      }
      earlier.add(branch);
    }
  }

  private static Optional<AttributeValue> partition(Where.Branch branch, String hash) {
    return branch.terms(hash).stream()
        .filter(part -> part.operator() == Operator.EQ)
        .map(part -> part.operands().getFirst())
        .findFirst();
  }

  /** Two alternatives without a condition on the range attribute are one read with a filter. */
  private static boolean overlap(List<Part> first, List<Part> second) {
    if (first.isEmpty() || second.isEmpty()) {
      return first.isEmpty() != second.isEmpty();
    }
    return !isApart(first, second) && !isApart(second, first);
  }

  /** Whether all values of the first stand before those of the second. */
  private static boolean isApart(List<Part> first, List<Part> second) {
    for (Part upper : first) {
      for (Part lower : second) {
        if (isApart(upper, lower)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isApart(Part first, Part second) {
    boolean hasUpper =
        first.operator() != Operator.GT
            && first.operator() != Operator.GE
            && first.operator() != Operator.BEGINS_WITH;
    boolean hasLower = second.operator() != Operator.LT && second.operator() != Operator.LE;
    AttributeValue upper = first.operands().getLast();
    AttributeValue lower = second.operands().getFirst();
    if (!hasLower || !ScalarOrder.isComparable(upper, lower)) {
      return false;
    }
    int order = ScalarOrder.compare(upper, lower);
    if (first.operator() == Operator.BEGINS_WITH) {
      // All values with a prefix stand before a greater value that does not have it.
      return order < 0 && !hasPrefix(lower, upper);
    }
    boolean open = first.operator() == Operator.LT || second.operator() == Operator.GT;
    return hasUpper && (order < 0 || (order == 0 && open));
  }

  private static boolean hasPrefix(AttributeValue value, AttributeValue prefix) {
    return !(value instanceof AttributeValue.S text && prefix instanceof AttributeValue.S start)
        || text.value().startsWith(start.value());
  }
}
