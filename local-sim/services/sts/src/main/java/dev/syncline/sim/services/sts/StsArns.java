// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.sts;

import dev.syncline.sim.kernel.Arn;

/** The ARNs of principals. They are in no region. */
final class StsArns {
  private StsArns() {}

  /** The local user, who signs with every key that is not a session's. */
  static String user(String account) {
    return of("iam", account, "user/local");
  }

  /** The session of a role. */
  static String assumedRole(String account, String role, String session) {
    return of("sts", account, "assumed-role/" + role + "/" + session);
  }

  /** A federated user. */
  static String federatedUser(String account, String name) {
    return of("sts", account, "federated-user/" + name);
  }

  private static String of(String service, String account, String resource) {
    return Arn.aws(service, "", account, resource);
  }
}
