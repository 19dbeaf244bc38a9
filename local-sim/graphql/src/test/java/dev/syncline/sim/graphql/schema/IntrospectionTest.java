// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What GetIntrospectionSchema answers. */
class IntrospectionTest {
  private static final String SDL =
      """
      # A comment is no description.
      type Query { item(id: ID!, tags: [String!]! = ["a"]): Item @aws_iam }
      type Mutation { put(input: ItemInput): Item }
      type Subscription { onPut: Item @aws_subscribe(mutations: ["put"]) }
      "An \\"item\\""
      type Item implements Node @aws_api_key @made_up {
        \"""
        Its id.
        \"""
        id: ID!
        at: AWSDateTime @aws_cognito_user_pools(cognito_groups: ["A", "B"])
        old: Int @deprecated(reason: "gone") @aws_lambda
        kind: Kind
        next: Other
      }
      extend type Item { extended: Float }
      input ItemInput { data: AWSJSON = "{}" kind: Kind = A }
      enum Kind { A "b" B @deprecated }
      interface Node { id: ID! }
      union Other = Item | Query
      directive @made_up on OBJECT
      """;

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(element -> names.add(element.path("name").asText()));
    return names;
  }

  @Test
  void writesSdlWithDirectives() throws SchemaException {
    assertThat(ApiSchema.parse(SDL).toSdl(true))
        .isEqualTo(
            """
            schema {
              query: Query
              mutation: Mutation
              subscription: Subscription
            }

            interface Node {
              id: ID!
            }

            union Other = Item | Query

            "An \\"item\\""
            type Item implements Node @aws_api_key {
              \"""
              Its id.
              \"""
              id: ID!
              at: AWSDateTime @aws_cognito_user_pools(cognito_groups: ["A", "B"])
              old: Int @deprecated(reason: "gone") @aws_lambda
              kind: Kind
              next: Other
              extended: Float
            }

            type Mutation {
              put(input: ItemInput): Item
            }

            type Query {
              item(id: ID!, tags: [String!]! = ["a"]): Item @aws_iam
            }

            type Subscription {
              onPut: Item @aws_subscribe(mutations: ["put"])
            }

            enum Kind {
              A
              "b"
              B @deprecated
            }

            input ItemInput {
              data: AWSJSON = "{}"
              kind: Kind = A
            }
            """);
  }

  @Test
  void writesSdlWithoutDirectives() throws SchemaException {
    String sdl = ApiSchema.parse(SDL).toSdl(false);

    assertThat(sdl).doesNotContain("aws_").doesNotContain("made_up").contains("@deprecated");
  }

  @Test
  void sdlCanBeReadAgain() throws SchemaException {
    String sdl = ApiSchema.parse(SDL).toSdl(true);
    ApiSchema again = ApiSchema.parse(sdl);

    assertThat(again.toSdl(true)).isEqualTo(sdl);
    assertThat(again.subscriptions()).isEqualTo(ApiSchema.parse(SDL).subscriptions());
  }

  @Test
  void writesTheResultOfAnIntrospectionQuery() throws SchemaException {
    JsonNode schema = ApiSchema.parse(SDL).toIntrospection(true).at("/data/__schema");

    assertThat(schema.at("/queryType/name").asText()).isEqualTo("Query");
    assertThat(schema.at("/subscriptionType/name").asText()).isEqualTo("Subscription");
    assertThat(names(schema.path("directives")))
        .contains(
            "include",
            "skip",
            "deprecated",
            "aws_subscribe",
            "aws_auth",
            "aws_iam",
            "aws_cognito_user_pools")
        .doesNotContain("made_up", "specifiedBy", "oneOf");
    assertThat(names(schema.path("types")))
        .contains("Item", "Kind", "AWSJSON", "AWSDateTime", "__Schema", "String", "Boolean")
        .doesNotContain("AWSDate", "AWSPhone");
    JsonNode item = schema.path("types").get(names(schema.path("types")).indexOf("Item"));
    assertThat(item.path("kind").asText()).isEqualTo("OBJECT");
    assertThat(item.path("description").asText()).isEqualTo("An \"item\"");
    assertThat(names(item.path("fields")))
        .containsExactly("id", "at", "old", "kind", "next", "extended");
    assertThat(item.at("/fields/2/deprecationReason").asText()).isEqualTo("gone");
    assertThat(item.at("/fields/0/description").asText()).isEqualTo("Its id.");
    JsonNode query = schema.path("types").get(names(schema.path("types")).indexOf("Query"));
    assertThat(query.path("description").isNull()).isTrue();
    assertThat(query.at("/fields/0/args/1/defaultValue").asText()).isEqualTo("[\"a\"]");
    assertThat(query.at("/fields/0/args/1/type/ofType/kind").asText()).isEqualTo("LIST");
  }

  @Test
  void leavesOutDirectivesOfAppSync() throws SchemaException {
    JsonNode result = ApiSchema.parse(SDL).toIntrospection(false);

    assertThat(names(result.at("/data/__schema/directives")))
        .containsExactlyInAnyOrder("include", "skip", "deprecated");
    assertThat(result.fieldNames()).toIterable().containsExactly("data");
  }
}
