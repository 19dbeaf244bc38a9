// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import com.fasterxml.jackson.databind.JsonNode;
import graphql.TypeResolutionEnvironment;
import graphql.schema.GraphQLObjectType;
import graphql.schema.TypeResolver;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the type of a value by its member {@code __typename}. */
enum TypenameResolver implements TypeResolver {
  INSTANCE;

  @Override
  public @Nullable GraphQLObjectType getType(TypeResolutionEnvironment environment) {
    Object value = environment.getObject();
    Object name =
        switch (value) {
          case JsonNode node -> node.path("__typename").asText();
          case Map<?, ?> map -> map.get("__typename");
          case null, default -> null;
        };
    return name instanceof String text && !text.isEmpty()
        ? environment.getSchema().getObjectType(text)
        : null;
  }
}
