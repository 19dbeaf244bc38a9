// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The value of an attribute. Equality is DynamoDB's: numbers by value, sets and maps without order,
 * lists in order. Immutable.
 */
public sealed interface AttributeValue {

  /** The type. */
  AttributeType type();

  /** A string. */
  record S(String value) implements AttributeValue {
    @Override
    public AttributeType type() {
      return AttributeType.S;
    }
  }

  /** A number. */
  record N(DynamoNumber value) implements AttributeValue {
    @Override
    public AttributeType type() {
      return AttributeType.N;
    }
  }

  /** Bytes. */
  record B(Bytes value) implements AttributeValue {
    @Override
    public AttributeType type() {
      return AttributeType.B;
    }
  }

  /** A boolean. */
  record Bool(boolean value) implements AttributeValue {
    @Override
    public AttributeType type() {
      return AttributeType.BOOL;
    }
  }

  /** The null value. */
  record Null() implements AttributeValue {
    @Override
    public AttributeType type() {
      return AttributeType.NULL;
    }
  }

  /** A list. */
  record L(List<AttributeValue> values) implements AttributeValue {
    /** Copies the list. */
    public L {
      values = List.copyOf(values);
    }

    @Override
    public AttributeType type() {
      return AttributeType.L;
    }
  }

  /** A map, in the order given. */
  record M(Map<String, AttributeValue> values) implements AttributeValue {
    /** Copies the map. */
    public M {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    @Override
    public AttributeType type() {
      return AttributeType.M;
    }
  }

  /** A set of strings, in the order given. */
  record SS(Set<String> values) implements AttributeValue {
    /** Copies the set. */
    public SS {
      values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
    }

    @Override
    public AttributeType type() {
      return AttributeType.SS;
    }
  }

  /** A set of numbers, in the order given. */
  record NS(Set<DynamoNumber> values) implements AttributeValue {
    /** Copies the set. */
    public NS {
      values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
    }

    @Override
    public AttributeType type() {
      return AttributeType.NS;
    }
  }

  /** A set of byte strings, in the order given. */
  record BS(Set<Bytes> values) implements AttributeValue {
    /** Copies the set. */
    public BS {
      values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
    }

    @Override
    public AttributeType type() {
      return AttributeType.BS;
    }
  }
}
