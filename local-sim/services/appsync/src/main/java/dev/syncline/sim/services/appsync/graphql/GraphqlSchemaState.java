// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import dev.syncline.sim.graphql.schema.ApiSchema;
import dev.syncline.sim.graphql.schema.SchemaTypes;
import org.jspecify.annotations.Nullable;

/**
 * The schema of an API and the state of its creation. Immutable.
 *
 * @param types the types in force; they may not make a schema yet
 * @param details of the last creation, or how to go on
 */
public record GraphqlSchemaState(SchemaTypes types, Status status, String details) {
  /** The states of schema creation that the simulator shows, as the service's model names them. */
  public enum Status {
    /** Started and not yet finished. */
    PROCESSING,
    /** The last creation succeeded. */
    SUCCESS,
    /** The last creation failed; the schema before it stays in force. */
    FAILED,
    /** No creation was started. */
    NOT_APPLICABLE
  }

  /** The state of an API without a schema. */
  static GraphqlSchemaState none() {
    return new GraphqlSchemaState(
        SchemaTypes.empty(), Status.NOT_APPLICABLE, "No schema has been created yet.");
  }

  /** The state after a creation that succeeded. */
  static GraphqlSchemaState success(ApiSchema schema) {
    return new GraphqlSchemaState(
        SchemaTypes.of(schema),
        Status.SUCCESS,
        "Successfully created schema with " + schema.typeCount() + " types.");
  }

  /** The schema in force; null before the first success. */
  public @Nullable ApiSchema schema() {
    return types.schema().orElse(null);
  }

  GraphqlSchemaState with(Status changed, String newDetails) {
    return new GraphqlSchemaState(types, changed, newDetails);
  }

  GraphqlSchemaState withTypes(SchemaTypes changed) {
    return new GraphqlSchemaState(changed, status, details);
  }
}
