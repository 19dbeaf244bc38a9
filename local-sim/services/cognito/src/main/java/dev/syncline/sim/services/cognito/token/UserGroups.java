// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognito.pool.PoolGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a user as tokens name them. Immutable.
 *
 * @param names in order of precedence
 * @param roles the ARNs of the groups' roles
 * @param preferred the role of the group of the best precedence; null without one and for a tie of
 *     different roles
 */
record UserGroups(List<String> names, List<String> roles, @Nullable String preferred) {
  static final UserGroups NONE = new UserGroups(List.of(), List.of(), null);

  /** Copies the lists. */
  UserGroups {
    names = List.copyOf(names);
    roles = List.copyOf(roles);
  }

  /**
   * The groups of a user.
   *
   * @param groups in order of precedence
   */
  static UserGroups of(List<PoolGroup> groups) {
    var roles = new ArrayList<String>();
    PoolGroup best = null;
    String preferred = null;
    for (PoolGroup group : groups) {
      String role = group.roleArn();
      if (role == null) {
        continue;
      }
      if (!roles.contains(role)) {
        roles.add(role);
      }
      if (best == null) {
        best = group;
        preferred = role;
      } else if (Objects.equals(best.precedence(), group.precedence())
          && !role.equals(best.roleArn())) {
        preferred = null;
      }
    }
    return new UserGroups(groups.stream().map(PoolGroup::name).toList(), roles, preferred);
  }

  /** {@code groupConfiguration} in an event of PreTokenGeneration. */
  ObjectNode configuration() {
    ObjectNode configuration = Json.object();
    configuration.set("groupsToOverride", Json.texts(names));
    configuration.set("iamRolesToOverride", Json.texts(roles));
    configuration.put("preferredRole", preferred);
    return configuration;
  }

  void putNames(ObjectNode claims) {
    if (!names.isEmpty()) {
      claims.set("cognito:groups", Json.texts(names));
    }
  }

  void putRoles(ObjectNode claims) {
    if (!roles.isEmpty()) {
      claims.set("cognito:roles", Json.texts(roles));
    }
    Json.putIfPresent(claims, "cognito:preferred_role", preferred);
  }
}
