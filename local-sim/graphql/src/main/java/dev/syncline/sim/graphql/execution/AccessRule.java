// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Node;
import graphql.language.StringValue;
import graphql.language.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which modes a type or field is open to.
 *
 * @param modes a mode to the groups that it is open to; every user of the mode for no groups
 */
record AccessRule(Map<String, Set<String>> modes) {
  private static final String COGNITO = "AMAZON_COGNITO_USER_POOLS";
  private static final Map<String, String> MODES =
      Map.of(
          "aws_api_key",
          "API_KEY",
          "aws_iam",
          "AWS_IAM",
          "aws_oidc",
          "OPENID_CONNECT",
          "aws_lambda",
          "AWS_LAMBDA",
          "aws_cognito_user_pools",
          COGNITO);

  AccessRule {
    modes = Collections.unmodifiableMap(new LinkedHashMap<>(modes));
  }

  /**
   * The rule that directives state; null without one that counts.
   *
   * @param countsAwsAuth whether {@code @aws_auth} counts
   */
  static @Nullable AccessRule of(List<? extends Node<?>> nodes, boolean countsAwsAuth) {
    Map<String, Set<String>> modes = new LinkedHashMap<>();
    for (Node<?> node : nodes) {
      if (node instanceof DirectivesContainer<?> container) {
        for (Directive directive : container.getDirectives()) {
          String mode = MODES.get(directive.getName());
          if (mode == null && countsAwsAuth && directive.getName().equals("aws_auth")) {
            mode = COGNITO;
          }
          if (mode != null) {
            add(modes, mode, groups(directive));
          }
        }
      }
    }
    return modes.isEmpty() ? null : new AccessRule(modes);
  }

  private static void add(Map<String, Set<String>> modes, String mode, Set<String> groups) {
    Set<String> known = modes.get(mode);
    if (known == null) {
      modes.put(mode, groups);
    } else if (!known.isEmpty()) {
      Set<String> all = new HashSet<>(known);
      all.addAll(groups);
      modes.put(mode, groups.isEmpty() ? groups : all);
    }
  }

  private static Set<String> groups(Directive directive) {
    if (directive.getArgument("cognito_groups") == null) {
      return Set.of();
    }
    Value<?> value = directive.getArgument("cognito_groups").getValue();
    List<Value<?>> values = new ArrayList<>();
    if (value instanceof ArrayValue array) {
      array.getValues().forEach(values::add);
    } else {
      values.add(value);
    }
    Set<String> groups = new HashSet<>();
    for (Value<?> group : values) {
      if (group instanceof StringValue name) {
        groups.add(name.getValue());
      }
    }
    return groups;
  }

  boolean allows(GraphCaller caller) {
    Set<String> groups = modes.get(caller.mode());
    return groups != null && (groups.isEmpty() || !Collections.disjoint(groups, caller.groups()));
  }
}
