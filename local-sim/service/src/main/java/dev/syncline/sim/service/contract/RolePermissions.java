// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

/**
 * Evaluates the policies of a role. {@code iam} provides it; {@code lambda} checks the role of a
 * function with a dead-letter target. It is not an operation: it is not in the journal, and planned
 * faults do not apply to it. Thread-safe.
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
}
