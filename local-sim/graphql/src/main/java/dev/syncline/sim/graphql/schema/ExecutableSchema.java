// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import graphql.Scalars;
import graphql.language.Description;
import graphql.language.Directive;
import graphql.language.DirectiveDefinition;
import graphql.language.DirectivesContainer;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValueDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.Type;
import graphql.language.TypeDefinition;
import graphql.language.UnionTypeDefinition;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeReference;
import graphql.schema.GraphQLUnionType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link GraphQLSchema} of a checked model. graphql-java's generator descends from type to
 * type, so that a long chain of types overflows the stack. Here every type is named by reference
 * only.
 */
final class ExecutableSchema {
  private static final Map<String, GraphQLScalarType> BUILT_IN =
      Map.of(
          "String", Scalars.GraphQLString,
          "Int", Scalars.GraphQLInt,
          "Float", Scalars.GraphQLFloat,
          "Boolean", Scalars.GraphQLBoolean,
          "ID", Scalars.GraphQLID);

  private static final String NO_REASON = "No longer supported";

  private final Map<String, GraphQLNamedType> types = new LinkedHashMap<>();
  private final GraphQLCodeRegistry.Builder code = GraphQLCodeRegistry.newCodeRegistry();

  private ExecutableSchema() {}

  static GraphQLSchema of(SchemaModel model) {
    return new ExecutableSchema().build(model);
  }

  private GraphQLSchema build(SchemaModel model) {
    model.types().values().forEach(type -> types.put(type.getName(), type(type)));
    GraphQLSchema.Builder schema = GraphQLSchema.newSchema();
    if (types.get(model.root("query")) instanceof GraphQLObjectType query) {
      schema.query(query);
    }
    if (types.get(model.root("mutation")) instanceof GraphQLObjectType mutation) {
      schema.mutation(mutation);
    }
    if (types.get(model.root("subscription")) instanceof GraphQLObjectType subscription) {
      schema.subscription(subscription);
    }
    for (DirectiveDefinition directive : AppSyncDirectives.DEFINITIONS) {
      schema.additionalDirective(AppSyncDirectives.executable(directive));
    }
    code.dataFetcher(
        FieldCoordinates.coordinates("__Schema", "directives"),
        (DataFetcher<?>) environment -> AppSyncDirectives.shown(environment.getGraphQLSchema()));
    types.values().forEach(schema::additionalType);
    return schema.codeRegistry(code.build()).build();
  }

  private GraphQLNamedType type(TypeDefinition<?> type) {
    return switch (type) {
      case ObjectTypeDefinition object -> object(object);
      case InterfaceTypeDefinition object -> interfaceType(object);
      case UnionTypeDefinition union -> union(union);
      case EnumTypeDefinition values -> enumType(values);
      case InputObjectTypeDefinition input -> input(input);
      default -> throw new IllegalArgumentException("unknown definition of " + type.getName());
    };
  }

  private GraphQLObjectType object(ObjectTypeDefinition type) {
    GraphQLObjectType.Builder built =
        GraphQLObjectType.newObject()
            .name(type.getName())
            .description(description(type.getDescription()));
    type.getFieldDefinitions().forEach(field -> built.field(field(field)));
    if (type.getFieldDefinitions().isEmpty()) {
      built.field(field -> field.name(PlaceholderVisibility.FIELD).type(Scalars.GraphQLBoolean));
      code.fieldVisibility(PlaceholderVisibility.INSTANCE);
    }
    SchemaModel.names(type.getImplements())
        .forEach(name -> built.withInterface(GraphQLTypeReference.typeRef(name)));
    return built.build();
  }

  private GraphQLInterfaceType interfaceType(InterfaceTypeDefinition type) {
    GraphQLInterfaceType.Builder built =
        GraphQLInterfaceType.newInterface()
            .name(type.getName())
            .description(description(type.getDescription()));
    type.getFieldDefinitions().forEach(field -> built.field(field(field)));
    SchemaModel.names(type.getImplements())
        .forEach(name -> built.withInterface(GraphQLTypeReference.typeRef(name)));
    code.typeResolver(type.getName(), TypenameResolver.INSTANCE);
    return built.build();
  }

