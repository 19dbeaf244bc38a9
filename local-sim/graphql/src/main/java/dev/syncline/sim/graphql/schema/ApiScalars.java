// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import graphql.schema.GraphQLScalarType;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every scalar that a schema may name, with AppSync's coercion. */
public final class ApiScalars {
  private static final Map<String, GraphQLScalarType> SCALARS =
      Stream.concat(BuiltInScalars.ALL.stream(), AwsScalars.all().stream())
          .collect(Collectors.toUnmodifiableMap(GraphQLScalarType::getName, Function.identity()));

  private static final Set<String> BUILT_IN =
      BuiltInScalars.ALL.stream()
          .map(GraphQLScalarType::getName)
          .collect(Collectors.toUnmodifiableSet());

  private ApiScalars() {}

  /**
   * A scalar; null for another name. Built-in scalars coerce leniently, unlike those of the same
   * name in {@link ApiSchema#graphql}, which are graphql-java's because its introspection needs
   * them.
   */
  public static @Nullable GraphQLScalarType byName(String name) {
    return SCALARS.get(name);
  }

  /** Whether a scalar is one of GraphQL's own. */
  static boolean isBuiltIn(String name) {
    return BUILT_IN.contains(name);
  }
}
