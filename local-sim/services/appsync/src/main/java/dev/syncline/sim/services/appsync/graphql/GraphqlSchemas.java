// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import dev.syncline.sim.graphql.schema.ApiSchema;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import graphql.schema.GraphQLObjectType;
import org.jspecify.annotations.Nullable;

/** Looks types and fields up in the schema of an API. Stateless and thread-safe. */
final class GraphqlSchemas {
  private GraphqlSchemas() {}

  /** Whether the schema has an object type with that field. */
  static boolean hasField(@Nullable ApiSchema schema, String type, String field) {
    return schema != null
        && schema.graphql().getType(type) instanceof GraphQLObjectType object
        && object.getFieldDefinition(field) != null;
  }

  /**
   * Requires a type.
   *
   * @throws AwsException when the schema does not have it
   */
  static void requireType(@Nullable ApiSchema schema, String type) {
    if (schema == null || schema.graphql().getType(type) == null) {
      throw AppSyncErrors.missing("Type " + type + " not found");
    }
  }

  /**
   * Requires a field.
   *
   * @throws AwsException when the schema does not have it
   */
  static void requireField(@Nullable ApiSchema schema, String type, String field) {
    requireType(schema, type);
    if (!hasField(schema, type, field)) {
      throw AppSyncErrors.missing("No field named " + field + " found on type " + type);
    }
  }

  static java.util.List<String> types(ApiSchema schema) {
    return schema.graphql().getAllTypesAsList().stream()
        .map(type -> type.getName())
        .filter(name -> !name.startsWith("__"))
        .toList();
  }

  static String sdl(ApiSchema schema, boolean directives) {
    return schema.text();
  }

  static String introspection(ApiSchema schema, boolean directives) {
    return schema.text();
  }
}
