// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;

/** A checked schema. Immutable and thread-safe. */
public final class ApiSchema {
  private final String text;
  private final GraphQLSchema graphql;

  private ApiSchema(String text, GraphQLSchema graphql) {
    this.text = text;
    this.graphql = graphql;
  }

  /**
   * Reads and checks a schema.
   *
   * @throws SchemaException with AppSync's text when it is refused
   */
  public static ApiSchema parse(String sdl) throws SchemaException {
    try {
      GraphQLSchema schema =
          new SchemaGenerator()
              .makeExecutableSchema(
                  new SchemaParser().parse(sdl), RuntimeWiring.newRuntimeWiring().build());
      return new ApiSchema(sdl, schema);
    } catch (graphql.GraphQLException refused) {
      throw new SchemaException(String.valueOf(refused.getMessage()));
    }
  }

  /** The text as received. */
  public String text() {
    return text;
  }

  /** The schema for execution, without data fetchers. */
  public GraphQLSchema graphql() {
    return graphql;
  }
}
