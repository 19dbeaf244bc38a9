// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.iam.MalformedPolicyException;
import dev.syncline.sim.iam.Policy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The engine reads every policy that AWS manages. */
class ManagedDocumentsTest {
  @Test
  void everyPolicyOfAwsIsRead() {
    List<String> refused = new ArrayList<>();
    int read = 0;
    for (ManagedPolicies.Managed managed : ManagedPolicies.all()) {
      try {
        Policy.parse(managed.name(), ManagedPolicies.document(managed));
        read++;
      } catch (MalformedPolicyException malformed) {
        refused.add(managed.name() + ": " + malformed.getMessage());
      }
    }
    assertThat(refused).isEmpty();
    assertThat(read).isGreaterThan(1000);
  }
}
