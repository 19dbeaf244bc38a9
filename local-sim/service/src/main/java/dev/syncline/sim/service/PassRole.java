// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.util.List;

/** The permission to hand a role over to a service. */
public final class PassRole {
  /** The action, which no operation has. */
  public static final String ACTION = "iam:PassRole";

  private PassRole() {}

  /**
   * The check.
   *
   * @param roleArn of the role
   * @param service that gets it, such as {@code lambda.amazonaws.com}
   */
  public static AccessCheck to(String roleArn, String service) {
    return AccessCheck.of(ACTION, roleArn).with("iam:PassedToService", List.of(service));
  }
}
