// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync.graphql;

import dev.syncline.sim.graphql.schema.ApiSchema;
import org.jspecify.annotations.Nullable;

/**
 * The schema of an API and the state of its creation. Immutable.
 *
 * @param schema the schema in force; null before the first success
 * @param details of the last creation, or how to go on
 */
public record GraphqlSchemaState(@Nullable ApiSchema schema, Status status, String details) {
  /** The state of an API without a schema. */
  static final GraphqlSchemaState NONE =
      new GraphqlSchemaState(null, Status.NOT_APPLICABLE, "No schema has been created yet.");

  /** The state after a creation that succeeded. */
  static GraphqlSchemaState success(ApiSchema schema) {
    return new GraphqlSchemaState(
        schema,
        Status.SUCCESS,
        "Successfully created schema with " + GraphqlSchemas.types(schema).size() + " types.");
  }

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
}
