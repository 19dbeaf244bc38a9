// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service.contract;

import java.util.List;

/**
 * What principals used while permissions were recorded. {@code iam} provides it; the command line
 * and tests read it. Thread-safe.
 */
public interface PermissionReport {
  /**
   * One permission that was asked for.
   *
   * @param resource an ARN, or {@code *}
   * @param count how often
   * @param allowed whether it was allowed every time
   * @param reason the statement that decided the first refusal, or else the last call; or which
   *     kind of policy was missing
   */
  record Use(String action, String resource, long count, boolean allowed, String reason) {}

  /**
   * One principal.
   *
   * @param principal the ARN of a role or user, or the name of a service
   * @param uses by action and resource
   * @param smallestPolicy a policy as JSON that allows what was used, and no more; empty for a
   *     service and for the root user, who need none
   */
  record PrincipalUses(String principal, List<Use> uses, String smallestPolicy) {
    /** Copies the list. */
    public PrincipalUses {
      uses = List.copyOf(uses);
    }
  }

  /** Every principal, by name; empty unless permissions are recorded. */
  List<PrincipalUses> principals();

  /** How many permissions were not kept because the report was full. */
  long dropped();
}
