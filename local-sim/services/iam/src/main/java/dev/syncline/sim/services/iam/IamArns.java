// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.kernel.Arn;

/** The ARNs of IAM. They are in no region. */
final class IamArns {
  private IamArns() {}

  /**
   * The ARN of a resource.
   *
   * @param account 12 digits, or {@code aws} for what AWS owns
   * @param resource such as {@code role/path/name}
   */
  static String of(String account, String resource) {
    return Arn.aws("iam", "", account, resource);
  }
}
