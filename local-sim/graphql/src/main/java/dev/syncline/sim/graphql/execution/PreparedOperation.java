// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.language.ListType;
import graphql.language.Node;
import graphql.language.NonNullType;
import graphql.language.OperationDefinition;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.VariableDefinition;
import graphql.language.VariableReference;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/** An operation of a valid document. Thread-safe. */
final class PreparedOperation {
  private static final int MAX_PLANS = 32;

  private final GraphQLSchema schema;
  private final OperationDefinition definition;
  private final GraphQLObjectType root;
  private final Map<String, FragmentDefinition> fragments;
  private final List<PlannedVariable> variables = new ArrayList<>();
  private final Set<String> conditions;
  private final IntConsumer kept;
  private final Map<Map<String, Boolean>, SelectionPlan> plans = new ConcurrentHashMap<>();

  PreparedOperation(
      GraphQLSchema schema,
      Document document,
      OperationDefinition definition,
      GraphQLObjectType root,
      IntConsumer kept) {
    this.kept = kept;
    this.schema = schema;
    this.definition = definition;
    this.root = root;
    this.fragments = new LinkedHashMap<>();
    for (FragmentDefinition fragment : document.getDefinitionsOfType(FragmentDefinition.class)) {
      fragments.put(fragment.getName(), fragment);
    }
    for (VariableDefinition variable : definition.getVariableDefinitions()) {
      variables.add(new PlannedVariable(variable.getName(), variable, type(variable.getType())));
    }
    this.conditions = variables.isEmpty() ? Set.of() : conditionVariables(document);
  }

  OperationDefinition definition() {
    return definition;
  }

  GraphQLObjectType root() {
    return root;
  }

  List<PlannedVariable> variables() {
    return variables;
  }

  Map<String, FragmentDefinition> fragments() {
    return fragments;
  }

  /** The plan for coerced variables; the same object for equal conditions. */
  SelectionPlan plan(ObjectNode coerced) {
    Map<String, Boolean> key = Map.of();
    if (!conditions.isEmpty()) {
      key = new LinkedHashMap<>();
      for (String name : conditions) {
        JsonNode value = coerced.get(name);
        key.put(name, value != null && value.asBoolean());
      }
    }
    SelectionPlan known = plans.get(key);
    if (known == null) {
      known = new SelectionPlan(schema, fragments, definition, root, key, kept);
      if (plans.size() < MAX_PLANS) {
        plans.put(key, known);
      }
    }
    return known;
  }

  private GraphQLType type(Type<?> type) {
    return switch (type) {
      case NonNullType required -> GraphQLNonNull.nonNull(type(required.getType()));
      case ListType list -> GraphQLList.list(type(list.getType()));
      case TypeName name -> {
        GraphQLType named = schema.getType(name.getName());
        if (named == null) {
          throw new IllegalStateException("no type " + name.getName());
        }
        yield named;
      }
      default -> throw new IllegalStateException("unknown type " + type);
    };
  }

  private static Set<String> conditionVariables(Document document) {
    Set<String> names = new TreeSet<>();
    Deque<Node<?>> open = new ArrayDeque<>();
    open.add(document);
    while (!open.isEmpty()) {
      Node<?> node = open.removeLast();
      if (node instanceof Directive directive
          && directive.getArgument("if") != null
          && directive.getArgument("if").getValue() instanceof VariableReference variable) {
        names.add(variable.getName());
      }
      for (Node<?> child : node.getChildren()) {
        open.add(child);
      }
    }
    return names;
  }
}
