// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import org.jspecify.annotations.Nullable;

/**
 * Evaluates the policies of a role. {@code iam} provides it; {@code lambda} checks the role of a
 * function, and every service that acts with a role checks that the role trusts it. It is not an
 * operation: it is not in the journal, and planned faults do not apply to it. Thread-safe.
 */
@FunctionalInterface
public interface RolePermissions {
  /**
   * Whether the role's inline and attached policies may allow the action. A condition counts as
   * fulfilled in a statement that allows, and as not fulfilled in one that denies: it depends on
   * the call.
   *
   * @param roleArn of the role
   * @param action such as {@code sqs:SendMessage}
   * @param resource an ARN
   * @return true also when there is no such role
   */
  boolean mayAllow(String roleArn, String action, String resource);

  /**
   * Whether the trust policy of the role lets a service assume it. By default true.
   *
   * @param service such as {@code states.amazonaws.com}
   * @param sourceArn the resource that the service acts for, {@code aws:SourceArn}; null for none
   * @param sourceAccount {@code aws:SourceAccount}; null for none
   * @return false when there is no such role
   */
  default boolean trusts(
      String roleArn, String service, @Nullable String sourceArn, @Nullable String sourceAccount) {
    return true;
  }
}
