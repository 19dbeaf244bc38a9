// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What sessions need to know about roles and identity providers. {@code iam} provides it; {@code
 * sts} issues credentials with it. Thread-safe.
 */
public interface AssumableRoles {
  /**
   * A role. Immutable.
   *
   * @param arn with the role's path
   * @param id its unique id, {@code AROA…}
   * @param maxSeconds the longest session
   */
  record AssumableRole(String arn, String id, int maxSeconds) {}

  /** The role; empty when there is no such role. */
  Optional<AssumableRole> role(String roleArn);

  /** The document of a managed policy's default version; empty when there is no such policy. */
  Optional<String> managedPolicy(String policyArn);

  /** The client ids that an identity provider of the account accepts; empty without it. */
  Optional<List<String>> clientIds(String issuer);

  /**
   * Whether the role's trust policy lets a web identity assume it.
   *
   * @param provider such as {@code cognito-identity.amazonaws.com}, or the ARN of a provider
   * @param keys condition keys, such as {@code cognito-identity.amazonaws.com:aud}
   * @return false when there is no such role
   */
  boolean trustsWebIdentity(String roleArn, String provider, Map<String, List<String>> keys);
}
