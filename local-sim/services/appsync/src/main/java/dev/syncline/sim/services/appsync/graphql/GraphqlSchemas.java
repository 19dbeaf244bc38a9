// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import dev.syncline.sim.graphql.schema.ApiSchema;
import dev.syncline.sim.service.AwsException;
import dev.syncline.sim.services.appsync.common.AppSyncErrors;
import org.jspecify.annotations.Nullable;

/** Looks types and fields up in the schema of an API. Stateless and thread-safe. */
final class GraphqlSchemas {
  private GraphqlSchemas() {}

  /** Whether the schema has a type with that field. */
  static boolean hasField(@Nullable ApiSchema schema, String type, String field) {
    return schema != null && schema.hasField(type, field);
  }

  /**
   * Requires a type.
   *
   * @throws AwsException when the schema does not have it
   */
  static void requireType(@Nullable ApiSchema schema, String type) {
    if (schema == null || !schema.hasType(type)) {
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
}
