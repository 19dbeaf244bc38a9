// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.AttributeType;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition whose placeholders are looked up. */
sealed interface Predicate {

  /** Whether it holds for an item; an empty item stands for a missing one. */
  boolean test(Item item);

  /** A comparison. */
  record Comparison(Comparator operator, Operand left, Operand right) implements Predicate {
    @Override
    public boolean test(Item item) {
      return ValueOrder.holds(operator, left.value(item), right.value(item));
    }
  }

  /** {@code BETWEEN}. */
  record Between(Operand operand, Operand lower, Operand upper) implements Predicate {
    @Override
    public boolean test(Item item) {
      @Nullable AttributeValue value = operand.value(item);
      return ValueOrder.holds(Comparator.GE, value, lower.value(item))
          && ValueOrder.holds(Comparator.LE, value, upper.value(item));
    }
  }

  /** {@code IN}. */
  record In(Operand operand, List<Operand> candidates) implements Predicate {
    @Override
    public boolean test(Item item) {
      @Nullable AttributeValue value = operand.value(item);
      return candidates.stream()
          .anyMatch(candidate -> ValueOrder.holds(Comparator.EQ, value, candidate.value(item)));
    }
  }

  /** {@code attribute_exists} or, if not expected, {@code attribute_not_exists}. */
  record Exists(Operand.Attribute operand, boolean expected) implements Predicate {
    @Override
    public boolean test(Item item) {
      return (operand.value(item) != null) == expected;
    }
  }

  /** {@code attribute_type}. */
  record TypeIs(Operand operand, AttributeType type) implements Predicate {
    @Override
    public boolean test(Item item) {
      @Nullable AttributeValue value = operand.value(item);
      return value != null && value.type() == type;
    }
  }

  /** {@code begins_with}. */
  record BeginsWith(Operand operand, Operand prefix) implements Predicate {
    @Override
    public boolean test(Item item) {
      return ValueOrder.beginsWith(operand.value(item), prefix.value(item));
    }
  }

  /** {@code contains}. */
  record Contains(Operand operand, Operand part) implements Predicate {
    @Override
    public boolean test(Item item) {
      return ValueOrder.contains(operand.value(item), part.value(item));
    }
  }

  /** {@code AND}. */
  record All(List<Predicate> parts) implements Predicate {
    @Override
    public boolean test(Item item) {
      for (Predicate part : parts) {
        if (!part.test(item)) {
          return false;
        }
      }
      return true;
    }
  }

  /** {@code OR}. */
  record Any(List<Predicate> parts) implements Predicate {
    @Override
    public boolean test(Item item) {
      for (Predicate part : parts) {
        if (part.test(item)) {
          return true;
        }
      }
      return false;
    }
  }

  /** {@code NOT}. */
  record Negation(Predicate part) implements Predicate {
    @Override
    public boolean test(Item item) {
      return !part.test(item);
    }
  }
}
