// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.AwsException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A GraphQL API with a schema, and calls of its operations. */
abstract class GraphqlFixture extends ControlPlaneFixture {
  static final String SCHEMA =
      "type Query { post(id: ID!): Post latest: [Post] }"
          + " type Mutation { publish(id: ID!): Post }"
          + " type Post { id: ID! title: String }";
  static final String TEMPLATES = "'requestMappingTemplate':'{}','responseMappingTemplate':'{}'";

  final String id =
      call("CreateGraphqlApi", "{'name':'blog','authenticationType':'API_KEY'}")
          .at("/graphqlApi/apiId")
          .asText();

  /** Calls an operation of the API with further members. */
  JsonNode of(String operation, String members) {
    return call(operation, input(members));
  }

  AwsException refused(String operation, String members) {
    return simulation.fail(operation, input(members));
  }

  private String input(String members) {
    return "{'apiId':'" + id + "'" + (members.isEmpty() ? "" : "," + members) + "}";
  }

  /** Creates a schema that is accepted. */
  void schema(String sdl) {
    assertThat(started(sdl).path("status").asText()).isEqualTo("SUCCESS");
  }

  /** Starts the creation of a schema; its status. */
  JsonNode started(String sdl) {
    String base64 = Base64.getEncoder().encodeToString(sdl.getBytes(StandardCharsets.UTF_8));
    assertThat(of("StartSchemaCreation", "'definition':'" + base64 + "'").path("status").asText())
        .isEqualTo("PROCESSING");
    return of("GetSchemaCreationStatus", "");
  }

  void source(String name, String type, String more) {
    of("CreateDataSource", "'name':'" + name + "','type':'" + type + "'" + more);
  }

  /** Creates a function; its id. */
  String function(String source) {
    return of("CreateFunction", "'name':'step','dataSourceName':'" + source + "'," + TEMPLATES)
        .at("/functionConfiguration/functionId")
        .asText();
  }

  JsonNode resolver(String type, String field, String members) {
    return of("CreateResolver", "'typeName':'" + type + "','fieldName':'" + field + "'," + members)
        .path("resolver");
  }

  /** A raw body as text. */
  String introspection(String members) {
    ObjectNode input = (ObjectNode) Simulation.json(input(members).replace('\'', '"'));
    return simulation.raw("GetIntrospectionSchema", input);
  }
}
