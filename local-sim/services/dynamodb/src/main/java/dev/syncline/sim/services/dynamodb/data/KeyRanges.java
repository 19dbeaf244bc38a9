// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.data;

import dev.syncline.sim.services.dynamodb.expressions.KeyCondition;
import dev.syncline.sim.services.dynamodb.values.AttributeType;
import dev.syncline.sim.services.dynamodb.values.AttributeValue;
import dev.syncline.sim.services.dynamodb.values.OrderedBytes;
import dev.syncline.sim.services.dynamodb.values.Sizes;
import dev.syncline.sim.services.dynamodb.values.ValidationFault;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the conditions of a query against the key of a table or index: each hash attribute needs
 * an equality. Range attributes are used from the first on without gaps, and only the last one used
 * may have another condition than an equality.
 */
final class KeyRanges {
  private static final String UNSUPPORTED = "Query key condition not supported";
  private static final int MAX_CLASSIC_CONDITIONS = 2;

  private final KeySchema schema;
  private final Map<String, KeyCondition.Part> terms = new HashMap<>();
  private final List<AttributeValue> hash = new ArrayList<>();
  private final List<KeyCondition.Part> range = new ArrayList<>();
  private long hashBytes;
  private long rangeBytes;

  /**
   * Takes the conditions.
   *
   * @throws ValidationFault for too many of them
   */
  KeyRanges(KeySchema schema, KeyCondition condition) {
    this.schema = schema;
    if (isClassic() && condition.parts().size() > MAX_CLASSIC_CONDITIONS) {
      throw ValidationFault.bare(
          "The number of query conditions (%d) exceeds the number of key attributes defined in the schema (%d)"
              .formatted(condition.parts().size(), schema.all().size()));
    }
    for (KeyCondition.Part term : condition.parts()) {
      if (terms.put(term.attribute(), term) != null) {
        throw ValidationFault.bare(
            "KeyConditionExpressions must only contain one condition per key");
      }
    }
  }

  private boolean isClassic() {
    return schema.hash().size() == 1 && schema.range().size() <= 1;
  }

  /**
   * Takes the condition of the next attribute of the key.
   *
   * @throws ValidationFault when it is missing or unsuitable
   */
  void take(KeyAttribute attribute) {
    boolean isHash = hash.size() < schema.hash().size();
    if (isHash && schema.all().size() == 1 && terms.size() > 1) {
      throw ValidationFault.bare(UNSUPPORTED);
    }
    KeyCondition.Part term = terms.get(attribute.name());
    if (term == null) {
      if (isHash || hash.size() + range.size() < terms.size()) {
        throw ValidationFault.bare(
            "Query condition missed key schema element: " + attribute.name());
      }
      return;
    }
    if (term.operator() == KeyCondition.Operator.NOT_INDEXABLE) {
      throw ValidationFault.bare("Attempted conditional constraint is not an indexable operation");
    }
    for (AttributeValue operand : term.operands()) {
      if (operand.type() != attribute.type()) {
        throw Keys.invalid("Condition parameter type does not match schema type");
      }
    }
    if (!isUsable(attribute, term, isHash)) {
      throw ValidationFault.bare(UNSUPPORTED);
    }
    long bytes = 0;
    for (AttributeValue operand : term.operands()) {
      Keys.requireNotEmpty(attribute.name(), operand);
      bytes = Math.max(bytes, Sizes.of(operand));
    }
    if (isHash) {
      hashBytes += bytes;
      Keys.requireHashSize(hashBytes);
      hash.add(term.operands().getFirst());
    } else {
      rangeBytes += bytes;
      Keys.requireRangeSize(rangeBytes);
      range.add(term);
    }
  }

  private boolean isUsable(KeyAttribute attribute, KeyCondition.Part term, boolean isHash) {
    if (isHash) {
      return term.operator() == KeyCondition.Operator.EQ;
    }
    if (term.operator() == KeyCondition.Operator.BEGINS_WITH
        && attribute.type() == AttributeType.N) {
      return false;
    }
    return range.isEmpty() || range.getLast().operator() == KeyCondition.Operator.EQ;
  }

  /**
   * Checks that every condition was on an attribute of the key.
   *
   * @throws ValidationFault when there are others
   */
  void requireAllTaken() {
    if (hash.size() + range.size() < terms.size()) {
      throw ValidationFault.bare(UNSUPPORTED);
    }
  }

  /** Whether there is a condition on a range attribute. */
  boolean hasRange() {
    return !range.isEmpty();
  }

  /** What all keys of the partition begin with. */
  byte[] partition() {
    return KeyBytes.partition(hash);
  }

  /** The keys that fulfil the conditions. */
  ByteRange bytes() {
    var prefix = new ByteArrayOutputStream(64);
    prefix.writeBytes(partition());
    for (KeyCondition.Part term : range) {
      if (term.operator() != KeyCondition.Operator.EQ) {
        return bytes(prefix.toByteArray(), term);
      }
      OrderedBytes.write(prefix, term.operands().getFirst());
    }
    return ByteRange.startingWith(prefix.toByteArray());
  }

  private static ByteRange bytes(byte[] prefix, KeyCondition.Part term) {
    byte @Nullable [] end = KeyBytes.after(prefix);
    byte[] first = joined(prefix, term.operands().getFirst(), false);
    return switch (term.operator()) {
      case EQ -> ByteRange.startingWith(first);
      case LT -> new ByteRange(prefix, first);
      case LE -> new ByteRange(prefix, KeyBytes.after(first));
      case GE -> new ByteRange(first, end);
      case GT -> {
        byte[] beyond = KeyBytes.after(first);
        yield beyond == null ? new ByteRange(first, first) : new ByteRange(beyond, end);
      }
      case BETWEEN ->
          new ByteRange(first, KeyBytes.after(joined(prefix, term.operands().get(1), false)));
      case BEGINS_WITH -> ByteRange.startingWith(joined(prefix, term.operands().getFirst(), true));
      case NOT_INDEXABLE -> throw new IllegalStateException("Not indexable: " + term.attribute());
    };
  }

  private static byte[] joined(byte[] prefix, AttributeValue value, boolean open) {
    var out = new ByteArrayOutputStream(prefix.length + 32);
    out.writeBytes(prefix);
    if (open) {
      OrderedBytes.writePrefix(out, value);
    } else {
      OrderedBytes.write(out, value);
    }
    return out.toByteArray();
  }
}
