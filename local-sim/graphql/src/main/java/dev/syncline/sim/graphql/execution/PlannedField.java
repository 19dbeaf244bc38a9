// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import graphql.language.Argument;
import graphql.language.Field;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A field of a response with its merged occurrences in the document. Thread-safe. */
final class PlannedField {
  final int id;
  final int position;
  final int depth;
  final String key;
  final String name;
  final String parentType;
  final List<Field> nodes;
  final GraphQLFieldDefinition definition;
  final OutputShape shape;
  private final SelectionPlan plan;
  private final Map<String, List<PlannedField>> below = new ConcurrentHashMap<>(2);

  PlannedField(
      SelectionPlan plan,
      int position,
      int depth,
      String parentType,
      List<Field> nodes,
      GraphQLFieldDefinition definition) {
    this.plan = plan;
    this.id = plan.nextId();
    this.position = position;
    this.depth = depth;
    this.key = nodes.get(0).getResultKey();
    this.name = nodes.get(0).getName();
    this.parentType = parentType;
    this.nodes = nodes;
    this.definition = definition;
    this.shape = OutputShape.of(definition.getType());
  }

  /** The fields of a value of this field whose concrete type is {@code type}. */
  List<PlannedField> selection(GraphQLObjectType type) {
    List<PlannedField> known = below.get(type.getName());
    if (known == null) {
      known = plan.collect(type, nodes, depth + 1);
      below.put(type.getName(), known);
    }
    return known;
  }

  boolean isTypename() {
    return name.equals("__typename");
  }

  List<Argument> arguments() {
    return nodes.get(0).getArguments();
  }

  SelectionPlan plan() {
    return plan;
  }
}
