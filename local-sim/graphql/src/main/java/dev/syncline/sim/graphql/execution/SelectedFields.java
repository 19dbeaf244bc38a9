// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import dev.syncline.sim.graphql.FieldSelection;
import graphql.language.AstPrinter;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLUnionType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The selection below a planned field, computed when it is read. */
final class SelectedFields implements FieldSelection {
  /** Paths of a list at most. */
  private static final int MAX_PATHS = 10_000;

  private final PlannedField field;
  private final GraphQLSchema schema;
  private volatile @Nullable List<String> paths;
  private volatile @Nullable String text;

  SelectedFields(PlannedField field, GraphQLSchema schema) {
    this.field = field;
    this.schema = schema;
  }

  @Override
  public List<String> paths() {
    List<String> known = paths;
    if (known == null) {
      Set<String> found = new LinkedHashSet<>();
      add("", field, found);
      known = List.copyOf(found);
      paths = known;
    }
    return known;
  }

  @Override
  public String graphql() {
    String known = text;
    if (known == null) {
      known =
          field.nodes.get(0).getSelectionSet() == null
              ? ""
              : AstPrinter.printAst(field.nodes.get(0).getSelectionSet());
      text = known;
    }
    return known;
  }

  private void add(String prefix, PlannedField parent, Set<String> found) {
    for (GraphQLObjectType type : concreteTypes(parent, schema)) {
      for (PlannedField child : parent.selection(type)) {
        if (found.size() >= MAX_PATHS) {
          return;
        }
        String path = prefix + child.key;
        found.add(path);
        add(path + "/", child, found);
      }
    }
  }

  /** The object types that a value of a field can have. */
  static List<GraphQLObjectType> concreteTypes(PlannedField parent, GraphQLSchema schema) {
    return switch (parent.shape.named()) {
      case GraphQLObjectType type -> List.of(type);
      case GraphQLInterfaceType type -> schema.getImplementations(type);
      case GraphQLUnionType type -> {
        List<GraphQLObjectType> types = new ArrayList<>();
        type.getTypes()
            .forEach(
                member -> {
                  if (member instanceof GraphQLObjectType object) {
                    types.add(object);
                  }
                });
        yield types;
      }
      default -> List.of();
    };
  }
}
