// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.execution;

import dev.syncline.sim.graphql.schema.ApiSchema;
import dev.syncline.sim.graphql.schema.FieldRules;
import dev.syncline.sim.graphql.schema.FieldRules.Mode;
import dev.syncline.sim.graphql.schema.FieldRules.Rule;
import java.util.Collections;
import java.util.Set;

/**
 * Who may see which field, by the directives of a schema and the modes of its API. A field's
 * directives replace its type's. A field without any is open to the default mode only. Immutable.
 */
public final class GraphAccess {
  /** What one caller may see. Equal for equal callers of the same rules. */
  private record CallerAccess(GraphAccess rules, GraphCaller caller) implements FieldAccess {
    @Override
    public boolean allows(String parentType, String field) {
      return rules.allows(parentType, field, caller);
    }
  }

  private final ApiSchema schema;
  private final String defaultMode;
  private final boolean deniesUnmarked;
  private final boolean countsAwsAuth;

  /**
   * The rules of a schema.
   *
   * @param defaultMode by the service's name, such as {@code API_KEY}
   * @param otherModes the additional modes
   * @param deniesByDefault whether the user pool's default action is DENY
   */
  public GraphAccess(
      ApiSchema schema, String defaultMode, Set<String> otherModes, boolean deniesByDefault) {
    boolean isCognito = defaultMode.equals(Mode.AMAZON_COGNITO_USER_POOLS.name());
    this.schema = schema;
    this.defaultMode = defaultMode;
    this.deniesUnmarked = isCognito && deniesByDefault;
    this.countsAwsAuth = isCognito && otherModes.isEmpty();
  }

  /** What a caller may see. */
  public FieldAccess of(GraphCaller caller) {
    return new CallerAccess(this, caller);
  }

  private boolean allows(String parentType, String field, GraphCaller caller) {
    return !isDenied(parentType, field, caller.deniedFields()) && isOpen(parentType, field, caller);
  }

  private boolean isOpen(String parentType, String field, GraphCaller caller) {
    FieldRules rules = schema.rules(parentType, field, countsAwsAuth);
    return rules.isEmpty()
        ? caller.mode().equals(defaultMode) && !deniesUnmarked
        : rules.rules().stream().anyMatch(rule -> isOpen(rule, caller));
  }

  private static boolean isOpen(Rule rule, GraphCaller caller) {
    return rule.mode().name().equals(caller.mode())
        && (rule.groups().isEmpty() || !Collections.disjoint(rule.groups(), caller.groups()));
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
