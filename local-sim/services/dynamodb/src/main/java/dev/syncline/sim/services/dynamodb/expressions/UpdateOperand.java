// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.AttributeType;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.DynamoNumber;
import dev.syncline.sim.services.dynamodb.values.Item;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.util.ArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The right side of SET. Placeholders are looked up. */
sealed interface UpdateOperand {

  /**
   * The value for the item as it was before the update.
   *
   * @throws ValidationFault for a missing attribute and for a wrong type
   */
  AttributeValue value(Item item);

  /** The type of every value that it may have; null when the item decides it. */
  default @Nullable AttributeType knownType() {
    return null;
  }

  /** A value of the item. */
  record Attribute(DocumentPath path) implements UpdateOperand {
    @Override
    public AttributeValue value(Item item) {
      @Nullable AttributeValue value = path.read(item);
      if (value == null) {
        throw ValidationFault.bare(
            "The provided expression refers to an attribute that does not exist in the item");
      }
      return value;
    }
  }

  /** A value of the request. */
  record Literal(AttributeValue literal) implements UpdateOperand {
    @Override
    public AttributeValue value(Item item) {
      return literal;
    }

    @Override
    public AttributeType knownType() {
      return literal.type();
    }
  }

  /** {@code if_not_exists}. */
  record IfNotExists(DocumentPath path, UpdateOperand otherwise) implements UpdateOperand {
    @Override
    public AttributeValue value(Item item) {
      @Nullable AttributeValue value = path.read(item);
      return value == null ? otherwise.value(item) : value;
    }
  }

  /** {@code list_append}. */
  record ListAppend(UpdateOperand first, UpdateOperand second) implements UpdateOperand {
    @Override
    public AttributeValue value(Item item) {
      AttributeValue one = first.value(item);
      AttributeValue two = second.value(item);
      if (!(one instanceof AttributeValue.L head && two instanceof AttributeValue.L tail)) {
        throw wrongType();
      }
      var values = new ArrayList<>(head.values());
      values.addAll(tail.values());
      return new AttributeValue.L(values);
    }

    @Override
    public AttributeType knownType() {
      return AttributeType.L;
    }
  }

  /** {@code +} and {@code -}. */
  record Arithmetic(boolean plus, UpdateOperand left, UpdateOperand right)
      implements UpdateOperand {
    @Override
    public AttributeValue value(Item item) {
      AttributeValue one = left.value(item);
      AttributeValue two = right.value(item);
      if (!(one instanceof AttributeValue.N a && two instanceof AttributeValue.N b)) {
        throw wrongType();
      }
      return plus ? sum(a, b) : difference(a, b);
    }

    @Override
    public AttributeType knownType() {
      return AttributeType.N;
    }
  }

  /** The sum; a result out of the limits of numbers is refused. */
  static AttributeValue.N sum(AttributeValue.N first, AttributeValue.N second) {
    return limited(() -> first.value().add(second.value()));
  }

  /** The difference; a result out of the limits of numbers is refused. */
  static AttributeValue.N difference(AttributeValue.N first, AttributeValue.N second) {
    return limited(() -> first.value().subtract(second.value()));
  }

  private static AttributeValue.N limited(Supplier<DynamoNumber> result) {
    try {
      return new AttributeValue.N(result.get());
    } catch (ValidationFault outOfLimits) {
      // The stored item takes part in it, so the sentence stands alone in every operation.
      throw ValidationFault.bare(outOfLimits.text());
    }
  }

  /** The fault of a stored value of a wrong type. */
  static ValidationFault wrongType() {
    return ValidationFault.bare("An operand in the update expression has an incorrect data type");
  }
}
