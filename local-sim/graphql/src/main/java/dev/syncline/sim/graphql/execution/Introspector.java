// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.language.SelectionSet;
import graphql.schema.GraphQLSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Answers {@code __schema} and {@code __type} by graphql-java. Thread-safe. */
final class Introspector {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> ADDED =
      Set.of("defer", "stream", "experimental_disableErrorPropagation", "oneOf", "specifiedBy");

  private final GraphQLSchema schema;

  Introspector(GraphQLSchema schema) {
    this.schema = schema;
  }

  JsonNode value(
      PlannedField field, PreparedOperation operation, ObjectNode variables, Errors errors) {
    SelectionSet selection = SelectionSet.newSelectionSet(field.nodes).build();
    OperationDefinition alone =
        operation.definition().transform(builder -> builder.selectionSet(selection));
    List<Definition> definitions = new ArrayList<>(operation.fragments().values());
    definitions.add(alone);
    Document document = Document.newDocument().definitions(definitions).build();
    GraphQL graphql =
        GraphQL.newGraphQL(schema)
            .preparsedDocumentProvider(
                (input, parse) ->
                    CompletableFuture.completedFuture(new PreparsedDocumentEntry(document)))
            .build();
    Map<String, Object> values = new LinkedHashMap<>();
    variables
        .properties()
        .forEach(
            variable ->
                values.put(
                    variable.getKey(), JSON.convertValue(variable.getValue(), Object.class)));
    ExecutionResult result =
        graphql.execute(
            ExecutionInput.newExecutionInput("introspection").variables(values).build());
    result
        .getErrors()
        .forEach(
            error ->
                errors.add(null, ErrorNodes.request(error.getMessage(), error.getLocations())));
    Map<String, Object> data = result.getData();
    JsonNode shown = data == null ? NullNode.instance : JSON.valueToTree(data.get(field.key));
    if (shown.get("directives") instanceof ArrayNode directives) {
      leaveOut(directives);
    }
    return shown;
  }

  /** AppSync does not know the directives that the present graphql-java adds to each schema. */
  private static void leaveOut(ArrayNode directives) {
    for (int i = directives.size() - 1; i >= 0; i--) {
      if (ADDED.contains(directives.get(i).path("name").asText())) {
        directives.remove(i);
      }
    }
  }
}
