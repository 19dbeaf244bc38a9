// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import dev.syncline.sim.graphql.FieldError;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a selected field that a subscriber may not see, on any type that the value can have. Looks
 * at each selection set once for each type. Not thread-safe.
 */
final class DeniedSelections {
  private record Visit(SelectionSet set, String type) {}

  private final GraphQLSchema schema;
  private final SelectionPlan plan;
  private final FieldAccess access;
  private final Set<Visit> visited = new HashSet<>();

  DeniedSelections(GraphQLSchema schema, SelectionPlan plan, FieldAccess access) {
    this.schema = schema;
    this.plan = plan;
    this.access = access;
  }

  /** The error of the first field; null when all may be seen. */
  @Nullable FieldError first(PlannedField root) {
    if (!access.allows(root.parentType, root.name)) {
      return FieldError.unauthorized(root.parentType, root.name);
    }
    GraphQLType type = GraphQLTypeUtil.unwrapAll(root.definition.getType());
    FieldError denied = null;
    for (Field node : root.nodes) {
      denied = denied == null ? inSet(node.getSelectionSet(), type) : denied;
    }
    return denied;
  }

  private @Nullable FieldError inSet(@Nullable SelectionSet set, @Nullable GraphQLType type) {
    FieldError denied = null;
    for (GraphQLObjectType concrete : concrete(type)) {
      if (set != null && denied == null && visited.add(new Visit(set, concrete.getName()))) {
        for (Selection<?> selection : set.getSelections()) {
          denied = denied == null ? inSelection(selection, concrete) : denied;
        }
      }
    }
    return denied;
  }

  private @Nullable FieldError inSelection(Selection<?> selection, GraphQLObjectType type) {
    return switch (selection) {
      case Field field when plan.isIncluded(field) -> inField(field, type);
      case InlineFragment inline when plan.isIncluded(inline) ->
          inFragment(inline.getTypeCondition(), inline.getSelectionSet(), type);
      case FragmentSpread spread when plan.isIncluded(spread) -> {
        FragmentDefinition fragment = plan.fragment(spread.getName());
        yield fragment == null
            ? null
            : inFragment(fragment.getTypeCondition(), fragment.getSelectionSet(), type);
      }
      default -> null;
    };
  }

  private @Nullable FieldError inField(Field field, GraphQLObjectType type) {
    GraphQLFieldDefinition definition = type.getFieldDefinition(field.getName());
    if (definition == null) {
      return null;
    }
    if (!access.allows(type.getName(), field.getName())) {
      return FieldError.unauthorized(type.getName(), field.getName());
    }
    return inSet(field.getSelectionSet(), GraphQLTypeUtil.unwrapAll(definition.getType()));
  }

  private @Nullable FieldError inFragment(
      @Nullable TypeName condition, SelectionSet set, GraphQLObjectType type) {
    return plan.applies(condition, type) ? inSet(set, type) : null;
  }

  private List<GraphQLObjectType> concrete(@Nullable GraphQLType type) {
    return switch (type) {
      case GraphQLObjectType object -> List.of(object);
      case GraphQLInterfaceType given -> schema.getImplementations(given);
      case GraphQLUnionType given ->
          given.getTypes().stream()
              .filter(GraphQLObjectType.class::isInstance)
              .map(GraphQLObjectType.class::cast)
              .toList();
      case null, default -> List.of();
    };
  }
}
