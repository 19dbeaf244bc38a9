// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import dev.syncline.sim.service.contract.AssumableRoles;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Roles that trust identities: one named {@code untrusted} none, one named {@code guest} guests
 * only, another one those who are signed in.
 */
final class FakeRoles implements AssumableRoles {
  @Override
  public Optional<AssumableRole> role(String roleArn) {
    return Optional.of(new AssumableRole(roleArn, "AROAFAKE", 3600));
  }

  @Override
  public Optional<String> managedPolicy(String policyArn) {
    return Optional.empty();
  }

  @Override
  public Optional<List<String>> clientIds(String issuer) {
    return Optional.empty();
  }

  @Override
  public boolean trustsWebIdentity(
      String roleArn, String provider, Map<String, List<String>> keys) {
    String kind = roleArn.endsWith("/guest") ? "unauthenticated" : "authenticated";
    return !roleArn.endsWith("/untrusted")
        && provider.equals("cognito-identity.amazonaws.com")
        && keys.getOrDefault(provider + ":amr", List.of()).contains(kind);
  }
}
