// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.service.contract.AssumableRoles;
import dev.syncline.sim.services.iam.IamPolicies.Document;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers what STS asks about roles and providers. Thread-safe. */
record StoredRoles(IamStore store, RolePolicies policies) implements AssumableRoles {
  private static final String HTTPS = "https://";

  @Override
  public Optional<AssumableRole> role(String roleArn) {
    return store.exclusively(
        () ->
            store
                .roleOfArn(roleArn)
                .map(
                    role ->
                        new AssumableRole(
                            role.identity.arn(), role.identity.id(), role.maxSessionSeconds)));
  }

  @Override
  public Optional<String> managedPolicy(String policyArn) {
    return new IamPolicies(store).managed(policyArn).map(Document::json);
  }

  @Override
  public Optional<List<String>> clientIds(String issuer) {
    String url = issuer.startsWith(HTTPS) ? issuer.substring(HTTPS.length()) : issuer;
    return store.exclusively(
        () ->
            store.providers.all().stream()
                .filter(provider -> provider.url.equals(url))
                .findFirst()
                .map(provider -> List.copyOf(provider.clientIds)));
  }

  @Override
  public boolean trustsWebIdentity(
      String roleArn, String provider, Map<String, List<String>> keys) {
    return policies.admitsWebIdentity(roleArn, provider, keys);
  }
}
