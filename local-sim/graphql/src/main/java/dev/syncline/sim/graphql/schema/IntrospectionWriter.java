// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.introspection.GoodFaithIntrospection;
import graphql.introspection.IntrospectionQueryBuilder;
import graphql.schema.GraphQLSchema;
import java.util.Map;

/** Writes a schema as the result of an introspection query. */
final class IntrospectionWriter {
  /** Lists and non-null types around a name that the result shows, as in clients' own queries. */
  private static final int REFERENCE_DEPTH = 7;

  private static final String QUERY =
      IntrospectionQueryBuilder.build(
          IntrospectionQueryBuilder.Options.defaultOptions()
              .directiveIsRepeatable(false)
              .inputValueDeprecation(false)
              .isOneOf(false)
              .schemaDescription(false)
              .specifiedByUrl(false)
              .typeRefFragmentDepth(REFERENCE_DEPTH));

  private static final ObjectMapper JSON = new ObjectMapper();

  private IntrospectionWriter() {}

  /** The result: an object with {@code data}. */
  static ObjectNode write(GraphQLSchema schema, boolean withDirectives) {
    Map<String, Object> result =
        GraphQL.newGraphQL(schema)
            .build()
            .execute(
                ExecutionInput.newExecutionInput(QUERY)
                    .graphQLContext(
                        Map.of(GoodFaithIntrospection.GOOD_FAITH_INTROSPECTION_DISABLED, true))
                    .build())
            .toSpecification();
    ObjectNode tree = JSON.valueToTree(result);
    ObjectNode shown = JSON.createObjectNode();
    shown.set("data", tree.path("data"));
    if (tree.at("/data/__schema/directives") instanceof ArrayNode directives) {
      for (int index = directives.size() - 1; index >= 0; index--) {
        String name = directives.get(index).path("name").asText();
        if (!withDirectives && AppSyncDirectives.isKnown(name)) {
          directives.remove(index);
        }
      }
    }
    return shown;
  }
}
