// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.schema;

import dev.syncline.sim.graphql.schema.FieldRules.Mode;
import dev.syncline.sim.graphql.schema.FieldRules.Rule;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.TypeDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The authorization directives of a schema: a field's replace its type's. Immutable. */
final class AuthorizationRules {
  private final Map<String, FieldRules> types = new HashMap<>();
  private final Map<String, Map<String, FieldRules>> fields = new HashMap<>();

  AuthorizationRules(SchemaModel model) {
    for (TypeDefinition<?> type : model.types().values()) {
      if (type instanceof ObjectTypeDefinition object) {
        put(types, object.getName(), object);
        Map<String, FieldRules> marked = new HashMap<>();
        for (FieldDefinition field : object.getFieldDefinitions()) {
          put(marked, field.getName(), field);
        }
        if (!marked.isEmpty()) {
          fields.put(object.getName(), marked);
        }
      }
    }
  }

  private static void put(
      Map<String, FieldRules> into, String name, DirectivesContainer<?> element) {
    List<Rule> rules = new ArrayList<>();
    for (Directive directive : element.getDirectives()) {
      List<String> groups = AppSyncDirectives.texts(directive, "cognito_groups");
      switch (directive.getName()) {
        case "aws_api_key" -> rules.add(new Rule(Mode.API_KEY, List.of(), false));
        case "aws_iam" -> rules.add(new Rule(Mode.AWS_IAM, List.of(), false));
        case "aws_oidc" -> rules.add(new Rule(Mode.OPENID_CONNECT, List.of(), false));
        case "aws_lambda" -> rules.add(new Rule(Mode.AWS_LAMBDA, List.of(), false));
        case "aws_cognito_user_pools" ->
            rules.add(new Rule(Mode.AMAZON_COGNITO_USER_POOLS, groups, false));
        case "aws_auth" -> rules.add(new Rule(Mode.AMAZON_COGNITO_USER_POOLS, groups, true));
        default -> {}
      }
    }
    if (!rules.isEmpty()) {
      into.put(name, new FieldRules(rules));
    }
  }

  FieldRules of(String type, String field, boolean awsAuthCounts) {
    FieldRules own = fields.getOrDefault(type, Map.of()).getOrDefault(field, FieldRules.NONE);
    FieldRules inherited = types.getOrDefault(type, FieldRules.NONE);
    if (!awsAuthCounts) {
      own = own.withoutAwsAuth();
      inherited = inherited.withoutAwsAuth();
    }
    return own.isEmpty() ? inherited : own;
  }
}
