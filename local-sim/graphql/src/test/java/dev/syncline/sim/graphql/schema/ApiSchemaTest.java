// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.graphql.schema.FieldRules.Mode;
import dev.syncline.sim.graphql.schema.FieldRules.Rule;
import graphql.GraphQL;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLObjectType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas that AppSync takes, and what is read from them. */
class ApiSchemaTest {
  private static final String ITEMS =
      """
      # An item.
      type DataItem @aws_api_key @aws_cognito_user_pools(cognito_groups: ["Admins", "Editors"]) {
        id: ID!
        title: String
        secret: String @aws_iam @aws_oidc
        audit: String @aws_auth(cognito_groups: "Auditors")
        price: Float @aws_lambda
      }
      type Query { getDataItem(id: ID!): DataItem  items: [DataItem!]! @made_up(of: [1, {a: B}]) }
      type Mutation {
        createDataItem(title: String!): DataItem!
        updateDataItem(id: ID!): DataItem
        importItems: [DataItem] @aws_publish(subscriptions: ["onImport"])
      }
      type Subscription {
        onAnyChange: DataItem @aws_subscribe(mutations: ["createDataItem", "updateDataItem"])
        onCreate(title: String): DataItem @aws_subscribe(mutations: "createDataItem")
        onImport: [DataItem]
        onNothing: String @aws_subscribe
      }
      schema { query: Query mutation: Mutation subscription: Subscription }
      """;

  @Test
  void readsTheMutationsOfSubscriptions() throws SchemaException {
    assertThat(ApiSchema.parse(ITEMS).subscriptions())
        .containsExactly(
            Map.entry("onAnyChange", List.of("createDataItem", "updateDataItem")),
            Map.entry("onCreate", List.of("createDataItem")),
            Map.entry("onImport", List.of("importItems")),
            Map.entry("onNothing", List.of()));
  }

  @Test
  void resolvesTheRulesOfFields() throws SchemaException {
    ApiSchema schema = ApiSchema.parse(ITEMS);
    FieldRules type =
        new FieldRules(
            List.of(
                new Rule(Mode.API_KEY, List.of(), false),
                new Rule(Mode.AMAZON_COGNITO_USER_POOLS, List.of("Admins", "Editors"), false)));

    assertThat(schema.rules("DataItem", "title", true)).isEqualTo(type);
    assertThat(schema.rules("DataItem", "secret", true).rules())
        .containsExactly(
            new Rule(Mode.AWS_IAM, List.of(), false),
            new Rule(Mode.OPENID_CONNECT, List.of(), false));
    assertThat(schema.rules("DataItem", "price", true).rules())
        .containsExactly(new Rule(Mode.AWS_LAMBDA, List.of(), false));
    assertThat(schema.rules("Query", "items", true)).isEqualTo(FieldRules.NONE);
    assertThat(schema.rules("Unknown", "field", true)).isEqualTo(FieldRules.NONE);
  }

  @Test
  void ignoresAwsAuthWhenItDoesNotCount() throws SchemaException {
    ApiSchema schema = ApiSchema.parse(ITEMS);

    assertThat(schema.rules("DataItem", "audit", true).rules())
        .containsExactly(new Rule(Mode.AMAZON_COGNITO_USER_POOLS, List.of("Auditors"), true));
    assertThat(schema.rules("DataItem", "audit", false))
        .isEqualTo(schema.rules("DataItem", "title", false));
  }

