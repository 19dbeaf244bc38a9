// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

/** The types of attribute values, by the names that AWS gives them on the wire. */
public enum AttributeType {
  S,
  N,
  B,
  SS,
  NS,
  BS,
  M,
  L,
  BOOL,
  NULL;

  /** The name in messages about ADD and DELETE, for example {@code STRING_SET}. */
  public String longName() {
    return switch (this) {
      case S -> "STRING";
      case N -> "NUMBER";
      case B -> "BINARY";
      case SS -> "STRING_SET";
      case NS -> "NUMBER_SET";
      case BS -> "BINARY_SET";
      case M -> "MAP";
      case L -> "LIST";
      case BOOL -> "BOOLEAN";
      case NULL -> "NULL";
    };
  }

  /** Whether values of the type have an order: S, N and B. */
  public boolean isOrdered() {
    return this == S || this == N || this == B;
  }

  /** Whether it is a set. */
  public boolean isSet() {
    return this == SS || this == NS || this == BS;
  }
}
