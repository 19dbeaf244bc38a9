// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.cognitoidentity;

import dev.syncline.sim.service.AwsService;
import dev.syncline.sim.service.Contracts;
import dev.syncline.sim.service.contract.SessionIssuer;
import dev.syncline.sim.servicetests.ServiceContractTest;
import java.util.List;

class IdentityRoomTest extends ServiceContractTest {
  @Override
  protected List<AwsService> neighbours() {
    return List.of(new FakeRoles());
  }

  @Override
  protected void provide(Contracts contracts) {
    contracts.provide(SessionIssuer.class, new FakeSessions());
  }
}
