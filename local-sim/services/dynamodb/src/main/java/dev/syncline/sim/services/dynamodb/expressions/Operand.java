// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

import dev.syncline.sim.services.dynamodb.values.AttributeType;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.DynamoNumber;
import dev.syncline.sim.services.dynamodb.values.Item;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Something in a condition that has a value. Placeholders are looked up. */
sealed interface Operand {

  /** The value for an item; null when it is missing. */
  @Nullable AttributeValue value(Item item);

  /** The type, if it is known before an item is read. */
  Optional<AttributeType> type();

  /** A value of the item. */
  record Attribute(DocumentPath path) implements Operand {
    @Override
    public @Nullable AttributeValue value(Item item) {
      return path.read(item);
    }

    @Override
    public Optional<AttributeType> type() {
      return Optional.empty();
    }
  }

  /** A value of the request. */
  record Literal(AttributeValue literal) implements Operand {
    @Override
    public AttributeValue value(Item item) {
      return literal;
    }

    @Override
    public Optional<AttributeType> type() {
      return Optional.of(literal.type());
    }
  }

  /** {@code size}. */
  record Size(Operand operand) implements Operand {
    @Override
    public @Nullable AttributeValue value(Item item) {
      OptionalInt size = ValueOrder.size(operand.value(item));
      return size.isPresent() ? new AttributeValue.N(DynamoNumber.of(size.getAsInt())) : null;
    }

    @Override
    public Optional<AttributeType> type() {
      return Optional.of(AttributeType.N);
    }
  }
}
