// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputFieldsContainer;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.visibility.GraphqlFieldVisibility;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hides the field of types that AppSync takes without fields and graphql-java does not. Documents
 * and introspection do not see it.
 */
enum PlaceholderVisibility implements GraphqlFieldVisibility {
  INSTANCE;

  /** The name of the field. */
  static final String FIELD = "_empty";

  @Override
  public List<GraphQLFieldDefinition> getFieldDefinitions(GraphQLFieldsContainer type) {
    return type.getFieldDefinitions().stream()
        .filter(field -> !field.getName().equals(FIELD))
        .toList();
  }

  @Override
  public @Nullable GraphQLFieldDefinition getFieldDefinition(
      GraphQLFieldsContainer type, String name) {
    return name.equals(FIELD) ? null : type.getFieldDefinition(name);
  }

  @Override
  public List<GraphQLInputObjectField> getFieldDefinitions(GraphQLInputFieldsContainer type) {
    return type.getFieldDefinitions().stream()
        .filter(field -> !field.getName().equals(FIELD))
        .toList();
  }

  @Override
  public @Nullable GraphQLInputObjectField getFieldDefinition(
      GraphQLInputFieldsContainer type, String name) {
    return name.equals(FIELD) ? null : type.getFieldDefinition(name);
  }
}
