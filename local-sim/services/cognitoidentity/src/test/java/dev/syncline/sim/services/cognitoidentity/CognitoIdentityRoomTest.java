// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import dev.syncline.sim.service.Contracts;
import dev.syncline.sim.service.contract.AssumableRoles;
import dev.syncline.sim.service.contract.SessionIssuer;
import dev.syncline.sim.servicetests.ServiceContractTest;

class CognitoIdentityRoomTest extends ServiceContractTest {
  @Override
  protected void provide(Contracts contracts) {
    contracts.provide(AssumableRoles.class, new FakeRoles());
    contracts.provide(SessionIssuer.class, new FakeSessions());
  }
}