  @Test
  void knowsTypesAndFields() throws SchemaException {
    ApiSchema schema = ApiSchema.parse(ITEMS);

    assertThat(schema.typeCount()).isEqualTo(4);
    assertThat(schema.hasType("DataItem")).isTrue();
    assertThat(schema.hasField("Mutation", "importItems")).isTrue();
    assertThat(schema.hasField("Mutation", "getDataItem")).isFalse();
    assertThat(schema.hasField("Nothing", "id")).isFalse();
    assertThat(schema.text()).isEqualTo(ITEMS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type Query { a: Int } interface A { a: Int } interface B { b: Int }"
            + " type C implements A, B { a: Int b: Int }",
        "type Query { a: Int } interface A { a: Int } interface B { b: Int }"
            + " type C implements A B @aws_iam { a: Int b: Int }",
        "type Query { a: Int } interface A { a: Int } interface B { b: Int }"
            + " type C implements A # comment, with B\n , B { a: Int b: Int }",
        "type Query { a: Int } interface A { a: Int } interface B implements A { a: Int b: Int }"
            + " type C implements A & B { a: Int b: Int }",
        "type Query { implements: Int  type(implements: Int, input: Int): implements }"
            + " type implements { enum: Int }",
        "type Query { a: E } enum E { implements type input }",
        "type Query { a: Int } extend type Query { b: Int } extend type Query @aws_iam",
        "type Q { a: Int } schema { query: Q }",
        "type schema { query: Query } type Query { a: Int }",
        "directive @aws_subscribe(mutations: [String]) on FIELD_DEFINITION\n"
            + "directive @aws_auth(cognito_groups: [String!]!) on FIELD_DEFINITION\n"
            + "directive @aws_cache_control(maxAge: Int, scope: CacheScope) on FIELD_DEFINITION\n"
            + "enum CacheScope { PUBLIC PRIVATE }\n"
            + "type Query { a: Int @aws_cache_control(maxAge: 3, scope: PUBLIC) }",
        "scalar AWSDateTime type Query { a(b: AWSDateTime): AWSJSON }",
        "\"\"\"Says \\\"\"\" implements A, B\"\"\" type Query { \"a: b, c\" a: Int }",
        "type Query { a(b: Int = 3, c: [E] = [X], d: I = {e: \"x\"}): Int } enum E { X Y }"
            + " input I { e: String = \"y\" f: I }",
        "type Query { a: U } union U = | A | B type A { a: Int } type B { a: Int }",
        "type Query { a: Int @deprecated b: Int @deprecated(reason: \"old\") }",
        "\uFEFFtype Query { a: [[Int!]!]! }",
        "type Query { a(b: Int @deprecated(reason: \"no\")): Int @canonical @renamed(to: \"b\") }",
        "type Query {}",
        "type Query { a: Int; b: [String]; };",
        "type\u00a0Query\u2003{ a(b: Float = 1.5e+3): Int }\u2028",
        "type Query { \"é; ü\" a(b: String = \"; é\"): Int } # é;",
      })
  void acceptsWhatAppSyncAccepts(String sdl) throws SchemaException {
    assertThat(ApiSchema.parse(sdl).graphql().getQueryType()).isNotNull();
  }

  @Test
  void typesWithoutFieldsStayEmpty() throws SchemaException {
    ApiSchema schema = ApiSchema.parse("type Query {} input I {} type A { a(i: I): Query }");

    assertThat(schema.hasField("Query", "_empty")).isFalse();
    assertThat(schema.hasField("A", "a")).isTrue();
    assertThat(schema.toIntrospection(true).toString()).doesNotContain("_empty");
    assertThat(
            GraphQL.newGraphQL(schema.graphql(code -> {}))
                .build()
                .execute("{ _empty }")
                .getErrors())
        .hasSize(1);
  }

  @Test
  void mergesExtensions() throws SchemaException {
    ApiSchema schema =
        ApiSchema.parse(
            "type Query { a: A } extend type Query { b: Int } interface A { a: Int }"
                + " type B { a: Int } extend type B implements A extend enum E { Y } enum E { X }"
                + " input I { a: Int } extend input I { b: E } union U = B extend union U = Query"
                + " extend schema { mutation: B }");

    assertThat(schema.hasField("Query", "b")).isTrue();
    GraphQLObjectType type = schema.graphql().getObjectType("B");
    assertThat(type.getInterfaces()).hasSize(1);
    assertThat(schema.graphql().getMutationType()).isSameAs(type);
  }

  @Test
  void resolvesAbstractTypesByTypename() throws Exception {
    ObjectNode value =
        (ObjectNode) new ObjectMapper().readTree("{\"__typename\":\"Dog\",\"name\":\"Rex\"}");
    ApiSchema schema =
        ApiSchema.parse(
            "type Query { pet: Pet } union Pet = Cat | Dog type Cat { name: String }"
                + " type Dog { name: String }");
    DataFetcher<Object> pet = environment -> value;
    DataFetcher<Object> name = environment -> value.get("name").asText();

    Object data =
        GraphQL.newGraphQL(
                schema.graphql(
                    code ->
                        code.dataFetcher(FieldCoordinates.coordinates("Query", "pet"), pet)
                            .dataFetcher(FieldCoordinates.coordinates("Dog", "name"), name)))
            .build()
            .execute("{ pet { __typename ... on Dog { name } } }")
            .getData();

    assertThat(data).isEqualTo(Map.of("pet", Map.of("__typename", "Dog", "name", "Rex")));
  }
}
