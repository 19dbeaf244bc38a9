// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognito;

import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.Set;

class CognitoRoomTest extends ServiceContractTest {
  /** In recorded answers, and newer than the published model. */
  @Override
  protected Set<String> ownAnswers() {
    return Set.of("IssuerConfiguration", "KeyConfiguration");
  }
}
