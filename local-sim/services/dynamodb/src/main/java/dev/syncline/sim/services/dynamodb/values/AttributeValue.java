// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

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
    /** True. */
    public static final Bool TRUE = new Bool(true);

    /** False. */
    public static final Bool FALSE = new Bool(false);

    @Override
    public AttributeType type() {
      return AttributeType.BOOL;
    }
  }

  /** The null value. */
  record Null() implements AttributeValue {
    /** The value. */
    public static final Null NULL = new Null();

    @Override
    public AttributeType type() {
      return AttributeType.NULL;
    }
  }

  /** A list. */
  record L(List<AttributeValue> values) implements AttributeValue {
    /** Copies the list, unless it is immutable. */
    public L {
      values = List.copyOf(values);
    }

    @Override
    public AttributeType type() {
      return AttributeType.L;
    }
  }

  /** A map, in the order of the names. */
  record M(Map<String, AttributeValue> values) implements AttributeValue {
    /** Copies the map, unless it is that of another value. */
    public M {
      values = SortedAttributes.copyOf(values);
    }

    @Override
    public AttributeType type() {
      return AttributeType.M;
    }
  }

  /** A set of strings, in ascending order. */
  record SS(Set<String> values) implements AttributeValue {
    /** Copies the set, unless it is that of another value. */
    public SS {
      values = SortedMembers.copyOf(String.class, values, new String[0]);
    }

    @Override
    public AttributeType type() {
      return AttributeType.SS;
    }
  }

  /** A set of numbers, in ascending order. */
  record NS(Set<DynamoNumber> values) implements AttributeValue {
    /** Copies the set, unless it is that of another value. */
    public NS {
      values = SortedMembers.copyOf(DynamoNumber.class, values, new DynamoNumber[0]);
    }

    @Override
    public AttributeType type() {
      return AttributeType.NS;
    }
  }

  /** A set of byte strings, in ascending order. */
  record BS(Set<Bytes> values) implements AttributeValue {
    /** Copies the set, unless it is that of another value. */
    public BS {
      values = SortedMembers.copyOf(Bytes.class, values, new Bytes[0]);
    }

    @Override
    public AttributeType type() {
      return AttributeType.BS;
    }
  }
}
