// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import dev.syncline.sim.graphql.schema.ApiSchema;
import graphql.language.Node;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may see which field, by the directives of a schema and the modes of its API. A field's
 * directives replace its type's. A field without any is open to the default mode only. Immutable.
 */
public final class GraphAccess {
  private static final String COGNITO = "AMAZON_COGNITO_USER_POOLS";

  /** The rules of one type: for its fields with an own rule, and for the other ones. */
  private record TypeRules(@Nullable AccessRule rule, Map<String, AccessRule> fields) {}

  /** What one caller may see. Equal for equal callers of the same rules. */
  private record CallerAccess(GraphAccess rules, GraphCaller caller) implements FieldAccess {
    @Override
    public boolean allows(String parentType, String field) {
      return rules.allows(parentType, field, caller);
    }
  }

  private final Map<String, TypeRules> types = new HashMap<>();
  private final String defaultMode;
  private final boolean deniesUnmarked;

  /**
   * The rules of a schema.
   *
   * @param defaultMode by the service's name, such as {@code API_KEY}
   * @param otherModes the additional modes
   * @param deniesByDefault whether the user pool's default action is DENY
   */
  public GraphAccess(
      ApiSchema schema, String defaultMode, Set<String> otherModes, boolean deniesByDefault) {
    this.defaultMode = defaultMode;
    boolean isCognito = defaultMode.equals(COGNITO);
    this.deniesUnmarked = isCognito && deniesByDefault;
    boolean countsAwsAuth = isCognito && otherModes.isEmpty();
    for (GraphQLNamedType named : schema.graphql().getAllTypesAsList()) {
      if (named instanceof GraphQLObjectType type && !type.getName().startsWith("__")) {
        types.put(type.getName(), rules(type, countsAwsAuth));
      }
    }
  }

  private static TypeRules rules(GraphQLObjectType type, boolean countsAwsAuth) {
    List<Node<?>> nodes = new ArrayList<>();
    if (type.getDefinition() != null) {
      nodes.add(type.getDefinition());
    }
    nodes.addAll(type.getExtensionDefinitions());
    Map<String, AccessRule> fields = new HashMap<>();
    for (GraphQLFieldDefinition field : type.getFieldDefinitions()) {
      if (field.getDefinition() != null) {
        AccessRule rule = AccessRule.of(List.of(field.getDefinition()), countsAwsAuth);
        if (rule != null) {
          fields.put(field.getName(), rule);
        }
      }
    }
    return new TypeRules(AccessRule.of(nodes, countsAwsAuth), Map.copyOf(fields));
  }

  /** What a caller may see. */
  public FieldAccess of(GraphCaller caller) {
    return new CallerAccess(this, caller);
  }

  private boolean allows(String parentType, String field, GraphCaller caller) {
    return !isDenied(parentType, field, caller.deniedFields()) && isOpen(parentType, field, caller);
  }

  private boolean isOpen(String parentType, String field, GraphCaller caller) {
    TypeRules rules = types.get(parentType);
    AccessRule rule = rules == null ? null : rules.fields.getOrDefault(field, rules.rule);
    if (rule != null) {
      return rule.allows(caller);
    }
    return caller.mode().equals(defaultMode) && !deniesUnmarked;
  }

  private static boolean isDenied(String parentType, String field, Set<String> denied) {
    if (denied.isEmpty()) {
      return false;
    }
    if (denied.contains(parentType + "." + field)) {
      return true;
    }
    String suffix = "/types/" + parentType + "/fields/" + field;
    return denied.stream().anyMatch(entry -> entry.startsWith("arn:") && entry.endsWith(suffix));
  }
}
