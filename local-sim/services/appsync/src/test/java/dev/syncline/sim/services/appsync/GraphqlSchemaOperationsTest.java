// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.appsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.AwsException;
import org.junit.jupiter.api.Test;

class GraphqlSchemaOperationsTest extends GraphqlFixture {
  @Test
  void aCreationIsProcessedAndThenJudged() {
    assertThat(of("GetSchemaCreationStatus", "").path("status").asText())
        .isEqualTo("NOT_APPLICABLE");
    JsonNode success = started(SCHEMA);
    assertThat(success.path("status").asText()).isEqualTo("SUCCESS");
    assertThat(success.path("details").asText()).contains("3 types");
  }

  @Test
  void aFailureLeavesTheSchemaBeforeItInForce() {
    schema(SCHEMA);
    JsonNode failed = started("type Post { id: ID }");
    assertThat(failed.path("status").asText()).isEqualTo("FAILED");
    assertThat(failed.path("details").asText()).isNotEmpty();
    assertThat(of("GetType", "'typeName':'Query','format':'SDL'").at("/type/name").asText())
        .isEqualTo("Query");
  }

  @Test
  void aSchemaIsShownAsTextAndAsIntrospection() {
    AwsException none = refused("GetIntrospectionSchema", "'format':'SDL'");
    assertThat(none.code()).isEqualTo("GraphQLSchemaException");
    assertThat(none.text()).isEqualTo("InvalidSyntaxError");
    schema(SCHEMA);
    assertThat(introspection("'format':'SDL'")).contains("type Post {");
    JsonNode json = Simulation.json(introspection("'format':'JSON'"));
    assertThat(json.at("/data/__schema/queryType/name").asText()).isEqualTo("Query");
    AwsException wrong = refused("GetIntrospectionSchema", "'format':'XML'");
    assertThat(wrong.code()).isEqualTo("BadRequestException");
    assertThat(wrong.text()).isEqualTo("Invalid format XML given.");
  }

  @Test
  void typesAreEditedOneByOneAndShownAsReceived() {
    schema(SCHEMA);
    String definition = "type Author  { name: String }";
    JsonNode made =
        of("CreateType", "'format':'SDL','definition':'" + definition + "'").path("type");
    assertThat(made.path("definition").asText()).isEqualTo(definition);
    assertThat(made.path("arn").asText()).endsWith("apis/" + id + "/types/Author");
    assertThat(refused("CreateType", "'format':'SDL','definition':'" + definition + "'").text())
        .isEqualTo("Type Author exists already.");
    of("UpdateType", "'typeName':'Author','format':'SDL','definition':'type Author { age: Int }'");
    assertThat(of("GetType", "'typeName':'Author','format':'SDL'").at("/type/definition").asText())
        .isEqualTo("type Author { age: Int }");
    assertThat(
            of("ListTypes", "'format':'JSON','maxResults':2")
                .path("types")
                .findValuesAsText("name"))
        .containsExactly("Author", "Mutation");
    of("DeleteType", "'typeName':'Author'");
    AwsException gone = refused("GetType", "'typeName':'Author','format':'SDL'");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.text()).isEqualTo("Type Author not found");
    assertThat(refused("DeleteType", "'typeName':'Post'").code()).isEqualTo("BadRequestException");
    assertThat(
            refused(
                    "UpdateType",
                    "'typeName':'Post','format':'SDL','definition':'type Other { id: ID }'")
                .text())
        .contains("must define the type Post");
  }

  @Test
  void typesCanComeBeforeTheSchema() {
    of("CreateType", "'format':'SDL','definition':'type Mutation { put: Int }'");
    assertThat(of("ListTypes", "'format':'SDL'").path("types")).hasSize(1);
    assertThat(refused("GetIntrospectionSchema", "'format':'SDL'").code())
        .isEqualTo("GraphQLSchemaException");
    of("CreateType", "'format':'SDL','definition':'type Query { get: Int }'");
    assertThat(introspection("'format':'SDL'")).contains("type Query {");
  }

  @Test
  void aDefinitionThatIsNotBase64IsRefused() {
    assertThat(refused("StartSchemaCreation", "'definition':'?'").text()).contains("Base64");
  }
}
