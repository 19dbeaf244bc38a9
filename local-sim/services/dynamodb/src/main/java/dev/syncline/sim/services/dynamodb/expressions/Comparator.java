// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.dynamodb.expressions;

/** The comparison operators. */
public enum Comparator {
  EQ,
  NE,
  LT,
  LE,
  GT,
  GE;

  /** As written in expressions. */
  public String symbol() {
    return switch (this) {
      case EQ -> "=";
      case NE -> "<>";
      case LT -> "<";
      case LE -> "<=";
      case GT -> ">";
      case GE -> ">=";
    };
  }

  /** Whether it needs values that have an order. */
  boolean isOrdering() {
    return this != EQ && this != NE;
  }

  /** The operator that gives the same result when both sides are exchanged. */
  public Comparator mirrored() {
    return switch (this) {
      case EQ -> EQ;
      case NE -> NE;
      case LT -> GT;
      case LE -> GE;
      case GT -> LT;
      case GE -> LE;
    };
  }
}
