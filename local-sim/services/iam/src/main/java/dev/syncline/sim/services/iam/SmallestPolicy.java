// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.iam.LeastPrivilege;
import dev.syncline.sim.service.contract.PermissionReport.Use;
import java.util.List;
import java.util.Map;

/** Writes the policy that allows what a principal used and no more. */
final class SmallestPolicy {
  private SmallestPolicy() {}

  /** The policy as JSON; empty when nothing was used. */
  static String of(List<Use> uses) {
    return LeastPrivilege.policy(
            uses.stream()
                .map(use -> new LeastPrivilege.Use(use.action(), use.resource(), Map.of()))
                .toList())
        .orElse("");
  }
}
