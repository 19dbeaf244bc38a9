// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import dev.syncline.sim.graphql.FieldResolver;
import org.jspecify.annotations.Nullable;

/** Finds the resolvers of fields. Thread-safe. */
@FunctionalInterface
public interface ResolverLookup {
  /** No field has a resolver. */
  ResolverLookup NONE = (parentType, field) -> null;

  /** The resolver of a field of an object type; null without one. */
  @Nullable FieldResolver find(String parentType, String field);
}