  private GraphQLUnionType union(UnionTypeDefinition type) {
    GraphQLUnionType.Builder built =
        GraphQLUnionType.newUnionType()
            .name(type.getName())
            .description(description(type.getDescription()));
    SchemaModel.names(type.getMemberTypes())
        .forEach(name -> built.possibleType(GraphQLTypeReference.typeRef(name)));
    code.typeResolver(type.getName(), TypenameResolver.INSTANCE);
    return built.build();
  }

  private static GraphQLEnumType enumType(EnumTypeDefinition type) {
    GraphQLEnumType.Builder built =
        GraphQLEnumType.newEnum()
            .name(type.getName())
            .description(description(type.getDescription()));
    for (EnumValueDefinition value : type.getEnumValueDefinitions()) {
      built.value(
          GraphQLEnumValueDefinition.newEnumValueDefinition()
              .name(value.getName())
              .value(value.getName())
              .description(description(value.getDescription()))
              .deprecationReason(deprecation(value))
              .build());
    }
    return built.build();
  }

  private GraphQLInputObjectType input(InputObjectTypeDefinition type) {
    GraphQLInputObjectType.Builder built =
        GraphQLInputObjectType.newInputObject()
            .name(type.getName())
            .description(description(type.getDescription()));
    for (InputValueDefinition field : type.getInputValueDefinitions()) {
      GraphQLInputObjectField.Builder made =
          GraphQLInputObjectField.newInputObjectField()
              .name(field.getName())
              .description(description(field.getDescription()))
              .type(inputType(field.getType()));
      if (field.getDefaultValue() != null) {
        made.defaultValueLiteral(field.getDefaultValue());
      }
      built.field(made);
    }
    if (type.getInputValueDefinitions().isEmpty()) {
      built.field(field -> field.name(PlaceholderVisibility.FIELD).type(Scalars.GraphQLBoolean));
      code.fieldVisibility(PlaceholderVisibility.INSTANCE);
    }
    return built.build();
  }

  private static GraphQLFieldDefinition field(FieldDefinition field) {
    GraphQLFieldDefinition.Builder built =
        GraphQLFieldDefinition.newFieldDefinition()
            .name(field.getName())
            .description(description(field.getDescription()))
            .deprecate(deprecation(field))
            .type(outputType(field.getType()));
    field.getInputValueDefinitions().forEach(argument -> built.argument(argument(argument)));
    return built.build();
  }

  /** An argument of a field or directive. */
  static GraphQLArgument argument(InputValueDefinition argument) {
    GraphQLArgument.Builder built =
        GraphQLArgument.newArgument()
            .name(argument.getName())
            .description(description(argument.getDescription()))
            .type(inputType(argument.getType()));
    if (argument.getDefaultValue() != null) {
      built.defaultValueLiteral(argument.getDefaultValue());
    }
    return built.build();
  }

  private static GraphQLInputType inputType(Type<?> reference) {
    return (GraphQLInputType) reference(reference);
  }

  private static GraphQLOutputType outputType(Type<?> reference) {
    return (GraphQLOutputType) reference(reference);
  }

  private static GraphQLType reference(Type<?> reference) {
    return switch (reference) {
      case NonNullType type -> GraphQLNonNull.nonNull(reference(type.getType()));
      case ListType type -> GraphQLList.list(reference(type.getType()));
      default -> named(TypeReferences.name(reference));
    };
  }

  private static GraphQLType named(String name) {
    GraphQLScalarType builtIn = BUILT_IN.get(name);
    GraphQLScalarType scalar = builtIn == null ? ApiScalars.byName(name) : builtIn;
    return scalar == null ? GraphQLTypeReference.typeRef(name) : scalar;
  }

  /** The text of a description; null without one. */
  static @Nullable String description(@Nullable Description description) {
    return description == null ? null : description.getContent();
  }

  /** The reason of a deprecation; null for what is not deprecated. */
  static @Nullable String deprecation(DirectivesContainer<?> element) {
    List<Directive> directives = element.getDirectives("deprecated");
    if (directives.isEmpty()) {
      return null;
    }
    List<String> reasons = AppSyncDirectives.texts(directives.getFirst(), "reason");
    return reasons.isEmpty() ? NO_REASON : reasons.getFirst();
  }
}
