// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.iam;

import dev.syncline.sim.iam.PrincipalPattern.Grade;
import java.util.List;
import java.util.Optional;

/**
 * A statement in compiled form. Immutable.
 *
 * @param sid empty for none
 * @param principal empty in the policies of identities
 */
record PolicyStatement(
    String sid,
    boolean allow,
    Optional<PrincipalPattern> principal,
    ActionPattern actions,
    ResourcePattern resources,
    List<PolicyCondition> conditions) {

  /**
   * How the statement names the principal; it must be a statement of a resource's policy.
   *
   * @param bounded whether the principal has a permissions boundary
   */
  Grade grade(IamPrincipal asking, boolean bounded) {
    return principal.isEmpty() ? Grade.NONE : principal.get().grade(asking, allow, bounded);
  }

  /** Whether action, resource and every condition match. */
  boolean applies(Request request) {
    if (!actions.matches(request.action())
        || !resources.matches(request.resource(), request.query())) {
      return false;
    }
    for (PolicyCondition condition : conditions) {
      if (!condition.holds(request.query())) {
        return false;
      }
    }
    return true;
  }
}
