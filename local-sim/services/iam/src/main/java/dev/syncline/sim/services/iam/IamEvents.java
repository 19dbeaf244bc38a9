// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import dev.syncline.sim.iam.Decision;
import dev.syncline.sim.kernel.JournalRecord;
import java.util.Map;

/** The journal events of IAM. */
sealed interface IamEvents extends JournalRecord {
  @Override
  default String source() {
    return "iam";
  }

  /**
   * A permission was asked for and decided.
   *
   * @param principal as messages name it
   * @param resource an ARN, or {@code *}
   * @param request the id of the request
   */
  record PermissionDecided(
      String principal,
      String action,
      String resource,
      @JournalRecord.Hidden Decision decision,
      String request)
      implements IamEvents {
    @Override
    public Map<String, String> details() {
      Map<String, String> details = JournalRecord.componentsOf(this);
      details.put("decision", Decisions.name(decision));
      details.put("reason", Decisions.reason(decision));
      return details;
    }
  }

  /**
   * A service asked whether it may assume a role.
   *
   * @param trusted whether the role's trust policy allows it
   */
  record TrustDecided(String service, String role, boolean trusted) implements IamEvents {}
}
