// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.syncline.sim.service.Json;
import dev.syncline.sim.services.cognitoidentity.IdentityLogins.Login;
import dev.syncline.sim.services.cognitoidentity.IdentityPool.RoleMapping;
import dev.syncline.sim.services.cognitoidentity.IdentityPool.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the role of an identity. Source: "Role-based access control" in Cognito's developer
 * guide. Stateless and thread-safe.
 */
final class IdentityRoleChoice {
  private IdentityRoleChoice() {}

  /**
   * The role's ARN.
   *
   * @param logins verified; none for a guest
   * @param custom the role that the caller asks for; null for none
   * @throws dev.syncline.sim.service.AwsException when no role may be given
   */
  static String role(IdentityPool pool, List<Login> logins, @Nullable String custom) {
    for (Login login : logins) {
      RoleMapping mapping =
          pool.roleMappings()
              .getOrDefault(login.mappingKey(), pool.roleMappings().get(login.provider()));
      if (mapping != null) {
        return mapped(mapping, login, custom)
            .or(() -> fallback(pool, mapping))
            .orElseThrow(IdentityErrors::wrongConfiguration);
      }
    }
    if (custom != null) {
      return logins.stream()
          .filter(login -> roles(login).contains(custom))
          .findFirst()
          .map(login -> custom)
          .orElseThrow(() -> IdentityErrors.roleNotInToken(custom));
    }
    return pool.role(!logins.isEmpty()).orElseThrow(IdentityErrors::wrongConfiguration);
  }

  private static Optional<String> fallback(IdentityPool pool, RoleMapping mapping) {
    if (mapping.denies()) {
      throw IdentityErrors.ambiguousRole();
    }
    return pool.role(true);
  }

  private static Optional<String> mapped(
      RoleMapping mapping, Login login, @Nullable String custom) {
    if (mapping.type().equals("Rules")) {
      return mapping.rules().stream()
          .filter(rule -> matches(rule, login.claims().path(rule.claim())))
          .findFirst()
          .map(Rule::roleArn);
    }
    if (custom != null) {
      if (!roles(login).contains(custom)) {
        throw IdentityErrors.roleNotInToken(custom);
      }
      return Optional.of(custom);
    }
    String preferred = login.claims().path("cognito:preferred_role").asText();
    return preferred.isEmpty() ? Optional.empty() : Optional.of(preferred);
  }

  private static List<String> roles(Login login) {
    var roles = new ArrayList<String>();
    login.claims().path("cognito:roles").forEach(role -> roles.add(role.asText()));
    return roles;
  }

  /** A rule on an absent claim never matches. A claim that is a list counts as its JSON text. */
  private static boolean matches(Rule rule, JsonNode claim) {
    if (claim.isMissingNode() || claim.isNull()) {
      return false;
    }
    String value = claim.isValueNode() ? claim.asText() : Json.write(claim);
    return switch (rule.match()) {
      case "Equals" -> value.equals(rule.value());
      case "NotEqual" -> !value.equals(rule.value());
      case "StartsWith" -> value.startsWith(rule.value());
      case "Contains" -> value.contains(rule.value());
      default -> throw new IllegalStateException("a stored rule has the match " + rule.match());
    };
  }
}
