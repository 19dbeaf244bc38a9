// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.service.CallPrincipal;
import dev.syncline.sim.service.contract.PermissionReport;
import dev.syncline.sim.service.contract.PermissionReport.PrincipalUses;
import dev.syncline.sim.service.settings.IamMode;
import org.junit.jupiter.api.Test;

/** What the report says where permissions are recorded. */
class PermissionReportTest extends IamCallsFixture {
  @Test
  void theSmallestPolicyOfARecordedRunIsEnough() {
    start(IamMode.RECORD);
    CallPrincipal recorded = user("ann", allow("sqs:SendMessage", QUEUE, ""));
    send(recorded);
    send(recorded);
    call(recorded, "sqs", "ListQueues", "{}");

    PrincipalUses uses =
        whole.simulator.contracts().get(PermissionReport.class).principals().stream()
            .filter(each -> each.principal().endsWith(":user/ann"))
            .findFirst()
            .orElseThrow();

    assertThat(uses.uses())
        .extracting(
            PermissionReport.Use::action,
            PermissionReport.Use::count,
            PermissionReport.Use::allowed)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("sqs:ListQueues", 1L, false),
            org.assertj.core.groups.Tuple.tuple("sqs:SendMessage", 2L, true));
    whole.close();

    start(IamMode.ENFORCE);
    CallPrincipal enforced = user("ann", uses.smallestPolicy());
    send(enforced);
    call(enforced, "sqs", "ListQueues", "{}");
    refusal(enforced, "sqs", "PurgeQueue", "{'QueueUrl': 'http://localhost/" + ACCOUNT + "/jobs'}");
  }

  @Test
  void theReportIsEmptyWhereNothingIsRecorded() {
    start(IamMode.ENFORCE);
    send(user("ann", allow("sqs:*", "*", "")));

    assertThat(whole.simulator.contracts().get(PermissionReport.class).principals()).isEmpty();
  }
}
