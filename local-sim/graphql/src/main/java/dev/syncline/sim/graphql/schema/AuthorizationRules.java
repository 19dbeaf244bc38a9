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
  private final Map<String, Map<String, FieldRules>> withAwsAuth = new HashMap<>();
  private final Map<String, Map<String, FieldRules>> withoutAwsAuth = new HashMap<>();

  AuthorizationRules(SchemaModel model) {
    for (TypeDefinition<?> type : model.types().values()) {
      if (type instanceof ObjectTypeDefinition object) {
        put(object, true, withAwsAuth);
        put(object, false, withoutAwsAuth);
      }
    }
  }

  private static void put(
      ObjectTypeDefinition type, boolean awsAuthCounts, Map<String, Map<String, FieldRules>> into) {
    FieldRules inherited = read(type, awsAuthCounts);
    Map<String, FieldRules> fields = new HashMap<>();
    for (FieldDefinition field : type.getFieldDefinitions()) {
      FieldRules own = read(field, awsAuthCounts);
      FieldRules resolved = own.isEmpty() ? inherited : own;
      if (!resolved.isEmpty()) {
        fields.put(field.getName(), resolved);
      }
    }
    if (!fields.isEmpty()) {
      into.put(type.getName(), fields);
    }
  }

  private static FieldRules read(DirectivesContainer<?> element, boolean awsAuthCounts) {
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
        case "aws_auth" -> {
          if (awsAuthCounts) {
            rules.add(new Rule(Mode.AMAZON_COGNITO_USER_POOLS, groups, true));
          }
        }
        default -> {}
      }
    }
    return rules.isEmpty() ? FieldRules.NONE : new FieldRules(rules);
  }

  FieldRules of(String type, String field, boolean awsAuthCounts) {
    Map<String, FieldRules> fields = (awsAuthCounts ? withAwsAuth : withoutAwsAuth).get(type);
    return fields == null ? FieldRules.NONE : fields.getOrDefault(field, FieldRules.NONE);
  }
}
