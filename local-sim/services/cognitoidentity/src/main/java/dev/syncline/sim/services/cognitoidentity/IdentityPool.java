// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An identity pool. Immutable; an operation replaces it in the store.
 *
 * @param id such as {@code us-east-1:d3a4…}
 * @param settings what CreateIdentityPool and UpdateIdentityPool set
 * @param tags by key
 * @param roles ARNs by {@code authenticated} and {@code unauthenticated}
 * @param roleMappings by {@code provider:client}, or by the provider alone
 * @param principalTags by provider
 */
record IdentityPool(
    String id,
    Settings settings,
    Map<String, String> tags,
    Map<String, String> roles,
    Map<String, RoleMapping> roleMappings,
    Map<String, PrincipalTagMap> principalTags) {

  /**
   * The members of CreateIdentityPool.
   *
   * @param classicFlow null when the caller did not choose; AWS then allows it
   * @param loginProviders ids of applications by public provider
   * @param developerProvider null for none
   */
  record Settings(
      String name,
      boolean guests,
      @Nullable Boolean classicFlow,
      Map<String, String> loginProviders,
      @Nullable String developerProvider,
      List<String> openIdProviders,
      List<UserPoolProvider> userPools,
      List<String> samlProviders) {
    /** Whether the pool accepts any login. */
    boolean hasProviders() {
      return !loginProviders.isEmpty()
          || developerProvider != null
          || !openIdProviders.isEmpty()
          || !userPools.isEmpty()
          || !samlProviders.isEmpty();
    }
  }

  /**
   * A client of a user pool.
   *
   * @param tokenCheck whether the user pool is asked for the state of the user; null when the
   *     caller did not choose
   */
  record UserPoolProvider(String providerName, String clientId, @Nullable Boolean tokenCheck) {}

  /**
   * How a token chooses the role.
   *
   * @param type {@code Token} or {@code Rules}
   * @param ambiguous {@code AuthenticatedRole} or {@code Deny}
   * @param rules empty for {@code Token}
   */
  record RoleMapping(String type, @Nullable String ambiguous, List<Rule> rules) {
    /** Whether a request without a role is refused. */
    boolean denies() {
      return "Deny".equals(ambiguous);
    }
  }

  /** A rule: {@code match} is a comparison of AWS's {@code MappingRuleMatchType}. */
  record Rule(String claim, String match, String value, String roleArn) {}

  /**
   * Which claims become session tags.
   *
   * @param tags claims by tag
   */
  record PrincipalTagMap(boolean defaults, Map<String, String> tags) {
    /** Claims by tag, with AWS's defaults applied. */
    Map<String, String> effective() {
      return defaults ? Map.of("client", "aud", "username", "sub") : tags;
    }
  }

  /** A pool without roles. */
  static IdentityPool of(String id, Settings settings, Map<String, String> tags) {
    return new IdentityPool(id, settings, tags, Map.of(), Map.of(), Map.of());
  }

  IdentityPool with(Settings changed, Map<String, String> changedTags) {
    return new IdentityPool(id, changed, changedTags, roles, roleMappings, principalTags);
  }

  IdentityPool withRoles(Map<String, String> changed, Map<String, RoleMapping> mappings) {
    return new IdentityPool(id, settings, tags, changed, mappings, principalTags);
  }

  IdentityPool withPrincipalTags(Map<String, PrincipalTagMap> changed) {
    return new IdentityPool(id, settings, tags, roles, roleMappings, changed);
  }

  /** The role for everyone who is signed in, or for guests. */
  Optional<String> role(boolean signedIn) {
    return Optional.ofNullable(roles.get(signedIn ? "authenticated" : "unauthenticated"));
  }
}
