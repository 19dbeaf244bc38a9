// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import java.util.List;
import java.util.Map;

/** Decides whether the trust policy of a role lets an identity assume it. Thread-safe. */
@FunctionalInterface
interface IdentityTrust {
  /** The web identity provider, as trust policies name it. */
  String PROVIDER = "cognito-identity.amazonaws.com";

  /**
   * Whether {@code action} is allowed.
   *
   * @param action {@code sts:AssumeRoleWithWebIdentity} or {@code sts:TagSession}
   * @param keys condition keys of {@link #PROVIDER}
   */
  boolean allows(String roleArn, String action, Map<String, List<String>> keys);
}
