// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.values;

/** The types of attribute values, by the names that AWS gives them on the wire. */
public enum AttributeType {
  S("STRING"),
  N("NUMBER"),
  B("BINARY"),
  SS("STRING_SET"),
  NS("NUMBER_SET"),
  BS("BINARY_SET"),
  M("MAP"),
  L("LIST"),
  BOOL("BOOLEAN"),
  NULL("NULL");

  private final String longName;

  AttributeType(String longName) {
    this.longName = longName;
  }

  /** The name in messages about ADD and DELETE, for example {@code STRING_SET}. */
  public String longName() {
    return longName;
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
