// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

/** Decides which fields a caller may see. Thread-safe. */
@FunctionalInterface
public interface FieldAccess {
  /** Every field. */
  FieldAccess ALL = (parentType, field) -> true;

  /** Whether the caller may see a field of an object type. */
  boolean allows(String parentType, String field);
}
