// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import graphql.introspection.Introspection;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.DirectiveDefinition;
import graphql.language.Document;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.parser.Parser;
import graphql.schema.GraphQLDirective;
import graphql.schema.GraphQLSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The directives that every schema may use without a declaration. */
final class AppSyncDirectives {
  /** The declarations, as introspection lists them. */
  static final List<DirectiveDefinition> DEFINITIONS =
      definitions(
          """
          "Allows a result to be deferred."
          directive @defer on FIELD

          "Names the mutations that trigger a subscription."
          directive @aws_subscribe(
            "The names of fields of the mutation type."
            mutations: [String]
          ) on FIELD_DEFINITION

          "Names the subscriptions that a mutation triggers. Use @aws_subscribe instead."
          directive @aws_publish(
            "The names of fields of the subscription type."
            subscriptions: [String]
          ) on FIELD_DEFINITION

          "Allows access by an API key."
          directive @aws_api_key on OBJECT | FIELD_DEFINITION

          "Allows access by a signature version 4."
          directive @aws_iam on OBJECT | FIELD_DEFINITION

          "Allows access by an OpenID Connect token."
          directive @aws_oidc on OBJECT | FIELD_DEFINITION

          "Allows access by a Lambda authorizer."
          directive @aws_lambda on OBJECT | FIELD_DEFINITION

          "Allows access by a token of a user pool."
          directive @aws_cognito_user_pools(
            "The groups of the user pool that have access."
            cognito_groups: [String]
          ) on OBJECT | FIELD_DEFINITION

          "Limits a field to groups of the only user pool."
          directive @aws_auth(
            "The groups of the user pool that have access."
            cognito_groups: [String]
          ) on FIELD_DEFINITION

          "Prefers a type or field over that of another source API in a merged API."
          directive @canonical on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | FIELD_DEFINITION

          "Keeps a type or field out of a merged API."
          directive @hidden on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | FIELD_DEFINITION

          "Renames a type or field in a merged API."
          directive @renamed(
            "The new name."
            to: String!
          ) on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | FIELD_DEFINITION
          """);

  private static final Map<String, DirectiveDefinition> BY_NAME =
      DEFINITIONS.stream()
          .collect(Collectors.toUnmodifiableMap(DirectiveDefinition::getName, Function.identity()));

  /** Directives that graphql-java declares in every schema and AppSync does not know. */
  private static final Set<String> NOT_OF_APPSYNC =
      Set.of("specifiedBy", "oneOf", "experimental_disableErrorPropagation");

  private AppSyncDirectives() {}

  /** The directives that introspection shows. */
  static List<GraphQLDirective> shown(GraphQLSchema schema) {
    return schema.getDirectives().stream()
        .filter(directive -> !NOT_OF_APPSYNC.contains(directive.getName()))
        .toList();
  }

  /** Whether AppSync knows a directive. */
  static boolean isKnown(String name) {
    return BY_NAME.containsKey(name);
  }

  /** The texts of an argument that is a list or one text; empty without the argument. */
  static List<String> texts(Directive directive, String argument) {
    Argument found = directive.getArgument(argument);
    return found == null ? List.of() : texts(found.getValue());
  }

  private static List<String> texts(@Nullable Value<?> value) {
    return switch (value) {
      case StringValue text -> List.of(text.getValue());
      case ArrayValue list ->
          list.getValues().stream()
              .filter(StringValue.class::isInstance)
              .map(text -> ((StringValue) text).getValue())
              .toList();
      case null, default -> List.of();
    };
  }

  /** A declaration for a schema that is executed. */
  static GraphQLDirective executable(DirectiveDefinition declaration) {
    GraphQLDirective.Builder built =
        GraphQLDirective.newDirective()
            .name(declaration.getName())
            .description(ExecutableSchema.description(declaration.getDescription()));
    declaration
        .getDirectiveLocations()
        .forEach(
            location ->
                built.validLocation(Introspection.DirectiveLocation.valueOf(location.getName())));
    declaration
        .getInputValueDefinitions()
        .forEach(argument -> built.argument(ExecutableSchema.argument(argument)));
    return built.build();
  }

  private static List<DirectiveDefinition> definitions(String sdl) {
    Document document = new Parser().parseDocument(sdl);
    return document.getDefinitionsOfType(DirectiveDefinition.class);
  }
}
